import { ascendingOrder } from '../statistics/ordering.ts';
import { type Found, percent } from './checks.ts';

/** Share of rows that may repeat an earlier one; more is a warning (the limit of deepchecks). */
const MOST_DUPLICATES = 0.05;

/** Share of rows with features that other labels have too; more is a warning. */
const MOST_CONFLICTING = 0.05;

const EXAMPLES = 5;

/** Runs of rows with the same key: `order` holds the rows, each run in row order, from `starts[i]` to `starts[i + 1]`. */
export type EqualRows = { readonly order: Uint32Array; readonly starts: Uint32Array };

/** Sorts rows by their keys and finds those that more than one row has; NaN is no key. */
export function findEqualRows(keys: Float64Array): EqualRows {
  const sorted = ascendingOrder(keys);
  const starts: number[] = [0];
  // Runs move to the front of the order itself: of very many rows a second list would be as large.
  let kept = 0;
  let start = 0;
  while (start < sorted.length) {
    const key = keys[sorted[start]!]!;
    if (Number.isNaN(key)) break;
    let end = start + 1;
    while (end < sorted.length && keys[sorted[end]!] === key) end++;
    if (end - start > 1) {
      sorted.copyWithin(kept, start, end);
      kept += end - start;
      starts.push(kept);
    }
    start = end;
  }
  return { order: sorted.subarray(0, kept), starts: Uint32Array.from(starts) };
}

export type Duplicates = {
  /** Rows that repeat an earlier one, label included. */
  readonly rows: number;
  /** The first few of them, each with the row it repeats. */
  readonly first: readonly { readonly row: number; readonly like: number }[];
};

/** Rows that repeat the features and the label of an earlier row. `labels` are any numbers; NaN equals NaN. */
export function countDuplicates(equal: EqualRows, labels: ArrayLike<number> | undefined): Duplicates {
  let rows = 0;
  const first: { row: number; like: number }[] = [];
  const seen = new Map<number, number>();
  eachRun(equal, (run) => {
    seen.clear();
    for (const row of run) {
      const label = labels?.[row] ?? 0;
      const like = seen.get(label);
      if (like === undefined) {
        seen.set(label, row);
        continue;
      }
      rows++;
      keepFirst(first, { row, like });
    }
  });
  return { rows, first };
}

/** A finding where rows repeat earlier ones. */
export function duplicateFinding({ rows, first }: Duplicates, rowCount: number): Found[] {
  if (rows === 0) return [];
  const share = rows / rowCount;
  const isMany = share > MOST_DUPLICATES;
  return [
    {
      check: 'duplicate-rows',
      severity: isMany ? 'warning' : 'info',
      message: `${rows} of ${rowCount} rows (${percent(share)}) repeat an earlier row in features and label${isMany ? '; copies on both sides of a split are a leak, and rows count more often than they were seen' : ''}`,
      failing: rows,
      checked: rowCount,
      rows: first.map(({ row }) => row),
    },
  ];
}

export type Conflicts = {
  /** Rows with a label whose features some row with another label has too. */
  readonly rows: number;
  /** Rows with a label. */
  readonly labelled: number;
  /** Rows that no function of the features can get right: of each set of equal features all but its most frequent label. */
  readonly unreachable: number;
  readonly first: readonly number[];
};

/** Rows of equal features with different labels; codes below 0 have none. */
export function countConflicts(equal: EqualRows, labels: Int32Array): Conflicts {
  const labelled = labels.reduce((count, code) => count + (code < 0 ? 0 : 1), 0);
  let rows = 0;
  let unreachable = 0;
  const first: { row: number }[] = [];
  const counts = new Map<number, number>();
  eachRun(equal, (run) => {
    counts.clear();
    let size = 0;
    for (const row of run) {
      const label = labels[row]!;
      if (label < 0) continue;
      size++;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    if (counts.size < 2) return;
    rows += size;
    unreachable += size - Math.max(...counts.values());
    for (const row of run) if (labels[row]! >= 0) keepFirst(first, { row });
  });
  return { rows, labelled, unreachable, first: first.map(({ row }) => row) };
}

/** A finding where equal features have different labels. */
export function conflictFinding(conflicts: Conflicts, target: string): Found[] {
  const { rows, labelled, unreachable, first } = conflicts;
  if (rows === 0) return [];
  return [
    {
      check: 'conflicting-labels',
      severity: rows > MOST_CONFLICTING * labelled ? 'warning' : 'info',
      column: target,
      message: `${rows} of ${labelled} rows (${percent(rows / labelled)}) have the features of a row with another ${target}: on these data no model has an accuracy above ${shownBound(1 - unreachable / labelled)}`,
      failing: rows,
      checked: labelled,
      rows: first,
    },
  ];
}

export type Disagreement = {
  /** Rows whose features a row with another value has too. */
  readonly rows: number;
  readonly labelled: number;
  /** The largest coefficient of determination that a function of the features can have on these rows; 1 without spread. */
  readonly bestDetermination: number;
  readonly first: readonly number[];
};

/** The same of a target that is a number; NaN is no label. */
export function measureDisagreement(equal: EqualRows, labels: Float64Array): Disagreement {
  const labelled = labels.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const mean = labels.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / labelled;
  const squares = labels.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : (value - mean) ** 2), 0);
  let rows = 0;
  let within = 0;
  const first: { row: number }[] = [];
  eachRun(equal, (run) => {
    const known = [...run].filter((row) => !Number.isNaN(labels[row]!));
    const own = known.reduce((sum, row) => sum + labels[row]!, 0) / known.length;
    const spread = known.reduce((sum, row) => sum + (labels[row]! - own) ** 2, 0);
    if (known.every((row) => labels[row] === labels[known[0]!])) return;
    rows += known.length;
    within += spread;
    for (const row of known) keepFirst(first, { row });
  });
  const bestDetermination = squares > 0 ? 1 - within / squares : 1;
  return { rows, labelled, bestDetermination, first: first.map(({ row }) => row) };
}

/** A finding where equal features have different numbers. */
export function disagreementFinding(found: Disagreement, target: string): Found[] {
  const { rows, labelled, bestDetermination, first } = found;
  if (rows === 0) return [];
  return [
    {
      check: 'conflicting-labels',
      severity: bestDetermination < 1 - MOST_CONFLICTING ? 'warning' : 'info',
      column: target,
      message: `${rows} of ${labelled} rows (${percent(rows / labelled)}) have the features of a row with another ${target}: on these data no model has an R² above ${shownBound(bestDetermination)}`,
      failing: rows,
      checked: labelled,
      rows: first,
    },
  ];
}

/** A bound that is below 1 is never shown as 1. */
function shownBound(bound: number): string {
  const text = bound.toFixed(4);
  return text === '1.0000' ? '0.9999' : text;
}

function eachRun({ order, starts }: EqualRows, visit: (run: Uint32Array) => void): void {
  for (let run = 0; run + 1 < starts.length; run++) visit(order.subarray(starts[run]!, starts[run + 1]!));
}

/** Keeps the few smallest rows in order. */
function keepFirst<Kept extends { readonly row: number }>(kept: Kept[], next: Kept): void {
  const last = kept.at(-1);
  if (kept.length >= EXAMPLES && last !== undefined && next.row >= last.row) return;
  kept.push(next);
  kept.sort((left, right) => left.row - right.row);
  if (kept.length > EXAMPLES) kept.pop();
}
