import { invertMonotoneAbove } from '../statistics/inversion.ts';
import { wilsonInterval } from '../statistics/proportions.ts';

/** Half the width of Wilson's interval of a share, such as one model's accuracy, on so many rows. */
export function shareHalfWidth(share: number, rows: number, confidence: number): number {
  const { low, high } = wilsonInterval({ successes: share * rows, rows }, confidence);
  return (high - low) / 2;
}

/** Rows on which a share is known to within `halfWidth` on either side; not rounded. */
export function rowsForHalfWidth(share: number, halfWidth: number, confidence: number): number {
  return invertMonotoneAbove((rows) => halfWidth - shareHalfWidth(share, rows, confidence), 1, 64);
}
