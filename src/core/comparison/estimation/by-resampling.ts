import {
  type MetricLimits,
  type MetricValue,
  type SampleMetric,
  sampleRowCount,
} from '../../metrics/metric.ts';
import { prepareTogether } from '../../metrics/prepare-together.ts';
import { BCA_ROW_LIMIT, runJackknife, runPairedBootstrap } from '../../statistics/bootstrap.ts';
import { bootstrapInterval, spreadPValue } from '../../statistics/bootstrap-interval.ts';
import { influenceDegreesOfFreedom } from '../../statistics/influence.ts';
import type { ResamplingDesign } from '../../statistics/resampling.ts';
import { differences } from '../../statistics/sums.ts';
import {
  computeValues,
  type Estimand,
  type EstimatedMetric,
  type EstimationRequest,
  known,
  type PairedValues,
  unknown,
} from './estimated-metric.ts';
import { groupsOf, limitsOf } from './units.ts';

/** Smaller class sizes below which single rows are resampled within their class. */
const STRATIFY_BELOW = 100;

/** All metrics that only resampling can judge, by one paired bootstrap that they share. */
export function estimateByResampling(
  request: EstimationRequest,
  metrics: readonly SampleMetric[],
): readonly EstimatedMetric[] {
  if (metrics.length === 0) return [];
  const { champion, challenger } = request;
  const samples = champion ? [challenger, champion] : [challenger];
  const statistics = samples.map((sample) => prepareTogether(metrics, sample));
  const design = chooseDesign(request);
  const plan = { design, statistics, replicates: request.replicates, seed: request.seed };
  const replicates = runPairedBootstrap(
    request.onProgress ? { ...plan, onProgress: request.onProgress } : plan,
  );
  // Only a model's own value is read off the resamples with it, and few metrics are asked for one.
  let leftOut: readonly Float64Array[] | undefined;
  const leaveOut = () => {
    if (sampleRowCount(challenger) > BCA_ROW_LIMIT) return undefined;
    leftOut ??= runJackknife({ design, statistics });
    return leftOut;
  };
  const method = METHODS[design.kind];
  return metrics.map((metric, index) => {
    const seriesAt = (position: number): Series => ({
      replicates: replicates[position]!,
      jackknife: () => leaveOut()?.[position],
    });
    const limits = limitsOf(metric, request);
    return describeSeries(metric, computeValues(metric, request), {
      method,
      ...limits,
      units: Math.min(limits.units, unitsOfDifference(metric, request)),
      challenger: seriesAt(index),
      ...(champion ? { champion: seriesAt(metrics.length + index) } : {}),
    });
  });
}

const METHODS: Readonly<Record<ResamplingDesign['kind'], string>> = {
  rows: 'paired bootstrap',
  strata: 'paired bootstrap within classes',
  groups: 'paired bootstrap by group',
};

/** How rows are drawn: whole groups where they belong together, within classes where one of them is small. */
export function chooseDesign(request: Pick<EstimationRequest, 'challenger' | 'groups'>): ResamplingDesign {
  const groups = groupsOf(request);
  if (groups !== undefined) return { kind: 'groups', codes: groups };
  const { challenger } = request;
  if (challenger.task === 'binary-classification') {
    const positives = challenger.labels.reduce((total, label) => total + label, 0);
    const smaller = Math.min(positives, challenger.labels.length - positives);
    if (smaller < STRATIFY_BELOW) return { kind: 'strata', codes: challenger.labels };
  }
  return { kind: 'rows', rowCount: sampleRowCount(challenger) };
}

type Series = {
  readonly replicates: Float64Array;
  /** With one unit left out at a time; undefined where there are too many. */
  readonly jackknife: () => Float64Array | undefined;
};

type SeriesOfPair = MetricLimits & {
  readonly method: string;
  readonly units: number;
  readonly challenger: Series;
  readonly champion?: Series;
};

function describeSeries(metric: SampleMetric, values: PairedValues, series: SeriesOfPair): EstimatedMetric {
  const { method, units, refusal, valueRefusal } = series;
  const sign = metric.direction === 'higher' ? 1 : -1;
  const shift = series.champion && subtract(series.challenger, series.champion, sign);
  const parts: Readonly<Record<Estimand, Series | undefined>> = {
    challenger: series.challenger,
    champion: series.champion,
    difference: shift,
  };
  const estimates: Readonly<Record<Estimand, number>> = {
    challenger: numberOf(values.challenger),
    champion: numberOf(values.champion),
    difference: values.difference ?? Number.NaN,
  };
  return {
    metric,
    ...values,
    ...pValueOf(shift, values.difference, units),
    method,
    intervalOf(what, confidence) {
      const chosen = parts[what];
      if (chosen === undefined) return unknown('there is no champion');
      const reason = refusal ?? (what === 'difference' ? undefined : valueRefusal);
      if (reason !== undefined) return unknown(reason);
      // Means of few, very skewed rows are the one difference that is not nearly symmetric.
      const by = what === 'difference' && metric.comparison !== 'paired-mean' ? 'spread' : 'quantiles';
      const { replicates } = chosen;
      const jackknife = by === 'quantiles' ? chosen.jackknife() : undefined;
      const result = bootstrapInterval({
        ...{ estimate: estimates[what], replicates, units, confidence, by },
        ...(jackknife ? { jackknife } : {}),
      });
      return result.defined ? known(result.interval, `bootstrap (${result.method})`) : result;
    },
  };
}

function pValueOf(
  shift: Series | undefined,
  difference: number | undefined,
  units: number,
): { pValue?: number } {
  if (shift === undefined || difference === undefined) return {};
  const pValue = spreadPValue({ estimate: difference, replicates: shift.replicates, units });
  return Number.isNaN(pValue) ? {} : { pValue };
}

/**
 * Units that carry the difference of a smooth metric of ranks: the few rows at the top may weigh as much as all others.
 */
function unitsOfDifference(metric: SampleMetric, request: EstimationRequest): number {
  if (metric.pass?.kind !== 'ranking') return Number.POSITIVE_INFINITY;
  const own = metric.influence?.(request.challenger);
  const other = request.champion && metric.influence?.(request.champion);
  if (own === undefined || other === undefined) return Number.POSITIVE_INFINITY;
  const shift = { values: differences(own, other), groups: groupsOf(request) };
  return shift.values.every((value) => value === 0)
    ? Number.POSITIVE_INFINITY
    : influenceDegreesOfFreedom(shift) + 1;
}

function numberOf(value: MetricValue | undefined): number {
  return value?.defined ? value.value : Number.NaN;
}

function subtract(challenger: Series, champion: Series, sign: number): Series {
  const apart = (left: Float64Array, right: Float64Array) =>
    left.map((value, index) => sign * (value - right[index]!));
  const replicates = apart(challenger.replicates, champion.replicates);
  return {
    replicates,
    jackknife() {
      const [own, other] = [challenger.jackknife(), champion.jackknife()];
      return own && other && apart(own, other);
    },
  };
}
