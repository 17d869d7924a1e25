/** Intervals and p-values from bootstrap replicates. */

import { studentInterval, studentPValue } from './influence.ts';
import { type Interval, intervalAround } from './interval.ts';
import { normalCdf, normalQuantile, normalTwoSidedP, twoSidedZ } from './normal.ts';
import { ascending } from './ordering.ts';
import { quantileOfSorted } from './quantiles.ts';
import { studentQuantile } from './student-t.ts';
import { mean, sampleVariance } from './sums.ts';

/** With a larger share of replicates in which the statistic is undefined no interval is given. */
const TOLERATED_UNDEFINED_SHARE = 0.05;

export type BootstrapSample = {
  /** The statistic on the rows themselves. */
  readonly estimate: number;
  readonly replicates: Float64Array;
  /** The statistic with one unit left out at a time; without it the interval is by percentiles. */
  readonly jackknife?: Float64Array;
  readonly confidence: number;
  /** Independent units that were drawn; widens the interval as Student's distribution does. Absent: as many as you like. */
  readonly units?: number;
  /**
   * `quantiles` (the default) reads the ends off the replicates; `spread` takes Student's interval from their
   * standard deviation. For paired differences, which are nearly symmetric, the spread holds the true value as
   * often as it says where quantiles do so too rarely (docs/statistics.md).
   */
  readonly by?: 'quantiles' | 'spread';
};

export type BootstrapInterval =
  | {
      readonly defined: true;
      readonly interval: Interval;
      readonly method: 'bca' | 'percentile' | 'spread';
      /** Replicates in which the statistic was undefined and that were left out. */
      readonly undefinedReplicates: number;
      /** Why BCa was given up, or that the replicates do not vary. */
      readonly caution?: string;
    }
  | { readonly defined: false; readonly reason: string };

/**
 * BCa (Efron, 1987) when a jackknife is given and it is well behaved, else percentiles; both widened for few
 * units (Hesterberg, 2015). So far out that too few replicates lie beyond, Student's interval from their spread.
 */
export function bootstrapInterval(sample: BootstrapSample): BootstrapInterval {
  const sorted = ascending(sample.replicates.filter((value) => !Number.isNaN(value)));
  const undefinedReplicates = sample.replicates.length - sorted.length;
  if (Number.isNaN(sample.estimate)) return { defined: false, reason: 'the estimate is undefined' };
  if (sorted.length === 0 || undefinedReplicates > TOLERATED_UNDEFINED_SHARE * sample.replicates.length) {
    const reason = `undefined in ${undefinedReplicates} of ${sample.replicates.length} resamples`;
    return { defined: false, reason };
  }
  const spread = sorted.at(-1)! - sorted[0]!;
  if (spread === 0 && sample.estimate !== 0) {
    return { defined: false, reason: 'no spread between resamples: there are too few distinct rows' };
  }
  const tail = (1 - widenedConfidence(sample.confidence, sample.units)) / 2;
  if (spread > 0 && (sample.by === 'spread' || tail * sorted.length < REPLICATES_BEYOND)) {
    return { defined: true, interval: spreadInterval(sample, sorted), method: 'spread', undefinedReplicates };
  }
  const caution = spread === 0 ? { caution: 'every resample gave the same value' } : {};
  const percentile = (extra: { readonly caution?: string }): BootstrapInterval => ({
    defined: true,
    interval: { low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) },
    method: 'percentile',
    undefinedReplicates,
    ...extra,
  });
  if (sample.jackknife === undefined || spread === 0) return percentile(caution);
  const levels = bcaLevels(sample.estimate, sorted, { jackknife: sample.jackknife, tail });
  if (typeof levels === 'string') return percentile({ caution: levels });
  const interval = {
    low: quantileOfSorted(sorted, levels.low),
    high: quantileOfSorted(sorted, levels.high),
  };
  return { defined: true, interval, method: 'bca', undefinedReplicates };
}

/** Replicates that have to lie beyond an end of an interval for it to be read off them. */
const REPLICATES_BEYOND = 15;

/**
 * The confidence at which the percentiles of a resample of few units give what Student's interval would: a
 * resample spreads by √((n - 1)/n) too little, and its quantiles are those of the normal distribution.
 */
export function widenedConfidence(confidence: number, units: number | undefined): number {
  if (units === undefined || units < 2) return confidence;
  const quantile = studentQuantile(0.5 + confidence / 2, units - 1) * Math.sqrt(units / (units - 1));
  return 2 * normalCdf(quantile) - 1;
}

function spreadInterval(sample: BootstrapSample, replicates: Float64Array): Interval {
  const { standardError, degreesOfFreedom } = spreadOf(sample, replicates);
  if (degreesOfFreedom === undefined)
    return intervalAround(sample.estimate, twoSidedZ(sample.confidence) * standardError);
  return studentInterval(sample.estimate, { standardError, degreesOfFreedom }, sample.confidence);
}

/** Two-sided p-value of "there is no difference" that agrees with the interval by spread. NaN without a spread. */
export function spreadPValue(sample: Pick<BootstrapSample, 'estimate' | 'replicates' | 'units'>): number {
  const { standardError, degreesOfFreedom } = spreadOf(
    sample,
    sample.replicates.filter((value) => !Number.isNaN(value)),
  );
  if (standardError === 0) return sample.estimate === 0 ? 1 : Number.NaN;
  if (degreesOfFreedom === undefined) return normalTwoSidedP(sample.estimate / standardError);
  return studentPValue(sample.estimate, { standardError, degreesOfFreedom });
}

/** A resample of n units spreads by √((n - 1)/n) too little. */
function spreadOf({ units }: Pick<BootstrapSample, 'units'>, replicates: Float64Array) {
  const deviation = Math.sqrt(sampleVariance(replicates));
  if (units === undefined || units < 2) return { standardError: deviation, degreesOfFreedom: undefined };
  return { standardError: deviation * Math.sqrt(units / (units - 1)), degreesOfFreedom: units - 1 };
}

/** Bias, acceleration and the corrected quantile levels, or why they cannot be had. */
export type BcaLevels = {
  readonly bias: number;
  readonly acceleration: number;
  readonly low: number;
  readonly high: number;
};

/** The levels at which BCa reads off the sorted replicates; a text says why there are none. */
export function bcaLevels(
  estimate: number,
  sorted: Float64Array,
  options: { readonly jackknife: Float64Array; readonly tail: number },
): BcaLevels | string {
  let below = 0;
  let equal = 0;
  for (const value of sorted) {
    if (value < estimate) below++;
    else if (value === estimate) equal++;
  }
  const bias = normalQuantile((2 * below + equal) / (2 * sorted.length));
  if (!Number.isFinite(bias)) return 'all resamples lie on one side of the estimate';
  const acceleration = accelerationOf(options.jackknife);
  if (Number.isNaN(acceleration)) return 'undefined when single rows are left out';
  const low = correctedLevel(options.tail, bias, acceleration);
  const high = correctedLevel(1 - options.tail, bias, acceleration);
  if (!(low >= 0 && high <= 1 && low < high)) return 'the correction is out of range';
  return { bias, acceleration, low, high };
}

function accelerationOf(jackknife: Float64Array): number {
  const centre = mean(jackknife);
  let squares = 0;
  let cubes = 0;
  for (const value of jackknife) {
    const influence = centre - value;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function correctedLevel(level: number, bias: number, acceleration: number): number {
  const shifted = bias + normalQuantile(level);
  const denominator = 1 - acceleration * shifted;
  return denominator <= 0 ? Number.NaN : normalCdf(bias + shifted / denominator);
}

/**
 * Two-sided p-value of no difference from replicates of a difference; never 0, as a resample more
 * would have changed it. Undefined replicates are left out.
 */
export function bootstrapTwoSidedP(replicates: Float64Array): number {
  let total = 0;
  let low = 0;
  let high = 0;
  for (const value of replicates) {
    if (Number.isNaN(value)) continue;
    total++;
    if (value <= 0) low++;
    if (value >= 0) high++;
  }
  return total === 0 ? Number.NaN : Math.min(1, (2 * (Math.min(low, high) + 1)) / (total + 1));
}

/** One-sided p-value of "the benefit is not above -margin", from replicates of a benefit difference. */
export function bootstrapNotWorseP(replicates: Float64Array, margin: number): number {
  const defined = replicates.filter((value) => !Number.isNaN(value));
  if (defined.length === 0) return Number.NaN;
  return (defined.filter((value) => value <= -margin).length + 1) / (defined.length + 1);
}
