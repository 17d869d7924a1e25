import { orderCanonically } from '../../core/comparison/canonical-order.ts';
import { compareModels, type Judgement } from '../../core/comparison/compare-models.ts';
import { type Curves, computeCurves } from '../../core/comparison/curves.ts';
import { BOOTSTRAP_REPLICATES, DEFAULT_METRICS } from '../../core/comparison/defaults.ts';
import { countFlips } from '../../core/comparison/flips.ts';
import { checkGroups } from '../../core/comparison/group-floor.ts';
import type { ComparisonInput, ComparisonRules } from '../../core/comparison/judge-context.ts';
import {
  compareLatencies,
  compareSizes,
  LATENCY_RUNS,
  type MeasuredComparison,
} from '../../core/comparison/measured-metrics.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { SampleMetric } from '../../core/metrics/metric.ts';
import { findMetric } from '../../core/metrics/registry.ts';
import type { DataPorts } from '../data/score-rows.ts';
import type { Exam } from '../exam.ts';
import type { StageWorld } from '../stage.ts';
import { findSlices } from './find-slices.ts';
import type { JudgedModel } from './judged-models.ts';
import {
  groupsOf,
  type Holdout,
  pairRows,
  readHoldout,
  sampleOf,
  takeColumn,
  truthOf,
} from './read-holdout.ts';
import { scoreOnHoldout } from './score-on-holdout.ts';
import type { ScoredModel } from './scored-model.ts';

export type JudgeRequest = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
};

/** A judgement with everything the document tells about the rows it was made on. */
export type Judged = {
  readonly judgement: Judgement;
  readonly primary: string;
  /** The outcome under the rules that the change proposes, when they differ. */
  readonly proposed?: ProposedOutcome;
  readonly flips?: { readonly newlyRight: number; readonly newlyWrong: number };
  readonly curves?: Curves;
  readonly holdout: CompletedComparison['holdout'];
  readonly inputs: readonly DocumentInput[];
  readonly seed: number;
};

/** What the rules of the change would say, or why they say nothing. */
export type ProposedOutcome = { readonly verdict: string; readonly note: string };

type JudgePorts = DataPorts & { readonly world: StageWorld };

/** Scores both models on the exam's holdout and judges them by its rules. */
export async function judge(request: JudgeRequest, ports: JudgePorts): Promise<Judged> {
  const { exam, champion, challenger } = request;
  const { configuration } = exam;
  const { log } = ports.world;
  const holdout = await log.group('Read the holdout', () =>
    readHoldout({ configuration, directory: exam.directory, windows: request.windows, ports, log }),
  );
  const truth = truthOf(holdout, await classesOf([challenger, champion], configuration, ports));
  const scored = await log.group('Score the models', () =>
    scoreBoth(holdout, truth, { champion, challenger }),
  );
  const pairs = pairRows(truth, namedScores(scored, request));
  const { refused } = pairs;
  const kept = inCanonicalOrder(pairs.kept, { holdout, truth, scored });
  const unlabelled = holdout.rows.table.rowCount - holdout.labelled.length;
  if (unlabelled > 0) log.info(`${unlabelled} rows of the holdout have no label and are left out`);
  const paired: Paired = { ...request, holdout, truth, scored, kept, ports };
  const input = await buildInput(paired, configuration);
  const judgement = await log.group('Compare', async () => compareModels(input));
  const proposed = judgeProposed(paired, input);
  const flips = input.champion && countFlips(input.champion, input.challenger);
  const curves = computeCurves(input.challenger, input.champion);
  const floor = checkGroups(input.challenger, input.groups);
  return {
    judgement,
    primary: input.rules.primary,
    ...(proposed ? { proposed } : {}),
    ...(flips ? { flips } : {}),
    ...(curves ? { curves } : {}),
    holdout: {
      rows: kept.length,
      ...positivesOf(input),
      ...(floor.groups === undefined ? {} : { groups: floor.groups }),
      ...(floor.groupsWithPositives === undefined ? {} : { groupsWithPositives: floor.groupsWithPositives }),
      digest: holdout.digest,
      ...(refused === 0 ? {} : { refusedRows: refused }),
      ...(unlabelled === 0 ? {} : { unlabelledRows: unlabelled }),
    },
    inputs: holdout.files.map((file) => ({ role: 'holdout', ...file, rowsDigest: holdout.digest })),
    seed: input.seed,
  };
}

/** Sorting a file must not change a verdict. */
function inCanonicalOrder(
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

type Scored = { readonly champion?: ScoredModel; readonly challenger: ScoredModel };

type Paired = JudgeRequest & {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly scored: Scored;
  readonly kept: Uint32Array;
  readonly ports: JudgePorts;
};

/** Classes that the models name beyond those in the holdout; only a multiclass target has more than it shows. */
async function classesOf(
  models: readonly (JudgedModel | undefined)[],
  configuration: Configuration,
  { scorer }: JudgePorts,
): Promise<readonly string[]> {
  if (configuration.task !== 'multiclass-classification') return [];
  const described = await Promise.all(
    models.map(async (model) =>
      model ? ((await scorer.describe({ path: model.path, name: model.name })).classes ?? []) : [],
    ),
  );
  return described.flat();
}

async function scoreBoth(
  holdout: Holdout,
  truth: Truth,
  models: { readonly champion: JudgedModel | undefined; readonly challenger: JudgedModel },
): Promise<Scored> {
  const options = {
    truth,
    latencyRows: asksForLatency(holdout.request.configuration) ? LATENCY_ROWS : 0,
  };
  const challenger = await scoreOnHoldout(holdout, models.challenger, options);
  if (models.champion === undefined) return { challenger };
  return { challenger, champion: await scoreOnHoldout(holdout, models.champion, options) };
}

function namedScores(scored: Scored, { challenger, champion }: JudgeRequest) {
  const own = [{ name: challenger.name, scored: scored.challenger }];
  return champion && scored.champion ? [...own, { name: champion.name, scored: scored.champion }] : own;
}

async function buildInput(paired: Paired, configuration: Configuration): Promise<ComparisonInput> {
  const { holdout, truth, scored, kept, champion, challenger, ports } = paired;
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
  return {
    challenger: sample(scored.challenger),
    ...(scored.champion ? { champion: sample(scored.champion) } : {}),
    ...(groups ? { groups } : {}),
    metrics: metricsOf(configuration, rules),
    measured: await measure(paired, configuration),
    rules,
    slices,
    seed: seedOf(ports.world, [champion?.digest ?? 'none', challenger.digest, holdout.digest, 'comparison']),
    replicates: BOOTSTRAP_REPLICATES,
    onProgress: (done, total) => ports.world.log.progress('resamples', done, total),
  };
}

/** Nobody can roll again for luck: equal inputs give equal random numbers. */
function seedOf(world: StageWorld, parts: readonly string[]): number {
  return Number.parseInt(world.sha256(parts.join('\n')).slice(0, 8), 16);
}

function rulesOf({ comparison, task }: Configuration): ComparisonRules {
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
  return [...new Set([rules.primary, ...shown, ...asked])].flatMap((name) => {
    const lookup = findMetric(task, name);
    if (!lookup.found)
      throw new InputError(
        `${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(', ')}`,
      );
    return lookup.metric.kind === 'sample' ? [lookup.metric] : [];
  });
}

/** Size always; latency when a metric or gate asks for it, since it takes time and differs from run to run. */
async function measure(paired: Paired, configuration: Configuration): Promise<readonly MeasuredComparison[]> {
  const { champion, challenger } = paired;
  const size = compareSizes({
    ...(champion ? { champion: champion.bytes } : {}),
    challenger: challenger.bytes,
  });
  if (!asksForLatency(configuration)) return [size];
  return [size, await measureLatency(paired, configuration)];
}

function asksForLatency({ comparison }: Configuration): boolean {
  const asked = [
    ...comparison.metrics.map((metric) => metric.name),
    ...(comparison.gates ?? []).map((gate) => gate.metric),
    ...comparison.guardrails,
  ];
  return asked.includes('latency_p95_ms');
}

/** Rows of the batch that latency is measured with. */
const LATENCY_ROWS = 1000;

async function measureLatency(paired: Paired, { task, data }: Configuration): Promise<MeasuredComparison> {
  const { champion, challenger, scored, truth, ports } = paired;
  const judged = [{ model: challenger, rows: scored.challenger.firstRows }];
  if (champion && scored.champion) judged.push({ model: champion, rows: scored.champion.firstRows });
  const [own, champions] = await ports.scorer.measureLatency({
    models: judged.map(({ model }) => ({ path: model.path, name: model.name })),
    rows: judged.flatMap(({ rows }) => rows ?? []),
    task,
    ...('classes' in truth ? { classes: truth.classes } : {}),
    ...(data.target === undefined ? {} : { target: data.target }),
    runs: LATENCY_RUNS,
  });
  return compareLatencies({ challenger: own!, ...(champions ? { champion: champions } : {}) });
}

/** The same scores under the rules that the change proposes, when it changes how they are compared. */
function judgeProposed(paired: Paired, input: ComparisonInput): ProposedOutcome | undefined {
  const { changed } = paired.exam;
  if (!changed.some(({ what }) => what === 'comparison' || what.startsWith('comparison.'))) return undefined;
  try {
    const { verdict, promote } = judgeByProposal(paired, input);
    return { verdict, note: promote ? 'would be promoted' : 'would not be promoted' };
  } catch (error) {
    // It is for information only: rules that cannot be followed must not end the judgement that counts.
    if (!(error instanceof InputError)) throw error;
    return { verdict: 'error', note: `the proposed rules cannot be followed: ${error.message}` };
  }
}

function judgeByProposal(paired: Paired, input: ComparisonInput): Judgement {
  const { exam, holdout, truth, scored, kept } = paired;
  const configuration = { ...exam.configuration, comparison: exam.proposed.comparison };
  const rules = rulesOf(configuration);
  const sample = (model: ScoredModel) => sampleOf({ holdout, truth, scored: model, kept, configuration });
  const { onProgress: _silent, ...rest } = input;
  return compareModels({
    ...rest,
    challenger: sample(scored.challenger),
    ...(scored.champion ? { champion: sample(scored.champion) } : {}),
    metrics: metricsOf(configuration, rules),
    rules,
  });
}

function positivesOf(input: ComparisonInput): { positives?: number } {
  if (input.challenger.task !== 'binary-classification') return {};
  return { positives: input.challenger.labels.reduce((total, label) => total + label, 0) };
}
