/** Where a value between 0 and 1 lies in a square chart; used where the report is made and where it is read. */

export const CHART_SIDE = 260;
export const CHART_LEFT = 40;
export const CHART_TOP = 10;
export const CHART_WIDTH = CHART_LEFT + CHART_SIDE + 12;
export const CHART_HEIGHT = CHART_TOP + CHART_SIDE + 36;

/** Points of a curve, from left to right. */
export type CurvePoints = readonly (readonly [number, number])[];

export function acrossOf(value: number): number {
  return CHART_LEFT + bounded(value) * CHART_SIDE;
}

export function upOf(value: number): number {
  return CHART_TOP + (1 - bounded(value)) * CHART_SIDE;
}

/** The value between 0 and 1 at a place across the chart. */
export function valueAt(across: number): number {
  return bounded((across - CHART_LEFT) / CHART_SIDE);
}

/** The height of a drawn curve at a value across; undefined beside its ends. */
export function heightAt(points: CurvePoints, across: number): number | undefined {
  const next = points.findIndex(([x]) => x > across);
  if (next === 0) return undefined;
  const before = points[next === -1 ? points.length - 1 : next - 1];
  if (before === undefined) return undefined;
  if (next === -1) return before[0] >= across - 1e-9 ? before[1] : undefined;
  const after = points[next] as readonly [number, number];
  const share = (across - before[0]) / (after[0] - before[0]);
  return before[1] + share * (after[1] - before[1]);
}

function bounded(value: number): number {
  return Math.min(1, Math.max(0, value));
}
