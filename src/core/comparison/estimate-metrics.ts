import { type MetricSample, type MetricValue, type SampleMetric, sampleRowCount } from '../metrics/metric.ts';
import {
  BCA_ROW_LIMIT,
  type ReplicateStatistic,
  runJackknife,
  runPairedBootstrap,
} from '../statistics/bootstrap.ts';
import { bootstrapInterval, bootstrapTwoSidedP } from '../statistics/bootstrap-interval.ts';
import { areaInterval, compareAreas } from '../statistics/delong.ts';
import type { ResamplingDesign } from '../statistics/resampling.ts';

/** What is known of one metric on one set of rows; intervals at any confidence. */
export type EstimatedMetric = {
  readonly metric: Pick<SampleMetric, 'name' | 'direction' | 'noInformation'>;
  readonly challenger: MetricValue;
  readonly champion?: MetricValue;
  /** Challenger minus champion, turned so that more is better; undefined when either value is. */
  readonly difference?: number;
  readonly pValue?: number;
  readonly method: string;
  /** Why there is no interval, or a caution about it. */
  readonly note?: string;
  intervalOf(what: 'champion' | 'challenger' | 'difference', confidence: number): IntervalEstimate;
};

export type IntervalEstimate =
  | { readonly defined: true; readonly interval: [number, number]; readonly method: string }
  | { readonly defined: false; readonly reason: string };

export type EstimationRequest = {
  readonly challenger: MetricSample;
  /** The same rows scored by the champion; absent for a first model. */
  readonly champion?: MetricSample;
  /** Codes of rows that depend on each other; whole groups are then resampled, for every metric. */
  readonly groups?: Int32Array;
  readonly metrics: readonly SampleMetric[];
  readonly seed: number;
  readonly replicates: number;
  readonly onProgress?: (done: number, total: number) => void;
};

/** Smaller class sizes below which single rows are resampled within their class. */
const STRATIFY_BELOW = 100;

/**
 * Values, differences and intervals of every metric. ROC AUC of ungrouped binary rows goes by DeLong; all
 * else by one paired bootstrap that every metric of both models shares.
 */
export function estimateMetrics(request: EstimationRequest): readonly EstimatedMetric[] {
  const byBootstrap = request.metrics.filter((metric) => !usesDelong(metric, request));
  const bootstrapped = new Map<EstimatedMetric['metric'], EstimatedMetric>(
    bootstrapMetrics(request, byBootstrap).map((estimate) => [estimate.metric, estimate]),
  );
  return request.metrics.map((metric) => bootstrapped.get(metric) ?? estimateByDelong(metric, request));
}

function usesDelong(metric: SampleMetric, request: EstimationRequest): boolean {
  return (
    metric.comparison === 'delong' &&
    request.groups === undefined &&
    request.challenger.task === 'binary-classification'
  );
}

function estimateByDelong(metric: SampleMetric, request: EstimationRequest): EstimatedMetric {
  const { challenger, champion } = request;
  if (
    challenger.task !== 'binary-classification' ||
    (champion && champion.task !== 'binary-classification')
  ) {
    throw new Error('DeLong was asked of scores that are not binary');
  }
  const values = { challenger: metric.compute(challenger), champion: champion && metric.compute(champion) };
  const unknown = reasonOf(values.challenger, values.champion).note;
  // Ranks exist only of numbers: without a value there is nothing to compare.
  if (unknown !== undefined) return withoutComparison(metric, values, unknown);
  const compare = (confidence: number) =>
    champion &&
    compareAreas({
      labels: challenger.labels,
      champion: champion.probabilities,
      challenger: challenger.probabilities,
      confidence,
    });
  const compared = compare(0.95);
  const known = compared && 'difference' in compared ? compared.difference : undefined;
  const pValue = compared && 'pValue' in compared ? compared.pValue : undefined;
  return {
    metric,
    challenger: values.challenger,
    ...(values.champion ? { champion: values.champion } : {}),
    ...(known === undefined ? {} : { difference: known }),
    ...(pValue === undefined ? {} : { pValue }),
    method: 'DeLong',
    intervalOf(what, confidence) {
      if (what === 'difference') return delongDifference(compare(confidence));
      const sample = what === 'champion' ? champion : challenger;
      if (sample === undefined) return { defined: false, reason: 'there is no champion' };
      const area = areaInterval(sample.labels, sample.probabilities, confidence);
      if (!area.defined) return area;
      return { defined: true, interval: [area.interval.low, area.interval.high], method: area.method };
    },
  };
}

function withoutComparison(
  metric: SampleMetric,
  values: { readonly challenger: MetricValue; readonly champion: MetricValue | undefined },
  reason: string,
): EstimatedMetric {
  return {
    metric,
    challenger: values.challenger,
    ...(values.champion ? { champion: values.champion } : {}),
    method: 'DeLong',
    note: reason,
    intervalOf: () => ({ defined: false, reason }),
  };
}

function delongDifference(compared: ReturnType<typeof compareAreas> | undefined): IntervalEstimate {
  if (compared === undefined) return { defined: false, reason: 'there is no champion' };
  if (compared.outcome === 'degenerate' || compared.outcome === 'undefined') {
    return { defined: false, reason: compared.reason };
  }
  if (compared.outcome === 'estimated' && compared.fewRows) {
    return { defined: false, reason: 'fewer than ten rows of a class: too few for an interval' };
  }
  return { defined: true, interval: [compared.interval.low, compared.interval.high], method: 'DeLong' };
}

function bootstrapMetrics(
  request: EstimationRequest,
  metrics: readonly SampleMetric[],
): readonly EstimatedMetric[] {
  if (metrics.length === 0) return [];
  const { champion, challenger } = request;
  const statistics = metrics.flatMap((metric): ReplicateStatistic[] =>
    champion ? [metric.prepare(challenger), metric.prepare(champion)] : [metric.prepare(challenger)],
  );
  const design = chooseDesign(request);
  const plan = { design, statistics, replicates: request.replicates, seed: request.seed };
  const replicates = runPairedBootstrap(
    request.onProgress ? { ...plan, onProgress: request.onProgress } : plan,
  );
  const leftOut =
    sampleRowCount(challenger) <= BCA_ROW_LIMIT ? runJackknife({ design, statistics }) : undefined;
  const step = champion ? 2 : 1;
  return metrics.map((metric, index) => {
    const series = (offset: number): BootstrapSeries => ({
      replicates: replicates[index * step + offset]!,
      ...(leftOut ? { jackknife: leftOut[index * step + offset]! } : {}),
    });
    return describeBootstrap(metric, request, {
      challenger: series(0),
      ...(champion ? { champion: series(1) } : {}),
    });
  });
}

type BootstrapSeries = { readonly replicates: Float64Array; readonly jackknife?: Float64Array };

function chooseDesign({ challenger, groups }: EstimationRequest): ResamplingDesign {
  if (groups !== undefined) return { kind: 'groups', codes: groups };
  if (challenger.task === 'ranking') return { kind: 'groups', codes: challenger.queries };
  if (challenger.task === 'binary-classification') {
    const positives = challenger.labels.reduce((total, label) => total + label, 0);
    const smaller = Math.min(positives, challenger.labels.length - positives);
    if (smaller < STRATIFY_BELOW) return { kind: 'strata', codes: challenger.labels };
  }
  return { kind: 'rows', rowCount: sampleRowCount(challenger) };
}

type ModelSeries = { readonly challenger: BootstrapSeries; readonly champion?: BootstrapSeries };

function describeBootstrap(
  metric: SampleMetric,
  request: EstimationRequest,
  series: ModelSeries,
): EstimatedMetric {
  const challenger = metric.compute(request.challenger);
  const champion = request.champion && metric.compute(request.champion);
  const sign = metric.direction === 'higher' ? 1 : -1;
  const known =
    champion?.defined && challenger.defined ? sign * (challenger.value - champion.value) : undefined;
  const difference = series.champion && subtractSeries(series.challenger, series.champion, sign);
  const values = {
    challenger: numberOf(challenger),
    champion: numberOf(champion),
    difference: known ?? Number.NaN,
  };
  const all = { challenger: series.challenger, champion: series.champion, difference };
  return {
    metric,
    challenger,
    ...(champion ? { champion } : {}),
    ...(known === undefined ? {} : { difference: known }),
    ...(difference && known !== undefined ? { pValue: bootstrapTwoSidedP(difference.replicates) } : {}),
    method: request.groups ? 'paired bootstrap by group' : 'paired bootstrap',
    ...reasonOf(challenger, champion),
    intervalOf(what, confidence) {
      const chosen = all[what];
      if (chosen === undefined) return { defined: false, reason: 'there is no champion' };
      const result = bootstrapInterval({ estimate: values[what], ...chosen, confidence });
      if (!result.defined) return result;
      return {
        defined: true,
        interval: [result.interval.low, result.interval.high],
        method: `bootstrap (${result.method})`,
      };
    },
  };
}

function numberOf(value: MetricValue | undefined): number {
  return value?.defined ? value.value : Number.NaN;
}

function reasonOf(challenger: MetricValue, champion: MetricValue | undefined): { note?: string } {
  if (!challenger.defined) return { note: challenger.reason };
  if (champion && !champion.defined) return { note: `champion: ${champion.reason}` };
  return {};
}

function subtractSeries(
  challenger: BootstrapSeries,
  champion: BootstrapSeries,
  sign: number,
): BootstrapSeries {
  const subtract = (left: Float64Array, right: Float64Array) =>
    left.map((value, index) => sign * (value - right[index]!));
  const replicates = subtract(challenger.replicates, champion.replicates);
  if (challenger.jackknife === undefined || champion.jackknife === undefined) return { replicates };
  return { replicates, jackknife: subtract(challenger.jackknife, champion.jackknife) };
}
