/** Rows that depend on each other, such as the transactions of one card. */
export type GroupDesign = {
  /** Mean rows of a group, at least 1. */
  readonly size: number;
  /** How alike the differences of two rows of one group are, from 0 (not at all) to 1 (one tells all). */
  readonly correlation: number;
};

/** How many times as many rows it takes: 1 + (size − 1)·correlation (Kish, 1965). */
export function designEffect({ size, correlation }: GroupDesign): number {
  return 1 + (size - 1) * correlation;
}
