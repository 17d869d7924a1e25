/** What the slow suite is made of. */

/** One line of a table, with whether the promise was kept. */
export type SimulationRow = {
  readonly table: string;
  readonly cells: readonly string[];
  /** What is promised, in words, when it is not kept. */
  readonly broken?: string;
};

/** A part of the suite that stands alone; equal every time. */
export type Simulation = { readonly name: string; readonly run: () => readonly SimulationRow[] };

/** Simulations behind each line: a share near 0.95 is then known to 0.0034. */
export const RUNS = 4_000;

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
