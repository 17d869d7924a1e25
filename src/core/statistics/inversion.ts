/** Solving for the place where a rising function crosses zero. */

const MAXIMUM_STEPS = 2000;

/**
 * The x between `low` and `high` where a rising function crosses zero, to the last bit (bisection:
 * quantiles are asked for rarely and have to be right).
 */
export function invertMonotone(rising: (x: number) => number, low: number, high: number): number {
  let left = low;
  let right = high;
  for (let step = 0; step < MAXIMUM_STEPS; step++) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) break;
    if (rising(middle) < 0) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}

/** As `invertMonotone`, on all x from `low` upwards: first doubles until the crossing is enclosed. */
export function invertMonotoneAbove(rising: (x: number) => number, low: number, firstStep: number): number {
  let step = firstStep;
  while (rising(low + step) < 0 && Number.isFinite(low + step)) step *= 2;
  return invertMonotone(rising, low, low + step);
}
