import type { MetricSample } from '../metrics/metric.ts';
import { estimateMetrics } from './estimate-metrics.ts';
import type { EstimatedMetric } from './estimation/estimated-metric.ts';
import { checkGroups, type GroupFloor } from './group-floor.ts';
import type { ComparisonInput, JudgeContext } from './judge-context.ts';
import { takeSample, takeValues } from './take-sample.ts';

export type Slice = ComparisonInput['slices'][number];

/** One metric on the rows of one slice. */
export type SliceEstimate = {
  readonly estimate: EstimatedMetric;
  readonly sample: MetricSample;
  /** The same rows scored by the champion. */
  readonly champion: MetricSample | undefined;
  readonly floor: GroupFloor;
};

/** Rows of a slice, taken once for all metrics that are looked at on it. */
type SliceRows = Pick<SliceEstimate, 'sample' | 'champion' | 'floor'> & {
  readonly groups: Int32Array | undefined;
  readonly estimates: Map<string, EstimatedMetric>;
};

/** Resamples for a standard error alone; its error is then 3.5 %. */
const SLICE_REPLICATES = 400;

const known = new WeakMap<ComparisonInput, Map<string, SliceRows>>();

/** Estimates a metric on a slice, once; undefined when no such metric is compared. */
export function estimateSlice(
  { input }: JudgeContext,
  metricName: string,
  slice: Slice,
): SliceEstimate | undefined {
  const rows = rowsOf(input, slice);
  const { sample, champion, floor } = rows;
  const estimate = rows.estimates.get(metricName) ?? estimateOn(input, metricName, { slice, rows });
  if (estimate === undefined) return undefined;
  rows.estimates.set(metricName, estimate);
  return { estimate, sample, champion, floor };
}

function rowsOf(input: ComparisonInput, slice: Slice): SliceRows {
  const slices = known.get(input) ?? new Map<string, SliceRows>();
  known.set(input, slices);
  const found = slices.get(slice.name);
  if (found !== undefined) return found;
  const sample = takeSample(input.challenger, slice.rows);
  const groups = input.groups && takeValues(input.groups, slice.rows);
  const rows: SliceRows = {
    sample,
    champion: input.champion && takeSample(input.champion, slice.rows),
    groups,
    floor: checkGroups(sample, groups),
    estimates: new Map(),
  };
  slices.set(slice.name, rows);
  return rows;
}

function estimateOn(
  input: ComparisonInput,
  metricName: string,
  { slice, rows }: { readonly slice: Slice; readonly rows: SliceRows },
): EstimatedMetric | undefined {
  const provided = input.provided?.find(({ whole }) => whole.metric.name === metricName);
  if (provided !== undefined) return provided.slices.get(slice.name);
  const metric = input.metrics.find((candidate) => candidate.name === metricName);
  if (metric === undefined) return undefined;
  const [estimate] = estimateMetrics({
    challenger: rows.sample,
    ...(rows.champion ? { champion: rows.champion } : {}),
    ...(rows.groups ? { groups: rows.groups } : {}),
    metrics: [metric],
    seed: input.seed,
    replicates: Math.min(input.replicates, SLICE_REPLICATES),
    isPart: true,
  });
  return estimate;
}
