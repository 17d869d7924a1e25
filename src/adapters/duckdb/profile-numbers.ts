import type { ColumnProfile, HistogramBin } from '../../core/data/profile.ts';
import { type EngineColumn, numberExpression, presentExpression } from './column-types.ts';
import type { RowSet } from './row-set.ts';
import { doubleLiteral } from './sql-text.ts';

const PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
const BINS = 20;
const SIGNIFICANT_DIGITS = 10;

/** Exact quantiles and distinct counts hold the values of a scan's columns in memory, about so many at once. */
const VALUES_AT_ONCE = 16_000_000;

/** Fractions are added up as integers of this scale: sums of integers do not depend on their order. */
const FIXED_POINT = 2 ** 61;

type Extent = {
  readonly column: EngineColumn;
  readonly present: number;
  readonly distinct: number;
  readonly finite: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly quantiles: readonly number[];
};

/** Profiles of columns that have a number, by name. */
export async function profileNumbers(
  rows: RowSet,
  columns: readonly EngineColumn[],
): Promise<ReadonlyMap<string, ColumnProfile>> {
  const profiles = new Map<string, ColumnProfile>();
  const columnsAtOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, rows.rowCount)));
  for (let first = 0; first < columns.length; first += columnsAtOnce) {
    const extents = await measureExtents(rows, columns.slice(first, first + columnsAtOnce));
    const shapes = await measureShapes(rows, extents);
    for (const [index, extent] of extents.entries()) {
      profiles.set(extent.column.name, toProfile(rows, extent, shapes[index]!));
    }
  }
  return profiles;
}

/** First scan: counts, extremes and quantiles. */
async function measureExtents(rows: RowSet, columns: readonly EngineColumn[]): Promise<readonly Extent[]> {
  const probabilities = `[${PROBABILITIES.join(', ')}]`;
  const measures = columns.map(
    (_, index) =>
      `count(present${index}), count(DISTINCT present${index}), count(value${index}), min(value${index}), max(value${index}), quantile_cont(value${index}, ${probabilities})`,
  );
  const values = columns.map(
    (column, index) =>
      `${presentExpression(column)} AS present${index}, ${finiteExpression(column)} AS value${index}`,
  );
  const [found] = await rows.session.rows(
    `SELECT ${measures.join(', ')} FROM (SELECT ${values.join(', ')} FROM ${rows.relation})`,
  );
  return columns.map((column, index) => {
    const [present, distinct, finite, minimum, maximum, quantiles] = found!.slice(index * 6, index * 6 + 6);
    return {
      column,
      present: Number(present),
      distinct: Number(distinct),
      finite: Number(finite),
      minimum: Number(minimum),
      maximum: Number(maximum),
      quantiles: (quantiles as readonly number[] | null) ?? [],
    };
  });
}

type Shape = {
  readonly mean?: number;
  readonly standardDeviation?: number;
  readonly histogram?: readonly HistogramBin[];
};

/**
 * Second scan: moments about the median and the histogram. Distances from the median, as shares of the
 * largest, are added up in fixed point; they lose nothing to cancellation, since the mean lies within one
 * standard deviation of the median.
 */
async function measureShapes(rows: RowSet, extents: readonly Extent[]): Promise<readonly Shape[]> {
  const measured = extents.map((extent) => ({ extent, scale: scaleOf(extent), edges: edgesOf(extent) }));
  const measures = measured.map(({ extent, scale, edges }) => {
    if (scale === undefined) return 'NULL, NULL, NULL';
    const value = finiteExpression(extent.column);
    const share = `((${value} - ${doubleLiteral(medianOf(extent))}) / ${doubleLiteral(scale)})`;
    // DuckDB's bins include their upper edge and ours the lower, hence the negated values.
    const negatedEdges = edges.map((edge) => doubleLiteral(edge === 0 ? 0 : -edge)).reverse();
    return `CAST(sum(${fixedPoint(share)}) AS VARCHAR), CAST(sum(${fixedPoint(`${share} * ${share}`)}) AS VARCHAR), histogram(-${value}, [${negatedEdges.join(', ')}])`;
  });
  const [found] = await rows.session.rows(`SELECT ${measures.join(', ')} FROM ${rows.relation}`);
  return measured.map(({ extent, scale, edges }, index) => {
    if (extent.finite === 0) return {};
    if (scale === undefined) return constantShape(extent);
    const [sum, sumOfSquares, counts] = found!.slice(index * 3, index * 3 + 3);
    return {
      ...momentsOf(extent, { scale, sum: fromFixedPoint(sum), sumOfSquares: fromFixedPoint(sumOfSquares) }),
      histogram: toHistogram(
        edges,
        counts as readonly MapEntry[] | { readonly entries: readonly MapEntry[] },
      ),
    };
  });
}

/** The largest distance from the median; undefined when all values are equal or too far apart for a number. */
function scaleOf(extent: Extent): number | undefined {
  if (extent.finite === 0) return undefined;
  const median = medianOf(extent);
  const scale = Math.max(extent.maximum - median, median - extent.minimum);
  return scale > 0 && Number.isFinite(extent.maximum - extent.minimum) ? scale : undefined;
}

function constantShape(extent: Extent): Shape {
  if (extent.minimum !== extent.maximum) return {};
  const histogram = [{ from: extent.minimum, to: extent.maximum, count: extent.finite }];
  return { mean: extent.minimum, ...(extent.finite > 1 ? { standardDeviation: 0 } : {}), histogram };
}

function momentsOf(
  extent: Extent,
  moments: { readonly scale: number; readonly sum: number; readonly sumOfSquares: number },
): Shape {
  const { finite } = extent;
  const mean = medianOf(extent) + (moments.scale * moments.sum) / finite;
  if (finite < 2) return { mean };
  const squares = Math.max(0, moments.sumOfSquares - moments.sum ** 2 / finite);
  return { mean, standardDeviation: moments.scale * Math.sqrt(squares / (finite - 1)) };
}

/** Bins of equal width from the smallest to the largest value; of whole numbers for integers. */
function edgesOf(extent: Extent): readonly number[] {
  const { minimum, maximum, column } = extent;
  if (!(maximum > minimum)) return [];
  if (column.type === 'integer' && Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)) {
    const width = Math.ceil((maximum - minimum + 1) / BINS);
    const count = Math.ceil((maximum - minimum + 1) / width);
    return Array.from({ length: count + 1 }, (_, index) => minimum + index * width);
  }
  const width = (maximum - minimum) / BINS;
  const edges = Array.from({ length: BINS + 1 }, (_, index) =>
    index === BINS ? maximum : minimum + index * width,
  );
  return edges.filter((edge, index) => index === 0 || edge > edges[index - 1]!);
}

type MapEntry = { readonly key: number; readonly value: bigint | number };

/** DuckDB's counts by negated lower edge; its lowest bin is our upper edge itself, part of the last bar. */
function toHistogram(
  edges: readonly number[],
  counts: readonly MapEntry[] | { readonly entries: readonly MapEntry[] },
): readonly HistogramBin[] {
  const entries =
    'entries' in counts && typeof counts.entries !== 'function'
      ? counts.entries
      : (counts as readonly MapEntry[]);
  const byEdge = new Map(entries.map(({ key, value }) => [key === 0 ? 0 : -key, Number(value)]));
  return edges.slice(0, -1).map((from, index) => {
    const isLast = index === edges.length - 2;
    const count = (byEdge.get(from) ?? 0) + (isLast ? (byEdge.get(edges.at(-1)!) ?? 0) : 0);
    return { from, to: edges[index + 1]!, count };
  });
}

function toProfile(rows: RowSet, extent: Extent, shape: Shape): ColumnProfile {
  const { column } = extent;
  const counts = {
    name: column.name,
    type: column.type,
    missing: rows.rowCount - extent.present,
    distinct: extent.distinct,
  };
  if (extent.finite === 0) return counts;
  const isTime = column.type === 'date' || column.type === 'timestamp';
  const round = (value: number) =>
    isTime ? Math.round(value) : Number(value.toPrecision(SIGNIFICANT_DIGITS));
  return {
    ...counts,
    minimum: extent.minimum,
    maximum: extent.maximum,
    ...(shape.mean === undefined ? {} : { mean: round(shape.mean) }),
    ...(shape.standardDeviation === undefined ? {} : { standardDeviation: round(shape.standardDeviation) }),
    quantiles: Object.fromEntries(PROBABILITIES.map((p, index) => [String(p), extent.quantiles[index]!])),
    ...(shape.histogram === undefined ? {} : { histogram: shape.histogram }),
  };
}

function medianOf(extent: Extent): number {
  return extent.quantiles[PROBABILITIES.indexOf(0.5)]!;
}

function finiteExpression(column: EngineColumn): string {
  const number = numberExpression(column)!;
  return column.type === 'number' ? `(CASE WHEN isfinite(${number}) THEN ${number} END)` : number;
}

function fixedPoint(share: string): string {
  return `CAST(round(${share} * ${doubleLiteral(FIXED_POINT)}) AS BIGINT)`;
}

function fromFixedPoint(sum: unknown): number {
  return Number(BigInt(String(sum))) / FIXED_POINT;
}
