import { type MetricValue, type SampleMetric, sampleRowCount } from '../../metrics/metric.ts';
import { prepareTogether } from '../../metrics/prepare-together.ts';
import { BCA_ROW_LIMIT, runJackknife, runPairedBootstrap } from '../../statistics/bootstrap.ts';
import { bootstrapInterval, bootstrapTwoSidedP } from '../../statistics/bootstrap-interval.ts';
import type { ResamplingDesign } from '../../statistics/resampling.ts';
import {
  computeValues,
  type Estimand,
  type EstimatedMetric,
  type EstimationRequest,
  known,
  type PairedValues,
  unknown,
} from './estimated-metric.ts';
import { countUnits, groupsOf } from './units.ts';

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
  const leftOut =
    sampleRowCount(challenger) <= BCA_ROW_LIMIT ? runJackknife({ design, statistics }) : undefined;
  const method = METHODS[design.kind];
  const units = countUnits(request);
  return metrics.map((metric, index) => {
    const seriesAt = (position: number): Series => ({
      replicates: replicates[position]!,
      ...(leftOut ? { jackknife: leftOut[position]! } : {}),
    });
    return describeSeries(metric, computeValues(metric, request), {
      method,
      units,
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
export function chooseDesign(request: EstimationRequest): ResamplingDesign {
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

type Series = { readonly replicates: Float64Array; readonly jackknife?: Float64Array };

type SeriesOfPair = {
  readonly method: string;
  readonly units: number;
  readonly challenger: Series;
  readonly champion?: Series;
};

function describeSeries(metric: SampleMetric, values: PairedValues, series: SeriesOfPair): EstimatedMetric {
  const { method, units } = series;
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
    ...(shift && values.difference !== undefined ? { pValue: bootstrapTwoSidedP(shift.replicates) } : {}),
    method,
    intervalOf(what, confidence) {
      const chosen = parts[what];
      if (chosen === undefined) return unknown('there is no champion');
      const result = bootstrapInterval({ estimate: estimates[what], ...chosen, units, confidence });
      return result.defined ? known(result.interval, `bootstrap (${result.method})`) : result;
    },
  };
}

function numberOf(value: MetricValue | undefined): number {
  return value?.defined ? value.value : Number.NaN;
}

function subtract(challenger: Series, champion: Series, sign: number): Series {
  const apart = (left: Float64Array, right: Float64Array) =>
    left.map((value, index) => sign * (value - right[index]!));
  const replicates = apart(challenger.replicates, champion.replicates);
  if (challenger.jackknife === undefined || champion.jackknife === undefined) return { replicates };
  return { replicates, jackknife: apart(challenger.jackknife, champion.jackknife) };
}
