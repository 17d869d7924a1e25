import type { ColumnProfile } from '../../core/data/profile.ts';
import { type NumberSummary, SortedSummary } from '../../core/data/sorted-summary.ts';
import { type EngineColumn, numberExpression, presentExpression } from './column-types.ts';
import { OCCURRENCES } from './count-values.ts';
import type { RowSet } from './row-set.ts';
import { copyVector } from './vector-copy.ts';

const SIGNIFICANT_DIGITS = 10;

/** Rows that DuckDB gives at once. */
const CHUNK_ROWS = 2048;

type Extent = {
  readonly present: number;
  readonly distinct: number;
  readonly finite: number;
  readonly minimum: number;
  readonly maximum: number;
};

/** The profile of a column that has a number, from the table of its values. */
export async function profileNumbers(
  rows: RowSet,
  column: EngineColumn,
  table: string,
): Promise<ColumnProfile> {
  const extent = await measureExtent(rows, column, table);
  const counts = {
    name: column.name,
    type: column.type,
    missing: rows.rowCount - extent.present,
    distinct: extent.distinct,
  };
  if (extent.finite === 0) return counts;
  const summary = await summarize(rows, { column, table, extent });
  return { ...counts, minimum: extent.minimum, maximum: extent.maximum, ...roundMoments(column, summary) };
}

async function measureExtent(rows: RowSet, column: EngineColumn, table: string): Promise<Extent> {
  const present = presentExpression(column);
  const value = finiteExpression(column);
  const rowsOf = (what: string) =>
    `coalesce(sum(${OCCURRENCES}) FILTER (WHERE ${what} IS NOT NULL), 0)::BIGINT`;
  const [found] = await rows.session.rows(
    `SELECT ${rowsOf(present)}, count(${present}), ${rowsOf(value)}, min(${value}), max(${value}) FROM ${table}`,
  );
  const [presentRows, distinct, finite, minimum, maximum] = found!.map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { present: presentRows, distinct, finite, minimum, maximum };
}

async function summarize(
  { session }: RowSet,
  from: { readonly column: EngineColumn; readonly table: string; readonly extent: Extent },
): Promise<NumberSummary> {
  const { column, table, extent } = from;
  const { minimum, maximum, finite } = extent;
  const summary = new SortedSummary({
    count: finite,
    minimum,
    maximum,
    isInteger: column.type === 'integer',
  });
  const value = finiteExpression(column);
  const result = await session.limited(() =>
    session.connection.stream(
      `SELECT ${value} AS value, CAST(${OCCURRENCES} AS DOUBLE) FROM ${table} WHERE ${value} IS NOT NULL ORDER BY value`,
    ),
  );
  const values = new Float64Array(CHUNK_ROWS);
  const counts = new Float64Array(CHUNK_ROWS);
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return summary.finish();
    const place = { from: 0, to: chunk.rowCount, offset: 0 };
    copyVector(chunk, 0, { ...place, destination: values });
    copyVector(chunk, 1, { ...place, destination: counts });
    summary.add(values, counts, chunk.rowCount);
  }
}

function roundMoments(column: EngineColumn, summary: NumberSummary): NumberSummary {
  const { mean, standardDeviation, ...exact } = summary;
  const isTime = column.type === 'date' || column.type === 'timestamp';
  const round = (value: number) =>
    isTime ? Math.round(value) : Number(value.toPrecision(SIGNIFICANT_DIGITS));
  return {
    ...(mean === undefined ? {} : { mean: round(mean) }),
    ...(standardDeviation === undefined ? {} : { standardDeviation: round(standardDeviation) }),
    ...exact,
  };
}

function finiteExpression(column: EngineColumn): string {
  const number = numberExpression(column)!;
  return column.type === 'number' ? `(CASE WHEN isfinite(${number}) THEN ${number} END)` : number;
}
