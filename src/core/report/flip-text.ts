import type { CompletedComparison, Flips } from '../documents/comparison.ts';
import { formatNumber, formatQuantity } from './format-number.ts';

type FlippedSlice = NonNullable<Flips['slices']>[number];

/** `9 rows newly right, 57 rows newly wrong (threshold 0.5)`; undefined when labels were not compared. */
export function describeFlips({ flips }: CompletedComparison): string | undefined {
  if (flips === undefined) return undefined;
  const at = flips.threshold === undefined ? '' : ` (threshold ${formatNumber(flips.threshold)})`;
  return `${formatQuantity(flips.newlyRight, 'row')} newly right, ${formatQuantity(flips.newlyWrong, 'row')} newly wrong${at}`;
}

/** Slices in which a row flipped, the one that lost most rows first. */
export function flippedSlices({ flips }: CompletedComparison): readonly FlippedSlice[] {
  const loss = (slice: FlippedSlice) => slice.newlyWrong - slice.newlyRight;
  return (flips?.slices ?? [])
    .filter((slice) => slice.newlyRight + slice.newlyWrong > 0)
    .sort((left, right) => loss(right) - loss(left) || right.newlyWrong - left.newlyWrong);
}

/** How a reader finds an example in the data. */
export function describeIdHash({ model }: CompletedComparison): string {
  return `A row is named by the first 16 digits of the SHA-256 of ${model}:<id>; in brackets what the challenger gave to the class that it chose.`;
}
