import { judgeOverlap, LEAST_SHARE } from '../leakage/overlap.ts';
import { FEWEST_ROWS, type Found, percent } from './checks.ts';

/** Share of holdout rows that may be training rows beyond what chance explains; more is an error (deepchecks). */
const MOST_SHARED = 0.05;

const EXAMPLES = 5;

/** Keys of training rows, ready to be looked up. */
export type KnownKeys = {
  /** Ascending, without rows that have no key. */
  readonly sorted: Float64Array;
  /** Rows whose key no other row has. */
  readonly single: number;
};

export function knowKeys(keys: Float64Array): KnownKeys {
  const sorted = keys.filter((key) => !Number.isNaN(key)).sort();
  let single = 0;
  for (let index = 0; index < sorted.length; index++) {
    const key = sorted[index];
    if (sorted[index - 1] !== key && sorted[index + 1] !== key) single++;
  }
  return { sorted, single };
}

function isKnownKey(sorted: Float64Array, key: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === key;
}

/** Which rows of other data have a known key, with the first few of them. */
export type SharedRows = {
  readonly isShared: Uint8Array;
  readonly count: number;
  readonly first: readonly number[];
};

/** @param known rows that were found otherwise and are not counted again. */
export function findShared({ sorted }: KnownKeys, asked: Float64Array, known?: Uint8Array): SharedRows {
  const isShared = new Uint8Array(asked.length);
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < asked.length; row++) {
    if (known?.[row] === 1 || !isKnownKey(sorted, asked[row]!)) continue;
    isShared[row] = 1;
    count++;
    if (first.length < EXAMPLES) first.push(row);
  }
  return { isShared, count, first };
}

type Names = { readonly own: string; readonly training: string };

/** Holdout rows that have the id of a training row. */
export function sharedIds(shared: SharedRows, id: string, { own, training }: Names): Found[] {
  const { count, isShared, first } = shared;
  if (count === 0) return [];
  return [
    {
      check: 'shared-ids',
      severity: 'warning',
      column: id,
      message: `${count} of ${isShared.length} rows of ${own} share their ${id} with ${training}: leakage, since a model may know their answers`,
      failing: count,
      checked: isShared.length,
      rows: first,
    },
  ];
}

export type ValueOverlap = {
  readonly training: KnownKeys;
  /** Rows that the id did not find already. */
  readonly shared: SharedRows;
  /** Rows that the id found. */
  readonly byId: number;
};

/**
 * Holdout rows whose features a training row has. How many a clean split would show is Turing's estimate, as in
 * `countOverlap`: N training rows, n1 of which have no equal, let a new row equal one of them with the chance 1 - n1 / N.
 */
export function sharedRows(
  { training, shared, byId }: ValueOverlap,
  { own, training: name }: Names,
): Found[] {
  const total = shared.isShared.length;
  const rate = training.sorted.length === 0 ? 0 : 1 - training.single / training.sorted.length;
  const { rows, expected, suspicious } = judgeOverlap({
    rows: shared.count,
    asked: total - byId,
    rate,
    trainingRows: training.sorted.length,
    least: LEAST_SHARE * total,
  });
  // So few rows may agree by chance.
  if (rows === 0 || total < FEWEST_ROWS) return [];
  const common = {
    check: 'shared-rows',
    failing: rows,
    checked: total,
    rows: shared.first,
  } as const;
  const words = `${rows} of ${total} rows of ${own} (${percent(rows / total)}) have the features of a row of ${name}`;
  const chance = `by chance about ${expected < 10 ? expected.toFixed(1) : Math.round(expected)} would`;
  if (!suspicious) return [{ ...common, severity: 'info', message: `${words}; ${chance}` }];
  const severity = rows - expected > MOST_SHARED * total ? 'error' : 'warning';
  const message = `${words}; ${chance}: leakage, since a model may know their answers`;
  return [{ ...common, severity, message }];
}

/** Groups that both sides of a split hold; a model may know a group by what it learned of its other rows. */
export function sharedGroups(
  shared: SharedRows,
  group: string,
  {
    own,
    training,
    isLater,
  }: Names & { /** Whether the split is by time, so that groups live on. */ readonly isLater: boolean },
): Found[] {
  const { count, isShared, first } = shared;
  if (count === 0) return [];
  const share = `${count} of ${isShared.length} rows of ${own} (${percent(count / isShared.length)})`;
  return [
    {
      check: 'shared-groups',
      severity: isLater ? 'info' : 'warning',
      column: group,
      message: isLater
        ? `${share} belong to a ${group} that ${training} has too; ${own} is later, so a model meets them as it will in use`
        : `${share} belong to a ${group} that ${training} has too: leakage where a model shall answer for a new ${group}; split by group`,
      failing: count,
      checked: isShared.length,
      rows: first,
    },
  ];
}
