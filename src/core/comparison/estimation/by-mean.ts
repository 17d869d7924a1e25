import { type SampleMetric, sampleRowCount } from '../../metrics/metric.ts';
import { compareMeans, type MeanComparison } from '../../statistics/paired-mean.ts';
import { signFlipTest } from '../../statistics/permutation.ts';
import { differences, skewness } from '../../statistics/sums.ts';
import { MINIMUM_ROWS } from '../defaults.ts';
import {
  benefitInterval,
  computeValues,
  type EstimatedMetric,
  type EstimationRequest,
  type IntervalEstimate,
  known,
  unknown,
  withoutValue,
} from './estimated-metric.ts';

const BY_ROWS = 'paired t';
const BY_GROUPS = 'cluster-robust t';

/** With fewer rows than this, differences as skewed as this are not left to Student's distribution. */
const SKEWED_BELOW_ROWS = 200;
const SKEWED = 2;

/** A mean over rows: paired t, or cluster-robust where rows belong together. */
export function estimateByMean(metric: SampleMetric, request: EstimationRequest): EstimatedMetric {
  const { groups } = request;
  const method = groups === undefined ? BY_ROWS : BY_GROUPS;
  const values = computeValues(metric, request);
  const challenger = metric.rowValues?.(request.challenger);
  const champion = request.champion && metric.rowValues?.(request.champion);
  if (values.note !== undefined || challenger === undefined) return withoutValue(metric, values, method);
  const shift = champion && differences(challenger, champion);
  const ofMean = (rows: Float64Array | undefined, confidence: number) =>
    rows && compareMeans({ differences: rows, ...(groups ? { groups } : {}), confidence });
  const compared = ofMean(shift, 0.95);
  return {
    metric,
    ...values,
    ...(compared && 'pValue' in compared ? { pValue: compared.pValue } : {}),
    ...(shift ? fewRows(shift, request) : {}),
    method: shift && isTiny(request) ? 'sign-flip permutation' : method,
    intervalOf(what, confidence) {
      if (what === 'difference') return differenceInterval(metric, ofMean(shift, confidence), method);
      const own = ofMean(what === 'champion' ? champion : challenger, confidence);
      return own === undefined ? unknown('there is no champion') : meanInterval(own, method);
    },
  };
}

/** Whether Student's distribution may not be asked, because few rows show very skewed differences. */
export function isSkewed(metric: SampleMetric, request: EstimationRequest): boolean {
  const { challenger, champion, groups } = request;
  const rows = sampleRowCount(challenger);
  if (groups !== undefined || champion === undefined || rows >= SKEWED_BELOW_ROWS) return false;
  const own = metric.rowValues?.(challenger);
  const other = metric.rowValues?.(champion);
  if (own === undefined || other === undefined) return false;
  return Math.abs(skewness(differences(own, other))) > SKEWED;
}

/** p-value of skewed or few differences, without a distribution. */
export function signFlipOf(metric: SampleMetric, request: EstimationRequest): number | undefined {
  const { challenger, champion, groups, seed } = request;
  const own = metric.rowValues?.(challenger);
  const other = champion && metric.rowValues?.(champion);
  if (own === undefined || other === undefined) return undefined;
  return signFlipTest(differences(own, other), { seed, groups }).pValue;
}

function fewRows(
  shift: Float64Array,
  request: EstimationRequest,
): Pick<EstimatedMetric, 'pValue' | 'pValueAlone'> {
  if (!isTiny(request)) return {};
  const { groups, seed } = request;
  return { pValue: signFlipTest(shift, { seed, groups }).pValue, pValueAlone: true };
}

function isTiny({ challenger }: EstimationRequest): boolean {
  return sampleRowCount(challenger) < MINIMUM_ROWS;
}

function differenceInterval(
  metric: SampleMetric,
  compared: MeanComparison | undefined,
  method: string,
): IntervalEstimate {
  if (compared === undefined) return unknown('there is no champion');
  if (compared.outcome === 'undefined') return unknown(compared.reason);
  return known(benefitInterval(metric, compared.interval), method);
}

function meanInterval(compared: MeanComparison, method: string): IntervalEstimate {
  return compared.outcome === 'undefined' ? unknown(compared.reason) : known(compared.interval, method);
}
