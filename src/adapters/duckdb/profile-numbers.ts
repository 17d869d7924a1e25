import type { ColumnProfile } from '../../core/data/profile.ts';
import { type NumberSummary, SortedSummary } from '../../core/data/sorted-summary.ts';
import { type EngineColumn, finiteExpression, isFloatType, presentExpression } from './column-types.ts';
import { OCCURRENCES } from './count-values.ts';
import type { RowSet } from './row-set.ts';
import { isExactlyKeyed, readValues, sortRows } from './sorted-numbers.ts';
import { doubleLiteral } from './sql-text.ts';

const SIGNIFICANT_DIGITS = 10;

/** What has to be known of the numbers of a column before they come, sorted. */
export type Extent = {
  /** Rows with a value, and of those with a finite one. */
  readonly present: number;
  readonly finite: number;
  /** Distinct values of the relation; for rows, only those that are not finite. */
  readonly distinct: number;
  readonly minimum: number;
  readonly maximum: number;
};

/** The profile of a column that has a number, from the table of its values. */
export async function profileCounted(
  rows: RowSet,
  column: EngineColumn,
  table: string,
): Promise<ColumnProfile> {
  const rowsOf = (what: string) =>
    `coalesce(sum(${OCCURRENCES}) FILTER (WHERE ${what} IS NOT NULL), 0)::BIGINT`;
  const extent = await measureExtent(rows, column, {
    relation: table,
    rowsOf,
    distinct: `count(${presentExpression(column)})`,
  });
  const summary = newSummary(column, extent);
  if (extent.finite > 0) {
    for await (const { values, counts } of readValues(rows, column, table)) summary.add(values, counts);
  }
  return toProfile(rows, column, { extent, summary, distinct: extent.distinct });
}

/**
 * The same from the rows, for a column that has few equal values; undefined where its values cannot be told apart
 * by numbers.
 */
export async function profileSorted(rows: RowSet, column: EngineColumn): Promise<ColumnProfile | undefined> {
  const value = presentExpression(column);
  const infinities = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(
    (infinity) => `CAST(coalesce(bool_or(${value} = ${doubleLiteral(infinity)}), false) AS INTEGER)`,
  );
  const extent = await measureExtent(rows, column, {
    relation: rows.relation,
    rowsOf: (what) => `count(${what})`,
    distinct: isFloatType(column.sqlType) ? infinities.join(' + ') : '0',
  });
  if (!isExactlyKeyed(column, extent)) return undefined;
  const summary = newSummary(column, extent);
  let { distinct } = extent;
  if (extent.finite > 0) {
    const onNew = (count: number) => {
      distinct += count;
    };
    for await (const { values, counts } of sortRows(rows, column, onNew)) summary.add(values, counts);
  }
  return toProfile(rows, column, { extent, summary, distinct });
}

async function measureExtent(
  rows: RowSet,
  column: EngineColumn,
  from: {
    readonly relation: string;
    readonly rowsOf: (what: string) => string;
    readonly distinct: string;
  },
): Promise<Extent> {
  const { relation, rowsOf, distinct } = from;
  const value = finiteExpression(column);
  const [found] = await rows.session.rows(
    `SELECT ${rowsOf(presentExpression(column))}, ${rowsOf(value)}, ${distinct}, min(${value}), max(${value}) FROM ${relation}`,
  );
  const numbers = found!.map(Number);
  return {
    present: numbers[0]!,
    finite: numbers[1]!,
    distinct: numbers[2]!,
    minimum: numbers[3]!,
    maximum: numbers[4]!,
  };
}

function newSummary({ type }: EngineColumn, { finite, minimum, maximum }: Extent): SortedSummary {
  return new SortedSummary({ count: finite, minimum, maximum, isInteger: type === 'integer' });
}

function toProfile(
  rows: RowSet,
  column: EngineColumn,
  found: { readonly extent: Extent; readonly summary: SortedSummary; readonly distinct: number },
): ColumnProfile {
  const { extent, summary, distinct } = found;
  const { name, type } = column;
  const counts = { name, type, missing: rows.rowCount - extent.present, distinct };
  if (extent.finite === 0) return counts;
  const { minimum, maximum } = extent;
  return { ...counts, minimum, maximum, ...roundMoments(column, summary.finish()) };
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
