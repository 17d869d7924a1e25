import type { ColumnProfile } from '../../core/data/profile.ts';
import type { BatchRequest, RowBatch } from '../../core/data/row-source.ts';
import type { ColumnDescription, Table } from '../../core/data/table.ts';
import type {
  AggregateRequest,
  ColumnRequest,
  DataFileRead,
  DataSample,
  DataSet,
  MatchingValues,
  MatchRequest,
  MeasureQuery,
  QueryMeasured,
  RowAggregate,
  RowPlace,
  RowRule,
  RowRuleResult,
} from '../../ports/data-engine.ts';
import { prepareAggregate } from './aggregate-rows.ts';
import { checkRows } from './check-rows.ts';
import { digestRows } from './digest-rows.ts';
import { findMatchingValues } from './matching-values.ts';
import { measureQuery } from './measure-query.ts';
import { placesAt } from './places-of-rows.ts';
import { profileColumns } from './profile-columns.ts';
import { readColumns, streamColumns } from './read-columns.ts';
import { requireCondition } from './row-filters.ts';
import { hashRows } from './row-hashes.ts';
import { keysOfRows } from './row-keys.ts';
import type { RowSet } from './row-set.ts';
import { sampleRows } from './sample-rows.ts';
import { explainError } from './session.ts';
import { requireTimeExpression } from './time-columns.ts';

/** An open data set; it lives as long as its session. */
export class DuckdbDataSet implements DataSet {
  readonly name: string;
  readonly files: readonly DataFileRead[];
  readonly columns: readonly ColumnDescription[];
  readonly rowCount: number;
  readonly #rows: RowSet;
  readonly #close: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #aside: Promise<unknown> = Promise.resolve();

  constructor(rows: RowSet, files: readonly DataFileRead[], close: () => Promise<void>) {
    this.name = rows.name;
    this.files = files;
    this.columns = rows.columns.map(({ name, type }) => ({ name, type }));
    this.rowCount = rows.rowCount;
    this.#rows = rows;
    this.#close = close;
  }

  read(columns: readonly ColumnRequest[]): Promise<Table> {
    return this.#inTurn(() => readColumns(this.#rows, columns));
  }

  async *batches(requests: readonly BatchRequest[], rowsPerBatch: number): AsyncGenerator<RowBatch> {
    let endTurn: (() => void) | undefined;
    const turn = new Promise<void>((resolve) => {
      endTurn = resolve;
    });
    await new Promise<void>((resolve) => {
      void this.#inTurn(() => {
        resolve();
        return turn;
      });
    });
    try {
      yield* streamColumns(this.#rows, requests, rowsPerBatch);
    } finally {
      endTurn?.();
    }
  }

  digest(): Promise<string> {
    // Only reads rows, and takes long enough to be worth the cores that others leave idle.
    const digest = this.#rows.session.aside((session) => digestRows({ ...this.#rows, session }));
    this.#aside = Promise.allSettled([this.#aside, digest]);
    return digest;
  }

  rowHashes(columns: readonly string[]): Promise<Float64Array> {
    return this.#inTurn(() => hashRows(this.#rows, columns));
  }

  rowKeys(columns: readonly string[]): Promise<Float64Array> {
    return this.#inTurn(() => keysOfRows(this.#rows, columns));
  }

  sample(columns: readonly ColumnRequest[], most: number): Promise<DataSample> {
    return this.#inTurn(() => sampleRows(this.#rows, columns, most));
  }

  places(rows: readonly number[]): Promise<readonly RowPlace[]> {
    return this.#inTurn(() => placesAt(this.#rows, rows));
  }

  profile(columns: readonly string[]): Promise<readonly ColumnProfile[]> {
    return this.#inTurn(() => profileColumns(this.#rows, columns));
  }

  check(rules: readonly RowRule[]): Promise<readonly RowRuleResult[]> {
    return this.#inTurn(() => checkRows(this.#rows, rules));
  }

  matchingValues(requests: readonly MatchRequest[]): Promise<readonly MatchingValues[]> {
    return this.#inTurn(() => findMatchingValues(this.#rows, requests));
  }

  measure(query: MeasureQuery): Promise<QueryMeasured> {
    return this.#inTurn(() => measureQuery(this.#rows, query));
  }

  timeRange(column: string, options: { readonly where?: string } = {}): Promise<TimeRange | undefined> {
    return this.#inTurn(() => findTimeRange(this.#rows, column, options.where));
  }

  async aggregate(request: AggregateRequest): Promise<RowAggregate> {
    const prepared = await this.#inTurn(() => prepareAggregate(this.#rows, request));
    return {
      isResamplable: prepared.isResamplable,
      choose: (part) => this.#inTurn(() => prepared.choose(part)),
      compute: (samples) => this.#inTurn(() => prepared.compute(samples)),
      [Symbol.asyncDispose]: () => this.#inTurn(() => prepared.drop()),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#aside;
    await this.#inTurn(this.#close);
  }

  /** One connection serves one caller at a time: a second statement would end a result that is being read. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

type TimeRange = { readonly from: number; readonly to: number };

async function findTimeRange(
  rows: RowSet,
  column: string,
  where: string | undefined,
): Promise<TimeRange | undefined> {
  const { session } = rows;
  const time = await requireTimeExpression(session, rows, column);
  const condition = where === undefined ? 'true' : (await requireCondition(session, rows, where)).sql;
  try {
    const [found] = await session.rows(
      `SELECT min(${time}), max(${time}) FROM ${rows.relation} WHERE (${condition})`,
    );
    const [from, to] = found!;
    return from === null || from === undefined ? undefined : { from: Number(from), to: Number(to) };
  } catch (error) {
    throw explainError(rows.label, error);
  }
}
