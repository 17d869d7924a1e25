/** Inference on the area under the ROC curve after DeLong (1988), in the fast form of Sun and Xu (2014). */

import { type GroupIndex, indexGroups, MINIMUM_GROUPS } from './groups.ts';
import { influenceStandardError } from './influence.ts';
import { type Interval, intervalAround } from './interval.ts';
import { normalTwoSidedP, twoSidedZ } from './normal.ts';
import { midranks } from './ordering.ts';
import { influenceOfPlacements, type Placements, placements } from './placements.ts';
import { differences, sampleVariance } from './sums.ts';

/** Below this many rows of either class the normal approximation is not to be trusted. */
export const MINIMUM_ROWS_PER_CLASS = 10;

/** A variance this small is rounding, not spread. */
const NO_VARIANCE = 1e-24;

export type AreaInterval =
  | {
      readonly defined: true;
      readonly area: number;
      readonly standardError: number;
      readonly interval: Interval;
      /** `disjoint-pairs`: the area is 0 or 1 and only an exact one-sided bound can be given. */
      readonly method: 'delong-logit' | 'delong-logit by group' | 'disjoint-pairs';
    }
  | { readonly defined: false; readonly reason: string };

/** Two models on the same rows. `labels` are 0 and 1; higher scores say "positive". */
export type PairedScores = {
  readonly labels: Uint8Array;
  readonly champion: Float64Array;
  readonly challenger: Float64Array;
  /** Codes of rows that belong together, -1 for a row alone; the variance is then Obuchowski's (1997). */
  readonly groups?: Int32Array;
};

type Areas = { readonly champion: number; readonly challenger: number; readonly difference: number };

/** Two areas compared; intervals at any confidence. */
export type AreaComparison =
  | (Areas & {
      readonly outcome: 'estimated';
      readonly standardError: number;
      readonly z: number;
      readonly pValue: number;
      /** Under ten rows of a class: a permutation test should confirm. */
      readonly fewRows: boolean;
      intervalAt(confidence: number): Interval;
    })
  /** Both models rank every row alike: the difference is 0 for certain. */
  | (Areas & { readonly outcome: 'identical'; readonly pValue: 1; intervalAt(confidence: number): Interval })
  /** The rankings differ but the sample shows no spread: nothing can be said. */
  | (Areas & { readonly outcome: 'degenerate'; readonly reason: string })
  | { readonly outcome: 'undefined'; readonly reason: string };

type WithInterval<Comparison> = Comparison extends { intervalAt(confidence: number): Interval }
  ? Omit<Comparison, 'intervalAt'> & { readonly interval: Interval }
  : Comparison;

/** Two areas compared at one confidence. */
export type DelongComparison = WithInterval<AreaComparison>;

/**
 * The area of one model with an interval on the logit scale.
 * @param groups codes of rows that belong together, -1 for a row alone; the spread is then that of whole groups.
 */
export function areaInterval(
  labels: Uint8Array,
  scores: Float64Array,
  confidence: number,
  groups?: Int32Array,
): AreaInterval {
  const placed = placements(labels, scores);
  if (placed === undefined) return { defined: false, reason: 'the rows hold only one class' };
  const { area } = placed;
  if (area === 0 || area === 1) {
    if (groups !== undefined) {
      const reason = 'the classes are told apart without fail, and groups give no bound then';
      return { defined: false, reason };
    }
    const bound = disjointPairsBound(placed.positives.length, placed.negatives.length, confidence);
    const interval = area === 1 ? { low: bound, high: 1 } : { low: 0, high: 1 - bound };
    return { defined: true, area, standardError: 0, interval, method: 'disjoint-pairs' };
  }
  if (Math.min(placed.positives.length, placed.negatives.length) < 2) {
    return { defined: false, reason: 'a class has fewer than two rows' };
  }
  const variance = areaVariance(placed);
  if (variance <= NO_VARIANCE) return { defined: false, reason: 'the scores do not tell the rows apart' };
  const standardError =
    groups === undefined
      ? Math.sqrt(variance)
      : influenceStandardError({ values: influenceOfPlacements(labels, placed), groups });
  const logit = Math.log(area / (1 - area));
  const spread = intervalAround(logit, (twoSidedZ(confidence) * standardError) / (area * (1 - area)));
  const interval = { low: logistic(spread.low), high: logistic(spread.high) };
  const method = groups === undefined ? 'delong-logit' : 'delong-logit by group';
  return { defined: true, area, standardError, interval, method };
}

/** The difference of two areas, challenger less champion, on the same rows. */
export function compareAreas(pair: PairedScores & { readonly confidence: number }): DelongComparison {
  const compared = compareAreasAt(pair);
  if (!('intervalAt' in compared)) return compared;
  const { intervalAt, ...rest } = compared;
  return { ...rest, interval: intervalAt(pair.confidence) } as DelongComparison;
}

/** As `compareAreas`, with intervals at any confidence from one pass over the rows. */
export function compareAreasAt(pair: PairedScores): AreaComparison {
  const champion = placements(pair.labels, pair.champion);
  const challenger = placements(pair.labels, pair.challenger);
  if (champion === undefined || challenger === undefined) {
    return { outcome: 'undefined', reason: 'the rows hold only one class' };
  }
  const rowsOfSmallerClass = Math.min(champion.positives.length, champion.negatives.length);
  const shift: Placements = {
    area: challenger.area - champion.area,
    positives: differences(challenger.positives, champion.positives),
    negatives: differences(challenger.negatives, champion.negatives),
  };
  const areas = { champion: champion.area, challenger: challenger.area, difference: shift.area };
  if (ranksAlike(shift, pair)) {
    const intervalAt = () => ({ low: 0, high: 0 });
    return { ...areas, difference: 0, outcome: 'identical', pValue: 1, intervalAt };
  }
  if (rowsOfSmallerClass < 2) return { outcome: 'undefined', reason: 'a class has fewer than two rows' };
  const variance = varianceOfShift(pair, shift);
  if (typeof variance === 'string') return { outcome: 'undefined', reason: variance };
  if (variance <= NO_VARIANCE) {
    return { ...areas, outcome: 'degenerate', reason: 'the rows show no spread between the two rankings' };
  }
  const standardError = Math.sqrt(variance);
  const z = shift.area / standardError;
  return {
    ...areas,
    outcome: 'estimated',
    standardError,
    z,
    pValue: normalTwoSidedP(z),
    fewRows: rowsOfSmallerClass < MINIMUM_ROWS_PER_CLASS,
    intervalAt: (confidence) => intervalAround(shift.area, twoSidedZ(confidence) * standardError),
  };
}

/** The variance of an area, or of a difference of areas when given differences of placements. */
export function areaVariance(placed: Placements): number {
  return (
    sampleVariance(placed.positives) / placed.positives.length +
    sampleVariance(placed.negatives) / placed.negatives.length
  );
}

/**
 * The lowest area that agrees with perfect separation: of min(positives, negatives) disjoint pairs all
 * were ordered rightly, so area^pairs must not be below the tail probability.
 */
export function disjointPairsBound(positives: number, negatives: number, confidence: number): number {
  return ((1 - confidence) / 2) ** (1 / Math.min(positives, negatives));
}

function varianceOfShift(pair: PairedScores, shift: Placements): number | string {
  if (pair.groups === undefined) return areaVariance(shift);
  const index = indexGroups(pair.groups);
  const sums = sumsByGroup(pair.labels, shift, index);
  if (index.groupCount < MINIMUM_GROUPS || sums.groupsWithPositives < MINIMUM_GROUPS) {
    return (
      `inference over groups needs ${MINIMUM_GROUPS} groups that hold positive rows; ` +
      `there are ${sums.groupsWithPositives} among ${index.groupCount}`
    );
  }
  if (sums.groupsWithNegatives < 2) return 'fewer than two groups hold negative rows';
  return obuchowskiVariance(sums, index.groupCount, shift);
}

type GroupSums = {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  readonly groupsWithPositives: number;
  readonly groupsWithNegatives: number;
};

function sumsByGroup(labels: Uint8Array, shift: Placements, index: GroupIndex): GroupSums {
  const positive = new Float64Array(index.groupCount);
  const negative = new Float64Array(index.groupCount);
  const withPositives = new Set<number>();
  const withNegatives = new Set<number>();
  let nextPositive = 0;
  let nextNegative = 0;
  for (let row = 0; row < labels.length; row++) {
    const group = index.groupOfRow[row]!;
    if (labels[row] === 1) {
      positive[group] = positive[group]! + shift.positives[nextPositive++]! - shift.area;
      withPositives.add(group);
    } else {
      negative[group] = negative[group]! + shift.negatives[nextNegative++]! - shift.area;
      withNegatives.add(group);
    }
  }
  return {
    positive,
    negative,
    groupsWithPositives: withPositives.size,
    groupsWithNegatives: withNegatives.size,
  };
}

function obuchowskiVariance(sums: GroupSums, groups: number, shift: Placements): number {
  const positives = shift.positives.length;
  const negatives = shift.negatives.length;
  let squaresOfPositive = 0;
  let squaresOfNegative = 0;
  let products = 0;
  for (let group = 0; group < groups; group++) {
    squaresOfPositive += sums.positive[group]! ** 2;
    squaresOfNegative += sums.negative[group]! ** 2;
    products += sums.positive[group]! * sums.negative[group]!;
  }
  const positiveFactor = sums.groupsWithPositives / (sums.groupsWithPositives - 1) / positives ** 2;
  const negativeFactor = sums.groupsWithNegatives / (sums.groupsWithNegatives - 1) / negatives ** 2;
  const crossFactor = (2 * groups) / ((groups - 1) * positives * negatives);
  return positiveFactor * squaresOfPositive + negativeFactor * squaresOfNegative + crossFactor * products;
}

/** Equal placements of every row are a sign of equal ranks; only then are the ranks themselves compared. */
function ranksAlike({ positives, negatives }: Placements, pair: PairedScores): boolean {
  const isZero = (value: number) => value === 0;
  if (!positives.every(isZero) || !negatives.every(isZero)) return false;
  const championRanks = midranks(pair.champion);
  const challengerRanks = midranks(pair.challenger);
  return championRanks.every((rank, row) => rank === challengerRanks[row]);
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
