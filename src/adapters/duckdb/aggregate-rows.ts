import type { Column } from '../../core/data/table.ts';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { DrawnSamples } from '../../core/statistics/drawn-samples.ts';
import type { AggregateRequest, RowAggregate } from '../../ports/data-engine.ts';
import { type CheckedAggregate, checkAggregate, seenColumn } from './aggregate-sql.ts';
import { createTableOf } from './append-columns.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import type { RowSet } from './row-set.ts';
import { explainError, TimeLimitError } from './session.ts';
import { quoteName, quoteTexts } from './sql-text.ts';

/** An aggregate over rows of a data set, without the taking of turns. */
export type PreparedAggregate = Pick<RowAggregate, 'choose' | 'compute' | 'isResamplable'> & {
  drop(): Promise<void>;
};

const ITEM = '__contender_item';
const PLACE = '__contender_place';
const UNIT = '__contender_unit';
const SAMPLE = '__contender_sample';
const RANK = '__contender_rank';

/** Checks the SQL and joins the columns that it needs with those that the caller brings. */
export async function prepareAggregate(rows: RowSet, request: AggregateRequest): Promise<PreparedAggregate> {
  const checked = await checkAggregate(rows.session, request, rows.columns);
  const aggregate = new SessionAggregate(rows, request, checked);
  try {
    await aggregate.join();
  } catch (error) {
    await aggregate.drop();
    throw explainError(rows.label, error);
  }
  return aggregate;
}

class SessionAggregate implements PreparedAggregate {
  readonly #rows: RowSet;
  readonly #request: AggregateRequest;
  readonly #checked: CheckedAggregate;
  /** All rows of the request, the chosen ones with their units, and the samples drawn of these. */
  readonly #tables: { readonly joined: string; readonly part: string; readonly drawn: string };
  #spentMilliseconds = 0;

  constructor(rows: RowSet, request: AggregateRequest, checked: CheckedAggregate) {
    this.#rows = rows;
    this.#request = request;
    this.#checked = checked;
    const { session } = rows;
    this.#tables = {
      joined: session.temporaryName(),
      part: session.temporaryName(),
      drawn: session.temporaryName(),
    };
  }

  get isResamplable(): boolean {
    return this.#checked.isResamplable;
  }

  /** Rows in the order of their ranks, then of their own columns, so that the order of a file decides nothing. */
  async join(): Promise<void> {
    const { session, relation } = this.#rows;
    const brought = session.temporaryName();
    const columns = this.#broughtColumns();
    await createTableOf(session, brought, [
      { name: ITEM, values: Int32Array.from(this.#request.rows.keys()) },
      { name: PLACE, values: Int32Array.from(this.#request.rows) },
      { name: RANK, values: this.#request.ranks },
      ...columns.map(({ column, name }) => ({
        name,
        values: column.kind === 'text' ? column.codes : column.values,
      })),
    ]);
    const own = columns.map(({ column, name }) => `${readBrought(column, `b.${name}`)} AS ${name}`);
    const names = this.#checked.columns.map(({ name }) => `d.${quoteName(name)}`);
    const data = this.#checked.columns.map((column) => `, ${seenColumn(column)}`).join('');
    const order = [RANK, ...columns.map(({ name }) => `b.${name}`), ...names];
    await session.run(`CREATE TABLE ${this.#tables.joined} AS
      SELECT row_number() OVER (ORDER BY ${order.join(', ')}) - 1 AS ${PLACE}, ${[ITEM, ...own, ...names].join(', ')}
      FROM ${brought} AS b JOIN (
        SELECT row_number() OVER (ORDER BY ${ROW_COLUMN}) - 1 AS ${PLACE}${data} FROM ${relation}
      ) AS d ON d.${PLACE} = b.${PLACE}
      ORDER BY 1`);
    await session.run(`DROP TABLE ${brought}`);
  }

  async choose({ rows, units }: Parameters<RowAggregate['choose']>[0]): Promise<void> {
    const { session } = this.#rows;
    const { joined, part } = this.#tables;
    const chosen = session.temporaryName();
    const unitTable = session.temporaryName();
    try {
      await createTableOf(session, unitTable, [
        { name: PLACE, values: Int32Array.from(units.keys()) },
        { name: UNIT, values: units },
      ]);
      if (rows) await createTableOf(session, chosen, [{ name: ITEM, values: Int32Array.from(rows) }]);
      const from = rows
        ? `(SELECT * REPLACE (row_number() OVER (ORDER BY ${PLACE}) - 1 AS ${PLACE})
            FROM ${joined} SEMI JOIN ${chosen} USING (${ITEM}))`
        : joined;
      await session.run(
        `CREATE OR REPLACE TABLE ${part} AS SELECT * FROM ${from} JOIN ${unitTable} USING (${PLACE}) ORDER BY ${PLACE}`,
      );
    } catch (error) {
      throw explainError(this.#rows.label, error);
    } finally {
      await session.run(`DROP TABLE IF EXISTS ${chosen}`);
      await session.run(`DROP TABLE IF EXISTS ${unitTable}`);
    }
  }

  async compute({ count, samples, units }: DrawnSamples): Promise<readonly Float64Array[]> {
    const { session } = this.#rows;
    const { drawn, part } = this.#tables;
    await createTableOf(session, drawn, [
      { name: SAMPLE, values: samples },
      { name: UNIT, values: units },
    ]);
    const results: Float64Array[] = [];
    for (const index of this.#request.models.keys()) {
      const columns = [...this.#seen(index)].map(({ name, as }) => `${name} AS ${as}`);
      const data = this.#checked.columns.map(({ name }) => quoteName(name));
      const source = `SELECT ${[SAMPLE, ...columns, ...data].join(', ')} FROM ${drawn} JOIN ${part} USING (${UNIT})`;
      const value = `SELECT ${SAMPLE}, (${this.#checked.sql}\n) AS value FROM (${source}) AS source GROUP BY ${SAMPLE}`;
      const found = await this.#inTime(
        `SELECT ${SAMPLE}, CAST(value AS DOUBLE) FROM (${value}) LIMIT ${count}`,
      );
      const values = new Float64Array(count).fill(Number.NaN);
      for (const [sample, number] of found) {
        if (typeof number === 'number' && Number.isFinite(number)) values[Number(sample)] = number;
      }
      results.push(values);
    }
    return results;
  }

  async drop(): Promise<void> {
    for (const table of Object.values(this.#tables)) {
      await this.#rows.session.run(`DROP TABLE IF EXISTS ${table}`);
    }
  }

  /** Columns that the caller brings under names of their own, those of every model apart. */
  #broughtColumns(): readonly { readonly column: Column; readonly name: string; readonly as: string }[] {
    const { shared, models } = this.#request;
    return [
      ...shared.map((column) => ({ column, name: `__contender_own_${column.name}`, as: column.name })),
      ...models.flatMap((columns, model) =>
        columns.map((column) => ({ column, name: `__contender_${model}_${column.name}`, as: column.name })),
      ),
    ];
  }

  #seen(model: number) {
    const { shared, models } = this.#request;
    const wanted = new Set<Column>([...shared, ...models[model]!]);
    return this.#broughtColumns().filter(({ column }) => wanted.has(column));
  }

  async #inTime(sql: string): Promise<readonly (readonly unknown[])[]> {
    const { session } = this.#rows;
    const left = session.timeLimitSeconds - this.#spentMilliseconds / 1000;
    const start = performance.now();
    try {
      const reader = await session.limited(
        () => session.connection.runAndReadAll(sql),
        Math.max(0.001, left),
      );
      return reader.getRowsJS();
    } catch (error) {
      throw explainFailure(this.#request.subject, error, session.timeLimitSeconds);
    } finally {
      this.#spentMilliseconds += performance.now() - start;
    }
  }
}

/** Codes become text and NaN becomes NULL. */
function readBrought(column: Column, name: string): string {
  if (column.kind === 'number') return `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END`;
  return `list_extract(${quoteTexts(column.dictionary)}::VARCHAR[], ${name} + 1)`;
}

/** DuckDB's own words may quote a cell (`Could not convert string '…'`), so that only the kind of failure is told. */
function explainFailure(subject: string, error: unknown, seconds: number): Error {
  if (error instanceof TimeLimitError) {
    return new InputError(
      `${subject} took longer than the limit of ${seconds} seconds and was stopped; make it cheaper`,
    );
  }
  const kind = /^([A-Z][\w ]*) Error: /.exec(messageOf(error))?.[1];
  if (kind === undefined) return error instanceof Error ? error : new Error(messageOf(error));
  if (kind === 'Out of Memory') return new InputError(`${subject} needs more memory than it may have`);
  if (kind === 'FATAL' || /No space left on device/i.test(messageOf(error))) {
    return new OutsideError(`${subject}: the engine failed (${kind})`);
  }
  return new InputError(`${subject} fails on some of the rows: ${REASONS[kind] ?? `${kind} error`}`);
}

const REASONS: Readonly<Record<string, string>> = {
  Conversion: 'a value cannot be converted; use try_cast(… AS …)',
  'Out of Range': 'a number leaves the range of its type; cast it to DOUBLE',
};
