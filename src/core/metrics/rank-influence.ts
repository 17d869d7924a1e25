/** How much single rows move average precision. */

import type { RankOrder } from './rank-curve.ts';

/**
 * The derivative of average precision by the weight of each row. With T and S the positive and all rows at or
 * above the score of a positive row i, average precision is the mean of T/S over positives; a row more at score
 * s adds y to T and 1 to S of all positives at or below s, a positive one also adds its own T/S.
 */
export function influenceOnAveragePrecision({ rows, runEnds }: RankOrder, labels: Uint8Array): Float64Array {
  const groups = (runEnds.length - 1) / 3;
  const precision = new Float64Array(groups);
  const size = new Float64Array(groups);
  let positives = 0;
  let sum = 0;
  for (let group = 0; group < groups; group++) {
    const ends = 3 * group;
    size[group] = runEnds[ends + 1]! - runEnds[ends]!;
    positives += size[group]!;
    precision[group] = positives / runEnds[ends + 2]!;
    sum += size[group]! * precision[group]!;
  }
  const average = sum / positives;
  const influence = new Float64Array(labels.length);
  // Sums over the tie groups at or below the row: of 1/S, and of T/S².
  let rise = 0;
  let fall = 0;
  let end = rows.length;
  for (let group = groups; group > 0; group--) {
    const ends = 3 * (group - 1);
    setAll(influence, rows, { from: runEnds[ends + 2]!, to: end, value: -fall / positives });
    const all = runEnds[ends + 2]!;
    rise += size[group - 1]! / all;
    fall += (size[group - 1]! * precision[group - 1]!) / all;
    setAll(influence, rows, {
      from: runEnds[ends]!,
      to: runEnds[ends + 1]!,
      value: (precision[group - 1]! + rise - fall - average) / positives,
    });
    setAll(influence, rows, { from: runEnds[ends + 1]!, to: all, value: -fall / positives });
    end = runEnds[ends]!;
  }
  setAll(influence, rows, { from: 0, to: end, value: -fall / positives });
  return influence;
}

function setAll(
  influence: Float64Array,
  rows: Uint32Array,
  { from, to, value }: { readonly from: number; readonly to: number; readonly value: number },
): void {
  for (let index = from; index < to; index++) influence[rows[index]!] = value;
}
