/**
 * p-values corrected for the number of tests. Input and output are in the caller's order; tests that are
 * undefined have to be left out before.
 */

/** Holm (1979): family-wise error under any dependence. */
export function holm(pValues: readonly number[]): number[] {
  return stepDown(pValues, (p, rank, count) => (count - rank + 1) * p);
}

/** Hochberg (1988): family-wise error under positive dependence; never less powerful than Holm. */
export function hochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, (p, rank, count) => (count - rank + 1) * p);
}

/** Benjamini and Hochberg (1995): false discovery rate under independence or positive dependence. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, (p, rank, count) => (count * p) / rank);
}

/** Benjamini and Yekutieli (2001): false discovery rate under any dependence. */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  const penalty = pValues.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
  return stepUp(pValues, (p, rank, count) => (penalty * count * p) / rank);
}

type Adjustment = (p: number, rank: number, count: number) => number;

/** Running maximum from the smallest p-value upwards. */
function stepDown(pValues: readonly number[], adjust: Adjustment): number[] {
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  ascendingPositions(pValues).forEach((position, index) => {
    largest = Math.max(largest, Math.min(1, adjust(pValues[position]!, index + 1, pValues.length)));
    adjusted[position] = largest;
  });
  return adjusted;
}

/** Running minimum from the largest p-value downwards. */
function stepUp(pValues: readonly number[], adjust: Adjustment): number[] {
  const adjusted = new Array<number>(pValues.length);
  const order = ascendingPositions(pValues);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const position = order[rank - 1]!;
    smallest = Math.min(smallest, adjust(pValues[position]!, rank, pValues.length));
    adjusted[position] = smallest;
  }
  return adjusted;
}

function ascendingPositions(pValues: readonly number[]): number[] {
  for (const p of pValues) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`not a p-value: ${p}`);
  }
  return pValues.map((_, position) => position).sort((left, right) => pValues[left]! - pValues[right]!);
}
