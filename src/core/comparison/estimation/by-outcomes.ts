import type { MetricSample, RowOutcomes, SampleMetric } from '../../metrics/metric.ts';
import { compareOutcomes, countPairedOutcomes } from '../../statistics/mcnemar.ts';
import { compareMeans, type MeanComparison } from '../../statistics/paired-mean.ts';
import { wilsonInterval } from '../../statistics/proportions.ts';
import { sum } from '../../statistics/sums.ts';
import {
  computeValues,
  type EstimatedMetric,
  type EstimationRequest,
  type IntervalEstimate,
  known,
  unknown,
  withoutValue,
} from './estimated-metric.ts';

const BY_ROWS = 'McNemar mid-p, Tango interval';
const BY_GROUPS = 'cluster-robust t';

/**
 * A share of rows that are right: McNemar's mid-p with Tango's interval for the difference, Wilson's for a
 * model's own share; cluster-robust where rows belong together.
 */
export function estimateByOutcomes(metric: SampleMetric, request: EstimationRequest): EstimatedMetric {
  const { groups } = request;
  const method = groups === undefined ? BY_ROWS : BY_GROUPS;
  const values = computeValues(metric, request);
  const challenger = metric.outcomes?.(request.challenger);
  const champion = request.champion && metric.outcomes?.(request.champion);
  if (values.note !== undefined || challenger === undefined) return withoutValue(metric, values, method);
  const codes = groups && takeCodes(groups, challenger);
  const compare = champion && comparison(champion.right, challenger.right, codes);
  const compared = compare?.(0.95);
  return {
    metric,
    ...values,
    ...(compared?.pValue === undefined ? {} : { pValue: compared.pValue }),
    method,
    intervalOf(what, confidence) {
      if (what === 'difference') return compare?.(confidence).interval ?? unknown('there is no champion');
      const own = what === 'champion' ? champion : challenger;
      return own === undefined
        ? unknown('there is no champion')
        : shareInterval(own.right, codes, confidence);
    },
  };
}

type Compared = { readonly interval: IntervalEstimate; readonly pValue?: number };

function comparison(
  champion: Uint8Array,
  challenger: Uint8Array,
  groups: Int32Array | undefined,
): (confidence: number) => Compared {
  if (groups === undefined) {
    const outcomes = countPairedOutcomes(champion, challenger);
    return (confidence) => {
      const { interval, pValue } = compareOutcomes(outcomes, confidence);
      return { interval: known(interval, BY_ROWS), pValue };
    };
  }
  const differences = Float64Array.from(challenger, (right, row) => right - champion[row]!);
  return (confidence) => {
    const compared = compareMeans({ differences, groups, confidence });
    return {
      interval: intervalOfMean(compared),
      ...('pValue' in compared ? { pValue: compared.pValue } : {}),
    };
  };
}

function shareInterval(
  right: Uint8Array,
  groups: Int32Array | undefined,
  confidence: number,
): IntervalEstimate {
  if (groups === undefined)
    return known(wilsonInterval({ successes: sum(right), rows: right.length }, confidence), 'wilson');
  return intervalOfMean(compareMeans({ differences: Float64Array.from(right), groups, confidence }));
}

function intervalOfMean(compared: MeanComparison): IntervalEstimate {
  return compared.outcome === 'undefined' ? unknown(compared.reason) : known(compared.interval, BY_GROUPS);
}

function takeCodes(groups: Int32Array, { rows }: RowOutcomes): Int32Array {
  return rows === undefined ? groups : Int32Array.from(rows, (row) => groups[row]!);
}

/** Whether the metric counts rows that are right on this sample. */
export function countsOutcomes(metric: SampleMetric, sample: MetricSample): boolean {
  return metric.comparison === 'mcnemar' && metric.outcomes !== undefined && sample.weights === undefined;
}
