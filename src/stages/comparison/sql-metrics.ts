import { answerColumns } from '../../core/comparison/answer-columns.ts';
import { MINIMUM_SLICE_ROWS } from '../../core/comparison/defaults.ts';
import { numberEqualRows } from '../../core/comparison/equal-rows.ts';
import { describeByBlocks } from '../../core/comparison/estimate-by-blocks.ts';
import { describeByBootstrap } from '../../core/comparison/estimate-by-bootstrap.ts';
import { chooseDesign } from '../../core/comparison/estimation/by-resampling.ts';
import type { EstimatedMetric } from '../../core/comparison/estimation/estimated-metric.ts';
import { countUnits } from '../../core/comparison/estimation/units.ts';
import type { ComparisonInput, ProvidedMetric } from '../../core/comparison/judge-context.ts';
import { planSampling, type SamplingPlan } from '../../core/comparison/plan-sampling.ts';
import { describeWithoutInterval } from '../../core/comparison/sampled-metric.ts';
import { takeSample, takeValues } from '../../core/comparison/take-sample.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration, MetricConfiguration } from '../../core/configuration/configuration.ts';
import { quote } from '../../core/configuration/problem.ts';
import { InputError } from '../../core/errors.ts';
import { sampleRowCount } from '../../core/metrics/metric.ts';
import {
  allUnits,
  dealIntoBlocks,
  drawReplicates,
  leaveOutUnits,
  type ReplicateRange,
} from '../../core/statistics/drawn-samples.ts';
import { createResampler, type Resampler } from '../../core/statistics/resampling.ts';
import type { DataSet, RowAggregate } from '../../ports/data-engine.ts';
import { openRole } from '../data/open-data.ts';
import type { Scored } from './both-models.ts';
import { dependenceColumn, type Holdout, takeColumn } from './read-holdout.ts';

type SqlMetric = Extract<MetricConfiguration, { kind: 'sql' }>;

/** Rows and answers of a comparison, without what SQL metrics are yet to give it. */
export type SqlMetricsRequest = {
  readonly configuration: Configuration;
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly scored: Scored;
  /** Positions among the labelled rows, in canonical order. */
  readonly kept: Uint32Array;
  readonly input: Omit<ComparisonInput, 'provided'>;
};

/** Rows that are written out at a time for the engine to sample. */
const DRAWN_ROWS_AT_ONCE = 2_000_000;

/**
 * Computes the metrics that the configuration writes as SQL, for both models on the same samples of the rows.
 * Slices are computed of a metric that is primary or that a gate asks of slices.
 * @throws InputError that names the metric when its SQL cannot be computed.
 */
export async function estimateSqlMetrics(request: SqlMetricsRequest): Promise<readonly ProvidedMetric[]> {
  const metrics = request.configuration.comparison.metrics.filter((metric) => metric.kind === 'sql');
  if (metrics.length === 0) return [];
  const { holdout } = request;
  await using data = await openRole(holdout.request.ports.engine, {
    role: 'holdout',
    ...holdout.request,
    repeatable: true,
  });
  const provided: ProvidedMetric[] = [];
  for (const metric of metrics) provided.push(await estimateInOneRow(metric, request, data));
  return provided;
}

/** Tells where in the config the metric stands, whatever is wrong with it. */
async function estimateInOneRow(
  metric: SqlMetric,
  request: SqlMetricsRequest,
  data: DataSet,
): Promise<ProvidedMetric> {
  try {
    return await estimateOne(metric, request, data);
  } catch (error) {
    if (!(error instanceof InputError) || metric.location === undefined) throw error;
    throw new InputError(error.message, { location: metric.location, cause: error });
  }
}

async function estimateOne(
  metric: SqlMetric,
  request: SqlMetricsRequest,
  data: DataSet,
): Promise<ProvidedMetric> {
  const { input } = request;
  await using aggregate = await openAggregate(metric, request, data);
  const whole = await estimatePart(metric, { input, aggregate });
  const slices = new Map<string, EstimatedMetric>();
  const wanted = asksForSlices(metric, input)
    ? input.slices.filter((slice) => slice.rows.length >= MINIMUM_SLICE_ROWS)
    : [];
  const sharing = wanted.reduce((total, slice) => total + slice.rows.length, 0);
  for (const { name, rows } of wanted) {
    slices.set(name, await estimatePart(metric, { input, aggregate, slice: { rows, sharing } }));
  }
  return { whole, slices };
}

function asksForSlices({ name }: SqlMetric, { rules }: SqlMetricsRequest['input']): boolean {
  if (rules.primary === name) return true;
  return (rules.gates ?? []).some((gate) => gate.metric === name && gate.slices !== undefined);
}

function openAggregate(
  metric: SqlMetric,
  { configuration, holdout, truth, scored, kept, input }: SqlMetricsRequest,
  data: DataSet,
): Promise<RowAggregate> {
  const group = dependenceColumn(holdout);
  const { id, sensitive } = configuration.data;
  const classes = 'classes' in truth ? truth.classes : [];
  const challenger = answerColumns(input.challenger, classes);
  const champion = input.champion && answerColumns(input.champion, classes);
  return data.aggregate({
    subject: `comparison.metrics: the SQL of ${quote(metric.name)}`,
    sql: metric.sql,
    rows: takeValues(holdout.labelled, kept),
    ranks: numberEqualRows({
      rows: kept,
      truth,
      scores: [scored.challenger, ...(scored.champion ? [scored.champion] : [])],
      ...(group ? { groups: takeColumn(group, holdout.labelled) } : {}),
    }),
    shared: challenger.shared,
    models: [challenger.own, ...(champion ? [champion.own] : [])],
    withheld: [...(id === undefined ? [] : [id]), ...sensitive],
  });
}

type Part = {
  readonly input: SqlMetricsRequest['input'];
  readonly aggregate: RowAggregate;
  /** Absent: all rows. `sharing`: rows of all slices, which share what is affordable. */
  readonly slice?: { readonly rows: Uint32Array; readonly sharing: number };
};

async function estimatePart(
  { name, direction }: SqlMetric,
  { input, aggregate, slice }: Part,
): Promise<EstimatedMetric> {
  const sample = slice ? takeSample(input.challenger, slice.rows) : input.challenger;
  const groups = slice && input.groups ? takeValues(input.groups, slice.rows) : input.groups;
  const design = chooseDesign({ challenger: sample, ...(groups ? { groups } : {}) });
  const resampler = createResampler(design);
  await aggregate.choose({ ...(slice ? { rows: slice.rows } : {}), units: resampler.unitOfRow });
  const isGrouped = design.kind === 'groups';
  const plan = planSampling({
    rows: sampleRowCount(sample),
    units: resampler.unitCount,
    isGrouped,
    ...(slice ? { sharing: slice.sharing } : {}),
  });
  const units = countUnits({ challenger: sample, ...(groups ? { groups } : {}) });
  const described = { metric: { name, direction }, isGrouped, units };
  const work = { aggregate, resampler, seed: input.seed };
  const values = (await aggregate.compute(allUnits(resampler))).map(([value]) => value!);
  if (!aggregate.isResamplable) {
    const [challenger, champion] = values.map((value) => ({ value }));
    return describeWithoutInterval(
      { ...described, challenger: challenger!, ...(champion ? { champion } : {}) },
      'it counts distinct values or picks out single rows, and resamples cannot tell how that varies',
    );
  }
  if (plan.kind === 'blocks') {
    const [challenger, champion] = await computeBlocks(work, plan.blocks, values);
    return describeByBlocks({ ...described, challenger: challenger!, ...(champion ? { champion } : {}) });
  }
  const progress = slice ? undefined : input.onProgress;
  const [challenger, champion] = await bootstrap({ ...work, plan, values, progress });
  return describeByBootstrap({ ...described, challenger: challenger!, ...(champion ? { champion } : {}) });
}

type SamplingWork = {
  readonly aggregate: RowAggregate;
  readonly resampler: Resampler;
  readonly seed: number;
};

async function computeBlocks(
  { aggregate, resampler, seed }: SamplingWork,
  blocks: number,
  values: readonly number[],
) {
  const doubled = await aggregate.compute(allUnits(resampler, 2));
  const dealt = await aggregate.compute(dealIntoBlocks(resampler, seed, blocks));
  return values.map((value, model) => ({ value, doubled: doubled[model]![0]!, blocks: dealt[model]! }));
}

type BootstrapWork = SamplingWork & {
  readonly plan: Extract<SamplingPlan, { kind: 'bootstrap' }>;
  readonly values: readonly number[];
  readonly progress: SqlMetricsRequest['input']['onProgress'] | undefined;
};

async function bootstrap({ aggregate, resampler, seed, plan, values, progress }: BootstrapWork) {
  const compute = (total: number, draw: (range: ReplicateRange) => Parameters<RowAggregate['compute']>[0]) =>
    computeInParts({ aggregate, resampler, models: values.length, total, draw, progress });
  const replicates = await compute(plan.replicates, (range) => drawReplicates(resampler, seed, range));
  const jackknife = plan.jackknife
    ? await compute(resampler.unitCount, (range) => leaveOutUnits(resampler, range))
    : undefined;
  return values.map((value, model) => ({
    value,
    replicates: replicates[model]!,
    ...(jackknife ? { jackknife: jackknife[model]! } : {}),
  }));
}

/** Samples are drawn a few at a time, so that memory does not grow with their number. */
async function computeInParts(work: {
  readonly aggregate: RowAggregate;
  readonly resampler: Resampler;
  readonly models: number;
  readonly total: number;
  readonly draw: (range: ReplicateRange) => Parameters<RowAggregate['compute']>[0];
  readonly progress: BootstrapWork['progress'];
}): Promise<readonly Float64Array[]> {
  const { total, resampler } = work;
  const results = Array.from({ length: work.models }, () => new Float64Array(total));
  const step = Math.max(1, Math.floor(DRAWN_ROWS_AT_ONCE / resampler.rowCount));
  for (let from = 0; from < total; from += step) {
    const to = Math.min(total, from + step);
    const values = await work.aggregate.compute(work.draw({ from, to }));
    for (const [model, found] of values.entries()) results[model]!.set(found, from);
    work.progress?.(to, total);
  }
  return results;
}
