import { orderCanonically } from '../../core/comparison/canonical-order.ts';
import { compareModels, type Judgement } from '../../core/comparison/compare-models.ts';
import { type Curves, computeCurves } from '../../core/comparison/curves.ts';
import { BOOTSTRAP_REPLICATES, DEFAULT_METRICS } from '../../core/comparison/defaults.ts';
import { checkGroups } from '../../core/comparison/group-floor.ts';
import type { ComparisonInput, ComparisonRules } from '../../core/comparison/judge-context.ts';
import { summarizeCalibration } from '../../core/comparison/summarize-calibration.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type {
  Calibration,
  CompletedComparison,
  Flips,
  LatencyMeasurement,
} from '../../core/documents/comparison.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { SampleMetric } from '../../core/metrics/metric.ts';
import { findMetric } from '../../core/metrics/registry.ts';
import type { DataPorts } from '../data/score-rows.ts';
import type { Exam } from '../exam.ts';
import { findOverlaps } from '../leakage/find-overlaps.ts';
import type { HoldoutUses, LedgerPorts } from '../ledger/read-uses.ts';
import {
  describeTables,
  findBothScores,
  type GivenScores,
  type StoredPair,
  storeBothScores,
} from '../scores/both-scores.ts';
import type { ScoresPorts } from '../scores/read-scores.ts';
import type { StageWorld } from '../stage.ts';
import type { BothModels, Scored } from './both-models.ts';
import { findFlips } from './find-flips.ts';
import { findSlices } from './find-slices.ts';
import { countHoldoutUses, describeUses, spendingOf } from './holdout-use.ts';
import type { JudgedModel } from './judged-models.ts';
import { measureModels } from './measure-models.ts';
import {
  groupsOf,
  type Holdout,
  pairRows,
  readHoldout,
  sampleOf,
  takeColumn,
  truthOf,
} from './read-holdout.ts';
import { classesOf, scoreBoth } from './score-both.ts';
import type { ScoredModel } from './scored-model.ts';
import { estimateSqlMetrics } from './sql-metrics.ts';
import { type BothTold, tellBoth } from './tell-scoring.ts';

export type JudgeRequest = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
  /** Score tables that were given, and where the scores that were used are kept. */
  readonly scores: GivenScores;
};

/** A judgement with everything the document tells about the rows it was made on. */
export type Judged = {
  readonly judgement: Judgement;
  readonly primary: string;
  /** The outcome under the rules that the change proposes, when they differ. */
  readonly proposed?: ProposedOutcome;
  readonly flips?: Flips;
  readonly calibration?: Calibration;
  readonly latency?: LatencyMeasurement;
  readonly curves?: Curves;
  readonly holdout: CompletedComparison['holdout'];
  readonly inputs: readonly DocumentInput[];
  /** Of models that were judged by their scores. */
  readonly scores?: StoredPair;
  readonly told: BothTold;
  readonly seed: number;
};

/** What the rules of the change would say, or why they say nothing. */
export type ProposedOutcome = { readonly verdict: string; readonly note: string };

type JudgePorts = DataPorts & ScoresPorts & LedgerPorts;

/** Scores both models on the exam's holdout and judges them by its rules. */
export async function judge(request: JudgeRequest, ports: JudgePorts): Promise<Judged> {
  const { exam, champion, challenger } = request;
  const { configuration } = exam;
  const { log } = ports.world;
  const holdout = await log.group('Read the holdout', () =>
    readHoldout({ configuration, directory: exam.directory, windows: request.windows, ports, log }),
  );
  const counted = await countHoldoutUses({ exam, challenger, holdout }, ports);
  const found = await findBothScores(holdout, request, ports);
  const models: BothModels = { champion, challenger, found };
  const truth = truthOf(holdout, await classesOf(models, configuration, ports.scorer));
  const scored = await log.group('Score the models', () =>
    scoreBoth({ holdout, truth, models }, ports.world),
  );
  const { evidenceDirectory } = request.scores;
  const stored = await storeBothScores({ holdout, truth, found, scored, evidenceDirectory }, ports.world);
  const pairs = pairRows(truth, namedScores(scored, request));
  const { refused } = pairs;
  const told = await tellBoth(namedScores(scored, request), holdout, log);
  const kept = inCanonicalOrder(pairs.kept, { holdout, truth, scored });
  const unlabelled = holdout.rows.table.rowCount - holdout.labelled.length;
  if (unlabelled > 0) log.info(`${unlabelled} rows of the holdout have no label and are left out`);
  const paired: Paired = { ...request, models, holdout, truth, scored, kept, counted, ports };
  const input = await buildInput(paired, configuration);
  const overlaps = await log.group('Look for holdout rows in the training data', () =>
    findOverlaps({ holdout, champion, challenger }, ports.world),
  );
  const judgement = await log.group('Compare', async () => compareModels(input));
  const proposed = await judgeProposed(paired, input);
  const flips = findFlips({ input, holdout, scored, kept }, ports.world);
  const calibration = summarizeCalibration(input);
  const latency = input.measured.find((measured) => measured.latency)?.latency;
  const curves = computeCurves(input.challenger, input.champion);
  const floor = checkGroups(input.challenger, input.groups);
  return {
    judgement,
    primary: input.rules.primary,
    ...(proposed ? { proposed } : {}),
    ...(flips ? { flips } : {}),
    ...(calibration ? { calibration } : {}),
    ...(latency ? { latency } : {}),
    ...(curves ? { curves } : {}),
    holdout: {
      rows: kept.length,
      ...positivesOf(input),
      ...(floor.groups === undefined ? {} : { groups: floor.groups }),
      ...(floor.groupsWithPositives === undefined ? {} : { groupsWithPositives: floor.groupsWithPositives }),
      digest: holdout.digest,
      ...(refused === 0 ? {} : { refusedRows: refused }),
      ...(unlabelled === 0 ? {} : { unlabelledRows: unlabelled }),
      ...overlaps,
      ...describeUses(input, counted),
    },
    inputs: [
      ...holdout.files.map((file) => ({ role: 'holdout', ...file, rowsDigest: holdout.digest })),
      ...describeTables(found),
      ...(counted ? [counted.input] : []),
    ],
    ...(stored ? { scores: stored } : {}),
    told,
    seed: input.seed,
  };
}

/** Sorting a file must not change a verdict. */
export function inCanonicalOrder(
  kept: Uint32Array,
  { holdout, truth, scored }: Pick<Paired, 'holdout' | 'truth' | 'scored'>,
): Uint32Array {
  const { group } = holdout.rows;
  return orderCanonically({
    rows: kept,
    truth,
    scores: [scored.challenger, ...(scored.champion ? [scored.champion] : [])],
    ...(group ? { groups: takeColumn(group, holdout.labelled) } : {}),
  });
}

type Paired = JudgeRequest & {
  readonly models: BothModels;
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly scored: Scored;
  readonly kept: Uint32Array;
  readonly counted: HoldoutUses | undefined;
  readonly ports: JudgePorts;
};

function namedScores(scored: Scored, { challenger, champion }: JudgeRequest) {
  const own = [{ name: challenger.name, scored: scored.challenger }];
  return champion && scored.champion ? [...own, { name: champion.name, scored: scored.champion }] : own;
}

async function buildInput(paired: Paired, configuration: Configuration): Promise<ComparisonInput> {
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
    metrics: metricsOf(configuration, rules),
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

/** A table of scores can be written in many ways that say the same, so that its bytes decide nothing. */
export function seedPart(model: JudgedModel | undefined): string {
  if (model === undefined) return 'none';
  return model.scoresOnly === true ? 'scores' : model.digest;
}

/** Nobody can roll again for luck: equal inputs give equal random numbers. */
export function seedOf(world: StageWorld, parts: readonly string[]): number {
  return Number.parseInt(world.sha256(parts.join('\n')).slice(0, 8), 16);
}

export function rulesOf({ comparison, task }: Configuration): ComparisonRules {
  const first = comparison.metrics.find((metric) => metric.kind === 'named');
  return {
    primary: comparison.primary ?? first?.name ?? DEFAULT_METRICS[task][0],
    guardrails: comparison.guardrails,
    margins: comparison.margins,
    ...(comparison.gates ? { gates: comparison.gates } : {}),
  };
}

/** The metrics to show: primary first, then those listed (or the defaults), then what gates and guardrails ask for. */
function metricsOf({ comparison, task }: Configuration, rules: ComparisonRules): readonly SampleMetric[] {
  const listed = comparison.metrics.flatMap((metric) => (metric.kind === 'named' ? [metric.name] : []));
  const shown = listed.length > 0 ? listed : DEFAULT_METRICS[task];
  const asked = [...rules.guardrails, ...(rules.gates ?? []).map((gate) => gate.metric)];
  const asSql = comparison.metrics.flatMap((metric) => (metric.kind === 'sql' ? [metric.name] : []));
  return [...new Set([rules.primary, ...shown, ...asked])].flatMap((name) => {
    if (asSql.includes(name)) return [];
    const lookup = findMetric(task, name);
    if (!lookup.found)
      throw new InputError(
        `${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(', ')}`,
      );
    return lookup.metric.kind === 'sample' ? [lookup.metric] : [];
  });
}

/** The same scores under the rules that the change proposes, when it changes how they are compared. */
async function judgeProposed(paired: Paired, input: ComparisonInput): Promise<ProposedOutcome | undefined> {
  const { changed } = paired.exam;
  if (!changed.some(({ what }) => what === 'comparison' || what.startsWith('comparison.'))) return undefined;
  try {
    const { verdict, promote } = await judgeByProposal(paired, input);
    return { verdict, note: promote ? 'would be promoted' : 'would not be promoted' };
  } catch (error) {
    // It is for information only: rules that cannot be followed must not end the judgement that counts.
    if (!(error instanceof InputError)) throw error;
    return { verdict: 'error', note: `the proposed rules cannot be followed: ${error.message}` };
  }
}

async function judgeByProposal(paired: Paired, input: ComparisonInput): Promise<Judgement> {
  const { exam, holdout, truth, scored, kept } = paired;
  const configuration = { ...exam.configuration, comparison: exam.proposed.comparison };
  const rules = rulesOf(configuration);
  const sample = (model: ScoredModel) => sampleOf({ holdout, truth, scored: model, kept, configuration });
  const { onProgress: _silent, holdoutUse: _ofTheBase, provided: _others, ...rest } = input;
  const proposed = {
    ...rest,
    challenger: sample(scored.challenger),
    ...(scored.champion ? { champion: sample(scored.champion) } : {}),
    metrics: metricsOf(configuration, rules),
    rules,
    ...spendingOf(configuration, paired.counted),
  };
  return compareModels({
    ...proposed,
    provided: await estimateSqlMetrics({ ...paired, configuration, input: proposed }),
  });
}

function positivesOf(input: ComparisonInput): { positives?: number } {
  if (input.challenger.task !== 'binary-classification') return {};
  return { positives: input.challenger.labels.reduce((total, label) => total + label, 0) };
}
