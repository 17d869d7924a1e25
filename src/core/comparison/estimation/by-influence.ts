import type { MetricSample, SampleMetric } from '../../metrics/metric.ts';
import { informativeRows } from '../../metrics/ranking-metrics.ts';
import {
  type Influence,
  influenceDegreesOfFreedom,
  influenceStandardError,
  studentInterval,
  studentPValue,
} from '../../statistics/influence.ts';
import { differences } from '../../statistics/sums.ts';
import {
  computeValues,
  type Estimand,
  type EstimatedMetric,
  type EstimationRequest,
  known,
  unknown,
  withoutValue,
} from './estimated-metric.ts';
import { groupsOf, limitsOf } from './units.ts';

/** Means over classes of areas are DeLong's, means over queries Student's; both are this. */
const METHODS: Readonly<Record<string, string>> = {
  roc_auc_ovr: 'DeLong, mean over classes',
};

const GENERAL = 'infinitesimal jackknife';

/** A smooth metric from how much each row moves it; undefined where it is not smooth on these rows. */
export function estimateByInfluence(
  metric: SampleMetric,
  request: EstimationRequest,
): EstimatedMetric | undefined {
  const groups = groupsOf(request);
  const { units, refusal } = limitsOf(metric, request);
  const method = `${METHODS[metric.name] ?? (request.challenger.task === 'ranking' ? 'paired t over queries' : GENERAL)}${
    request.groups === undefined ? '' : ' by group'
  }`;
  const values = computeValues(metric, request);
  if (values.note !== undefined) return withoutValue(metric, values, method);
  const challenger = metric.influence?.(request.challenger);
  const champion = request.champion && metric.influence?.(request.champion);
  if (challenger === undefined || (request.champion && champion === undefined)) return undefined;
  const shift = champion && differences(challenger, champion);
  const spreadOf = (influence: Float64Array) => {
    const own = informative(request.challenger, { values: influence, groups });
    return {
      standardError: influenceStandardError(own),
      degreesOfFreedom: Math.max(1, Math.min(units - 1, influenceDegreesOfFreedom(own))),
    };
  };
  const parts: Readonly<Record<Estimand, Float64Array | undefined>> = {
    challenger,
    champion,
    difference: shift,
  };
  const estimates: Readonly<Record<Estimand, number | undefined>> = {
    challenger: values.challenger.defined ? values.challenger.value : undefined,
    champion: values.champion?.defined ? values.champion.value : undefined,
    difference: values.difference,
  };
  const spread = shift && spreadOf(shift);
  const isSame = shift?.every((value) => value === 0) === true && values.difference === 0;
  return {
    metric,
    ...values,
    ...pValueOf(values.difference, spread, isSame),
    method,
    intervalOf(what, confidence) {
      const influence = parts[what];
      const estimate = estimates[what];
      if (influence === undefined || estimate === undefined) return unknown('there is no champion');
      if (refusal !== undefined) return unknown(refusal);
      if (what === 'difference' && isSame) return known({ low: 0, high: 0 }, method);
      const own = spreadOf(influence);
      if (!(own.standardError > 0))
        return unknown('the rows show no spread: there are too few distinct ones');
      return known(studentInterval(estimate, own, confidence), method);
    },
  };
}

/** Queries without a relevant row say nothing, and must not count as evidence of how little varies. */
function informative(sample: MetricSample, influence: Influence): Influence {
  if (sample.task !== 'ranking') return influence;
  const counts = informativeRows(sample);
  const keep = <Values extends Float64Array | Int32Array>(values: Values) =>
    values.filter((_, row) => counts[row] === 1) as Values;
  return { values: keep(influence.values), groups: influence.groups && keep(influence.groups) };
}

function pValueOf(
  difference: number | undefined,
  spread: { readonly standardError: number; readonly degreesOfFreedom: number } | undefined,
  isSame: boolean,
): { pValue?: number } {
  if (isSame) return { pValue: 1 };
  if (difference === undefined || spread === undefined || !(spread.standardError > 0)) return {};
  return { pValue: studentPValue(difference, spread) };
}
