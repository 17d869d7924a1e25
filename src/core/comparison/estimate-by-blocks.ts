import { studentInterval, studentPValue } from '../statistics/influence.ts';
import { mean, sampleVariance } from '../statistics/sums.ts';
import { type EstimatedMetric, gainOf, type IntervalEstimate, known } from './estimation/estimated-metric.ts';
import { type BlockValues, describeValues, type SampledMetric } from './sampled-metric.ts';

/** With a larger share of blocks in which the metric is undefined no interval is given. */
const TOLERATED_UNDEFINED_SHARE = 0.05;

/** How far, relative to the value, a mean may move when every row counts twice (sample variances do a little). */
const DOUBLING_TOLERANCE = 1e-4;

/** How many standard deviations of the blocks their mean may lie from the value on all rows. */
const TOLERATED_BIAS = 0.5;

/**
 * A metric with intervals from its values on disjoint random blocks of the rows: the standard error of the
 * value on all rows is the standard deviation of the blocks' values divided by the root of their number, and
 * the interval is by Student's t around the value on all rows. A metric that doubles when every row counts twice
 * (a sum) is taken times the number of blocks on each; one that neither doubles nor stays, or that blocks get
 * wrong on average (a count of distinct values), has no interval.
 */
export function describeByBlocks(sampled: SampledMetric<BlockValues>): EstimatedMetric {
  const { metric, challenger, champion, isGrouped } = sampled;
  const blocks = challenger.blocks.length;
  const method = `${blocks} disjoint blocks${isGrouped ? ' of whole groups' : ''}`;
  const values = describeValues(sampled);
  const scale = scaleOf(champion ? [challenger, champion] : [challenger], blocks);
  const spreads = {
    challenger: spreadOf(challenger, scale),
    champion: champion && spreadOf(champion, scale),
    difference: champion && spreadOfDifference(challenger, champion, { scale, metric }),
  };
  const difference = spreads.difference;
  const pValue =
    difference?.defined && difference.standardError > 0
      ? studentPValue(difference.value, studentSpread(difference))
      : undefined;
  return {
    metric,
    ...values,
    ...(values.difference === undefined || pValue === undefined ? {} : { pValue }),
    method,
    intervalOf: (what, confidence) => intervalOf(spreads[what], confidence, method),
  };
}

type Spread =
  | {
      readonly defined: true;
      readonly value: number;
      readonly standardError: number;
      readonly blocks: number;
    }
  | { readonly defined: false; readonly reason: string };

function intervalOf(spread: Spread | undefined, confidence: number, method: string): IntervalEstimate {
  if (spread === undefined) return { defined: false, reason: 'there is no champion' };
  if (!spread.defined) return spread;
  return known(studentInterval(spread.value, studentSpread(spread), confidence), method);
}

function studentSpread({ standardError, blocks }: Extract<Spread, { defined: true }>) {
  return { standardError, degreesOfFreedom: blocks - 1 };
}

/** What a block's value is multiplied by: 1 for a mean, the number of blocks for a sum; undefined for others. */
function scaleOf(models: readonly BlockValues[], blocks: number): number | undefined {
  const scales = models.flatMap(({ value, doubled }) => {
    if (value === 0 && doubled === 0) return [];
    const near = (wanted: number) => Math.abs(doubled - wanted) <= DOUBLING_TOLERANCE * Math.abs(value);
    if (near(value)) return [1];
    return [near(2 * value) ? blocks : undefined];
  });
  return scales.every((scale) => scale === scales[0]) ? scales[0] : undefined;
}

function spreadOf({ value, blocks }: BlockValues, scale: number | undefined): Spread {
  if (!Number.isFinite(value)) return { defined: false, reason: 'the estimate is undefined' };
  if (scale === undefined) {
    return {
      defined: false,
      reason: 'neither a mean nor a sum over the rows, so that its values on parts of them say nothing',
    };
  }
  const known = blocks.filter(Number.isFinite).map((block) => block * scale);
  const missing = blocks.length - known.length;
  if (known.length < 2 || missing > TOLERATED_UNDEFINED_SHARE * blocks.length) {
    return { defined: false, reason: `undefined in ${missing} of ${blocks.length} blocks` };
  }
  const centre = mean(known);
  const deviation = Math.sqrt(sampleVariance(known));
  const slack = 1e-9 * Math.max(Math.abs(value), Math.abs(centre));
  if (Math.abs(centre - value) > TOLERATED_BIAS * deviation + slack) {
    return { defined: false, reason: 'its values on parts of the rows are not like that on all of them' };
  }
  return { defined: true, value, standardError: deviation / Math.sqrt(known.length), blocks: known.length };
}

function spreadOfDifference(
  challenger: BlockValues,
  champion: BlockValues,
  { scale, metric }: { readonly scale: number | undefined; readonly metric: EstimatedMetric['metric'] },
): Spread {
  for (const model of [challenger, champion]) {
    const spread = spreadOf(model, scale);
    if (!spread.defined) return spread;
  }
  const blocks = challenger.blocks.map((value, index) => gainOf(metric, value, champion.blocks[index]!));
  const value = gainOf(metric, challenger.value, champion.value);
  return spreadOf({ ...challenger, value, blocks }, scale);
}
