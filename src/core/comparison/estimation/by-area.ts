import type { BinarySample, SampleMetric } from '../../metrics/metric.ts';
import { type AreaComparison, areaInterval, compareAreasAt } from '../../statistics/delong.ts';
import { studentInterval, studentPValue } from '../../statistics/influence.ts';
import { areaSwapTest } from '../../statistics/permutation.ts';
import {
  computeValues,
  type EstimatedMetric,
  type EstimationRequest,
  type IntervalEstimate,
  known,
  unknown,
  withoutValue,
} from './estimated-metric.ts';
import { countUnits } from './units.ts';

const BY_ROWS = 'DeLong';
const BY_GROUPS = 'DeLong by group (Obuchowski)';

/** The area under the ROC curve: DeLong, or Obuchowski's form of it where rows belong together. */
export function estimateByArea(
  metric: SampleMetric,
  request: EstimationRequest,
  pair: { readonly challenger: BinarySample; readonly champion?: BinarySample },
): EstimatedMetric {
  const { groups } = request;
  const method = groups === undefined ? BY_ROWS : BY_GROUPS;
  const values = computeValues(metric, request);
  // Ranks exist only of numbers: without a value there is nothing to compare.
  if (values.note !== undefined) return withoutValue(metric, values, method);
  const { challenger, champion } = pair;
  const units = groups === undefined ? undefined : countUnits(request);
  const compared =
    champion &&
    compareAreasAt({
      labels: challenger.labels,
      champion: champion.probabilities,
      challenger: challenger.probabilities,
      ...(groups ? { groups } : {}),
    });
  return {
    metric,
    ...values,
    ...(compared?.outcome === 'identical' ? { difference: 0 } : {}),
    ...testOf(compared, pair, request),
    method: isTiny(compared) ? 'score-swap permutation' : method,
    intervalOf(what, confidence) {
      if (what === 'difference') return differenceInterval(compared, { confidence, method, units });
      const sample = what === 'champion' ? champion : challenger;
      return sample === undefined
        ? unknown('there is no champion')
        : valueInterval(sample, groups, confidence);
    },
  };
}

/** With so few rows of a class the normal approximation is not to be trusted, and no interval is given. */
function isTiny(compared: AreaComparison | undefined): boolean {
  return compared?.outcome === 'degenerate' || (compared?.outcome === 'estimated' && compared.fewRows);
}

function testOf(
  compared: AreaComparison | undefined,
  { challenger, champion }: { readonly challenger: BinarySample; readonly champion?: BinarySample },
  request: EstimationRequest,
): Pick<EstimatedMetric, 'pValue' | 'pValueAlone'> {
  const { groups, seed } = request;
  if (compared === undefined || champion === undefined || compared.outcome === 'undefined') return {};
  if (!isTiny(compared)) {
    if (groups !== undefined && compared.outcome === 'estimated') {
      const { difference, standardError } = compared;
      const degreesOfFreedom = countUnits(request) - 1;
      return { pValue: studentPValue(difference, { standardError, degreesOfFreedom }) };
    }
    return 'pValue' in compared ? { pValue: compared.pValue } : {};
  }
  const ranking = {
    labels: challenger.labels,
    champion: champion.probabilities,
    challenger: challenger.probabilities,
  };
  return { pValue: areaSwapTest(ranking, { seed, groups }).pValue, pValueAlone: true };
}

type IntervalRequest = {
  readonly confidence: number;
  readonly method: string;
  /** Groups, of which Student's distribution has to know how few they are; absent: rows by DeLong's normal one. */
  readonly units: number | undefined;
};

function differenceInterval(
  compared: AreaComparison | undefined,
  { confidence, method, units }: IntervalRequest,
): IntervalEstimate {
  if (compared === undefined) return unknown('there is no champion');
  if (compared.outcome === 'degenerate' || compared.outcome === 'undefined') return unknown(compared.reason);
  if (isTiny(compared)) return unknown('fewer than ten rows of a class: too few for an interval');
  if (units === undefined || compared.outcome === 'identical')
    return known(compared.intervalAt(confidence), method);
  const { difference, standardError } = compared;
  return known(
    studentInterval(difference, { standardError, degreesOfFreedom: units - 1 }, confidence),
    method,
  );
}

function valueInterval(
  { labels, probabilities }: BinarySample,
  groups: Int32Array | undefined,
  confidence: number,
): IntervalEstimate {
  const area = areaInterval(labels, probabilities, confidence, groups);
  return area.defined ? known(area.interval, area.method) : area;
}
