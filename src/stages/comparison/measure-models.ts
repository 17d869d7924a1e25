import { compareLatencies, LATENCY_RUNS } from '../../core/comparison/latency.ts';
import { compareSizes, type MeasuredComparison } from '../../core/comparison/measured-metrics.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Scorer } from '../../ports/scorer.ts';
import { isAny } from '../scores/both-scores.ts';
import type { BothModels, Scored } from './both-models.ts';

/** Rows of the batch that latency is measured with. */
export const LATENCY_ROWS = 1000;

export function asksForLatency({ comparison }: Configuration): boolean {
  const asked = [
    ...comparison.metrics.map((metric) => metric.name),
    ...(comparison.gates ?? []).map((gate) => gate.metric),
    ...comparison.guardrails,
  ];
  return asked.includes('latency_p95_ms');
}

export type MeasureRequest = {
  readonly models: BothModels;
  readonly scored: Scored;
  readonly truth: Truth;
  readonly configuration: Configuration;
};

/**
 * Sizes of the files; latency when a metric or gate asks for it, since it takes time and differs from run to
 * run, and only where both models are run here.
 */
export async function measureModels(
  request: MeasureRequest,
  scorer: Scorer,
): Promise<readonly MeasuredComparison[]> {
  const { models, configuration } = request;
  const sizes = measureSizes(models);
  if (!asksForLatency(configuration) || isAny(models.found)) return sizes;
  return [...sizes, await measureLatency(request, scorer)];
}

/** A model that is known by its scores alone has no file to weigh. */
function measureSizes({ champion, challenger }: BothModels): readonly MeasuredComparison[] {
  if (challenger.scoresOnly === true) return [];
  const before = champion === undefined || champion.scoresOnly === true ? {} : { champion: champion.bytes };
  return [compareSizes({ ...before, challenger: challenger.bytes })];
}

async function measureLatency(
  { models, scored, truth, configuration }: MeasureRequest,
  scorer: Scorer,
): Promise<MeasuredComparison> {
  const { champion, challenger } = models;
  const { task, data } = configuration;
  const judged = [{ model: challenger, rows: scored.challenger.firstRows }];
  if (champion && scored.champion) judged.push({ model: champion, rows: scored.champion.firstRows });
  const [own, champions] = await scorer.measureLatency({
    models: judged.map(({ model }) => ({ path: model.path, name: model.name })),
    rows: judged.flatMap(({ rows }) => rows ?? []),
    task,
    ...('classes' in truth ? { classes: truth.classes } : {}),
    ...(data.target === undefined ? {} : { target: data.target }),
    runs: LATENCY_RUNS,
  });
  return compareLatencies({
    challenger: own!,
    ...(champions ? { champion: champions } : {}),
    batchRows: scored.challenger.firstRows?.rowCount ?? 0,
  });
}
