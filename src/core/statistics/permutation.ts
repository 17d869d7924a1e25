/**
 * Paired permutation tests: under "the two models are alike" it makes no difference which of the two answers
 * of a row came from which model. p-values count the arrangement that was seen (Phipson and Smyth, 2010), so
 * that they are never 0.
 */

import { indexGroups, sumByGroup } from './groups.ts';
import { midranks } from './ordering.ts';
import { createRandom } from './random.ts';
import { sum } from './sums.ts';

/** Up to this many rows (or groups) every arrangement is looked at; beyond, random ones. */
export const EXACT_UNITS = 20;

/** Random arrangements: the error of a p-value near 0.01 is 0.001. */
export const PERMUTATIONS = 9_999;

/** A statistic this close to the one that was seen counts as equal to it. */
const ROUNDING = 1e-12;

export type PermutationOptions = {
  readonly seed: number;
  /** Codes of rows that belong together and are flipped as one, -1 for a row alone. */
  readonly groups?: Int32Array | undefined;
  /** Random arrangements; absent: every one of few units, else 9,999. */
  readonly permutations?: number;
};

export type PermutationTest = {
  readonly pValue: number;
  /** Every arrangement was looked at. */
  readonly exact: boolean;
};

/** Two-sided test of "the mean of the differences is 0" by flipping their signs. */
export function signFlipTest(differences: Float64Array, options: PermutationOptions): PermutationTest {
  const sums = options.groups ? sumByGroup(indexGroups(options.groups), differences) : differences;
  // The mean is the sum over a fixed number of rows, so that the sums may be compared.
  const seen = Math.abs(sum(sums)) - ROUNDING * differences.length;
  if (sums.length <= EXACT_UNITS && options.permutations === undefined) return exactSignFlip(sums, seen);
  const { permutations = PERMUTATIONS } = options;
  const random = createRandom(options.seed);
  let extreme = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let total = 0;
    for (let unit = 0; unit < sums.length; unit++)
      total += random.uniform() < 0.5 ? sums[unit]! : -sums[unit]!;
    if (Math.abs(total) >= seen) extreme++;
  }
  return { pValue: (1 + extreme) / (permutations + 1), exact: false };
}

/** Walks through all sign patterns by changing one sign at a time (a Gray code). */
function exactSignFlip(values: Float64Array, seen: number): PermutationTest {
  const arrangements = 2 ** values.length;
  const signs = new Int8Array(values.length).fill(1);
  let total = sum(values);
  let extreme = 0;
  for (let step = 1; step <= arrangements; step++) {
    if (Math.abs(total) >= seen) extreme++;
    const flipped = Math.log2(step & -step);
    if (flipped >= values.length) break;
    total -= 2 * signs[flipped]! * values[flipped]!;
    signs[flipped] = -signs[flipped]!;
  }
  return { pValue: extreme / arrangements, exact: true };
}

export type PairedRanking = {
  /** 0 and 1. */
  readonly labels: Uint8Array;
  readonly champion: Float64Array;
  readonly challenger: Float64Array;
};

/**
 * Two-sided test of "both models have the same area under the ROC curve" by swapping the two scores of a row.
 * Scores become midranks first, since the scales of two models differ.
 */
export function areaSwapTest(pair: PairedRanking, options: PermutationOptions): PermutationTest {
  const first = midranks(pair.champion);
  const second = midranks(pair.challenger);
  const { permutations = PERMUTATIONS } = options;
  const index = indexGroups(options.groups ?? new Int32Array(first.length).fill(-1));
  const swapped = new Uint8Array(index.groupCount);
  const random = createRandom(options.seed);
  const area = areaOfRanks(pair.labels);
  const left = new Float64Array(first.length);
  const right = new Float64Array(first.length);
  const seen = Math.abs(area(second) - area(first)) - ROUNDING;
  let extreme = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (let unit = 0; unit < swapped.length; unit++) swapped[unit] = Number(random.uniform() < 0.5);
    for (let row = 0; row < left.length; row++) {
      const swap = swapped[index.groupOfRow[row]!] === 1;
      left[row] = swap ? second[row]! : first[row]!;
      right[row] = swap ? first[row]! : second[row]!;
    }
    if (Math.abs(area(right) - area(left)) >= seen) extreme++;
  }
  return { pValue: (1 + extreme) / (permutations + 1), exact: false };
}

function areaOfRanks(labels: Uint8Array): (scores: Float64Array) => number {
  const positives = labels.reduce((total, label) => total + label, 0);
  const pairs = positives * (labels.length - positives);
  return (scores) => {
    const ranks = midranks(scores);
    let total = 0;
    for (let row = 0; row < labels.length; row++) total += labels[row]! * ranks[row]!;
    return (total - (positives * (positives + 1)) / 2) / pairs;
  };
}
