/** Rows sorted by score once, for all metrics that sweep a threshold. */

import { ascendingOrder } from '../statistics/ordering.ts';

/** Rows from the highest score down. All arrays run in that order. */
export type ScoreOrder = {
  readonly rows: Uint32Array;
  /** 1 where the row is positive, else 0. */
  readonly positive: Uint8Array;
  /** 1 where the next row has a lower score: only there may a threshold lie. */
  readonly closesTie: Uint8Array;
};

/** Sorts by descending score; `isPositive` says so by row. */
export function orderByScore(scores: Float64Array, isPositive: (row: number) => boolean): ScoreOrder {
  const rows = ascendingOrder(scores).reverse();
  const positive = new Uint8Array(rows.length);
  const closesTie = new Uint8Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    positive[index] = isPositive(row) ? 1 : 0;
    closesTie[index] = index + 1 === rows.length || scores[rows[index + 1]!] !== scores[row] ? 1 : 0;
  }
  return { rows, positive, closesTie };
}

/** Area under the ROC curve: positives above each negative, ties half. NaN when a class is missing. */
export function areaUnderCurve(order: ScoreOrder, multiplicities: Float64Array): number {
  const { rows, positive, closesTie } = order;
  let positives = 0;
  let negatives = 0;
  let area = 0;
  let tiedPositives = 0;
  let tied = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    tied += count;
    tiedPositives += count * positive[index]!;
    if (closesTie[index] === 1) {
      const tiedNegatives = tied - tiedPositives;
      area += tiedNegatives * (positives + tiedPositives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
      tiedPositives = 0;
      tied = 0;
    }
  }
  return area / (positives * negatives);
}

/** Σ (recall step · precision) over thresholds, without interpolation. NaN without positives. */
export function averagePrecision(order: ScoreOrder, multiplicities: Float64Array): number {
  const { rows, positive, closesTie } = order;
  let positives = 0;
  let selected = 0;
  let sum = 0;
  let tiedPositives = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    selected += count;
    tiedPositives += count * positive[index]!;
    if (closesTie[index] === 1 && tiedPositives > 0) {
      positives += tiedPositives;
      sum += (tiedPositives * positives) / selected;
      tiedPositives = 0;
    }
  }
  return sum / positives;
}

/** The weight of positives and negatives. */
export function classTotals(
  order: ScoreOrder,
  multiplicities: Float64Array,
): { readonly positives: number; readonly negatives: number } {
  const { rows, positive } = order;
  let positives = 0;
  let all = 0;
  for (let index = 0; index < rows.length; index++) {
    const count = multiplicities[rows[index]!]!;
    all += count;
    positives += count * positive[index]!;
  }
  return { positives, negatives: all - positives };
}
