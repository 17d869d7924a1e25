import { bootstrapInterval, spreadPValue } from '../statistics/bootstrap-interval.ts';
import { type EstimatedMetric, gainOf, known, unknown } from './estimation/estimated-metric.ts';
import { type BootstrappedValues, describeValues, type SampledMetric } from './sampled-metric.ts';

/** With a smaller share of resamples on one side of the value no interval is given. */
const SMALLEST_SHARE_ON_A_SIDE = 0.005;

/**
 * A metric with intervals at any confidence from its values on paired resamples: of the difference from their spread, of
 * a model's own value BCa with a jackknife, else percentiles.
 */
export function describeByBootstrap(sampled: SampledMetric<BootstrappedValues>): EstimatedMetric {
  const { metric, challenger, champion, isGrouped, units } = sampled;
  const difference = champion && subtract(metric, challenger, champion);
  const all = { challenger, champion, difference };
  const values = describeValues(sampled);
  const pValue =
    difference && spreadPValue({ estimate: difference.value, replicates: difference.replicates, units });
  return {
    metric,
    ...values,
    ...(values.difference === undefined || !Number.isFinite(pValue) ? {} : { pValue: pValue! }),
    method: isGrouped ? 'paired bootstrap by group' : 'paired bootstrap',
    intervalOf(what, confidence) {
      const chosen = all[what];
      if (chosen === undefined) return unknown('there is no champion');
      if (isOffCentre(chosen)) return unknown('its resamples are not like the rows');
      const by = what === 'difference' ? 'spread' : 'quantiles';
      const result = bootstrapInterval({ ...chosen, estimate: chosen.value, units, confidence, by });
      return result.defined ? known(result.interval, `bootstrap (${result.method})`) : result;
    },
  };
}

/**
 * Whether nearly all resamples lie on one side of the value: a number of rows that differ is less
 * on every resample, since rows are drawn twice and others not at all, and an interval would miss the value itself.
 */
function isOffCentre({ value, replicates }: BootstrappedValues): boolean {
  let below = 0;
  let known = 0;
  for (const replicate of replicates) {
    if (Number.isNaN(replicate)) continue;
    known++;
    below += replicate < value ? 1 : replicate === value ? 0.5 : 0;
  }
  const share = below / known;
  return share < SMALLEST_SHARE_ON_A_SIDE || share > 1 - SMALLEST_SHARE_ON_A_SIDE;
}

function subtract(
  metric: EstimatedMetric['metric'],
  challenger: BootstrappedValues,
  champion: BootstrappedValues,
): BootstrappedValues {
  const minus = (left: Float64Array, right: Float64Array) =>
    left.map((value, index) => gainOf(metric, value, right[index]!));
  return {
    value: gainOf(metric, challenger.value, champion.value),
    replicates: minus(challenger.replicates, champion.replicates),
    ...(challenger.jackknife && champion.jackknife
      ? { jackknife: minus(challenger.jackknife, champion.jackknife) }
      : {}),
  };
}
