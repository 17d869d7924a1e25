import type { Interval } from '../documents/common.ts';
import type { DriftColumn } from '../documents/drift.ts';

/** A change in a unit of its own, with the size from which it matters. */
export type Effect = {
  readonly name: string;
  readonly value: number;
  /** Two-sided; absent where its upper end is not known. */
  readonly interval?: Interval;
  /** The lower end of the interval: the change is at least this large. */
  readonly lowerBound: number;
  readonly minimum: number;
};

/** One test of one column, before the p-values of a check are adjusted for each other. */
export type ColumnTest = {
  readonly name: string;
  readonly role: DriftColumn['role'];
  readonly method: string;
  readonly statistic?: number;
  /** Absent: nothing could be tested; the note says why. */
  readonly pValue?: number;
  readonly effect?: Effect;
  readonly note?: string;
};

/** The effect that is furthest above its minimum, by what is certain of it, then by its value. */
export function strongestEffect(effects: readonly Effect[]): Effect | undefined {
  const [strongest] = effects.toSorted(
    (left, right) =>
      right.lowerBound / right.minimum - left.lowerBound / left.minimum ||
      right.value / right.minimum - left.value / left.minimum,
  );
  return strongest;
}
