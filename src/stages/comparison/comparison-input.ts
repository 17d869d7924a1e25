import { orderCanonically } from '../../core/comparison/canonical-order.ts';
import { BOOTSTRAP_REPLICATES } from '../../core/comparison/defaults.ts';
import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Windows } from '../../core/documents/training.ts';
import type { DataPorts } from '../data/score-rows.ts';
import type { Exam } from '../exam.ts';
import type { HoldoutUses, LedgerPorts } from '../ledger/read-uses.ts';
import type { GivenScores } from '../scores/both-scores.ts';
import type { ScoresPorts } from '../scores/read-scores.ts';
import type { BothModels, Scored } from './both-models.ts';
import { metricsOf, rulesOf } from './compared-rules.ts';
import { findSlices } from './find-slices.ts';
import { spendingOf } from './holdout-use.ts';
import type { JudgedModel } from './judged-models.ts';
import { measureModels } from './measure-models.ts';
import { dependenceColumn, groupsOf, type Holdout, sampleOf, takeColumn } from './read-holdout.ts';
import type { ScoredModel } from './scored-model.ts';
import { seedOf, seedPart } from './seed.ts';
import { estimateSqlMetrics } from './sql-metrics.ts';

export type JudgeRequest = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
  /** Score tables that were given, and where the scores that were used are kept. */
  readonly scores: GivenScores;
};

export type JudgePorts = DataPorts & ScoresPorts & LedgerPorts;

/** Both models' answers on the rows that are judged, and what they are judged by. */
export type Paired = JudgeRequest & {
  readonly models: BothModels;
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly scored: Scored;
  readonly kept: Uint32Array;
  readonly counted: HoldoutUses | undefined;
  readonly ports: JudgePorts;
};

/** Sorting a file must not change a verdict. */
export function inCanonicalOrder(
  kept: Uint32Array,
  { holdout, truth, scored }: Pick<Paired, 'holdout' | 'truth' | 'scored'>,
): Uint32Array {
  const group = dependenceColumn(holdout);
  return orderCanonically({
    rows: kept,
    truth,
    scores: [scored.challenger, ...(scored.champion ? [scored.champion] : [])],
    ...(group ? { groups: takeColumn(group, holdout.labelled) } : {}),
  });
}

/** Everything that a judgement by this configuration depends on. */
export async function buildInput(paired: Paired, configuration: Configuration): Promise<ComparisonInput> {
  const { models, holdout, truth, scored, kept, champion, challenger, ports } = paired;
  const rules = rulesOf(configuration);
  const groups = groupsOf(holdout, kept);
  const sliced = (model: JudgedModel, { features: table }: ScoredModel) => [
    { table, ...(model.features ? { features: model.features } : {}) },
  ];
  const slices = await findSlices(holdout, kept, [
    ...(champion && scored.champion ? sliced(champion, scored.champion) : []),
    ...sliced(challenger, scored.challenger),
  ]);
  const sample = (model: ScoredModel) => sampleOf({ holdout, truth, scored: model, kept, configuration });
  const input = {
    challenger: sample(scored.challenger),
    ...(scored.champion ? { champion: sample(scored.champion) } : {}),
    ...(groups ? { groups } : {}),
    metrics: metricsOf(configuration),
    measured: await measureModels({ models, scored, truth, configuration }, ports.scorer),
    rules,
    ...spendingOf(configuration, paired.counted),
    slices,
    seed: seedOf(ports.world, [seedPart(champion), seedPart(challenger), holdout.digest, 'comparison']),
    replicates: BOOTSTRAP_REPLICATES,
    onProgress: (done: number, total: number) => ports.world.log.progress('resamples', done, total),
  };
  return { ...input, provided: await estimateSqlMetrics({ ...paired, configuration, input }) };
}
