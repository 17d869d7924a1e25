import { join } from 'node:path';
import { EXIT_CODE, exitCodeOf, InputError, messageOf } from '../../core/errors.ts';
import { buildComparison } from '../../stages/comparison/build-comparison.ts';
import { findChampion } from '../../stages/comparison/judged-models.ts';
import type { ModelRun, WindowsMode } from '../../stages/model-run.ts';
import { runStage, type StageResult } from '../../stages/stage.ts';
import { checkOne } from '../data-drivers/check-drift.ts';
import { compareOne } from '../data-drivers/compare-models.ts';
import { trainOne } from '../data-drivers/train-model.ts';
import { validateOne } from '../data-drivers/validate-data.ts';
import { retrainOne } from '../host-drivers/open-retraining-pr.ts';
import { bringsCandidate, releaseOne } from '../host-drivers/release-model.ts';
import { driveReportMetrics } from '../host-drivers/report-metrics.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels, toOutcome } from '../prepare-models.ts';
import { planStages, type StageName } from './plan-stages.ts';
import { findTouch } from './untouched.ts';

/**
 * The root action: runs every stage that fits the event and that it can, reports, and only then ends with
 * the worst exit code.
 */
export async function driveEveryday(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  const stages = planStages(invocation.inputs.list('stages'), invocation.world.context);
  const outcomes: Outcome[] = [];
  const day: Day = { invocation, data, stages, outcomes };
  const runs = await prepareDay(day);
  for (const run of runs) await runModelDay(day, run);
  if (stages.has('report-metrics') && outcomes.some((outcome) => outcome.evidence !== undefined)) {
    outcomes.push(await report(invocation));
  }
  for (const run of runs) await publish(day, run);
  return outcomes;
}

type Day = {
  readonly invocation: Invocation;
  readonly data: DataWorld;
  readonly stages: ReadonlySet<StageName>;
  readonly outcomes: Outcome[];
};

/** A config that cannot be read is recorded as the failure of the comparison, so that the report shows it. */
async function prepareDay({ invocation, data, outcomes }: Day): Promise<readonly ModelRun[]> {
  let runs: readonly ModelRun[] = [];
  const failures = await forEachModel('comparison', invocation, {
    prepare: async () => {
      runs = await prepareModels(invocation, { data });
      return [];
    },
    run: () => Promise.reject(new Error('there are no models to run')),
  });
  outcomes.push(...failures);
  return runs;
}

/** Validation, drift check, training and comparison of one model; each only if what it leans on went well. */
async function runModelDay(day: Day, run: ModelRun): Promise<void> {
  const { invocation, data, stages } = day;
  if (await passUntouched(day, run)) return;
  const mode: WindowsMode = stages.has('check-drift') ? 'new' : 'frozen';
  if (stages.has('validate-data')) {
    const validated = await attempt(day, run, 'validation', () =>
      validateOne(withoutFailOn(invocation), data, run),
    );
    // Bad data never reach training; the drift check may still say what is wrong with them.
    if (validated?.exitCode !== EXIT_CODE.passed && !stages.has('check-drift')) return;
  }
  if (stages.has('check-drift')) {
    const checked = await attempt(day, run, 'drift', () => checkOne(withoutFailOn(invocation), data, run));
    const document = checked?.document;
    if (document === undefined || document.verdict === 'error' || document.recommendation !== 'retrain')
      return;
  }
  if (await hasCandidate(day, run)) return;
  if (stages.has('train-model')) {
    const trained = await attempt(day, run, 'training', () => trainOne(invocation, data, { run, mode }));
    if (trained?.exitCode !== EXIT_CODE.passed) return;
  }
  if (stages.has('compare-models')) {
    await attempt(day, run, 'comparison', () => compareOne(invocation, data, { run, mode }));
  }
}

/** Only comparisons are failed by the input; a stage before them fails on errors, drift never. */
function withoutFailOn(invocation: Invocation): Invocation {
  const { inputs } = invocation;
  const own: Invocation['inputs'] = {
    ...inputs,
    choice: (name, allowed, otherwise) =>
      name === 'fail-on' ? otherwise : inputs.choice(name, allowed, otherwise),
  };
  return { ...invocation, inputs: own };
}

/** Runs a stage and keeps its outcome; a failure before it could start is kept as its document too. */
async function attempt<Kind extends 'validation' | 'drift' | 'training' | 'comparison'>(
  day: Day,
  run: ModelRun,
  kind: Kind,
  work: () => Promise<StageResult<Kind>>,
): Promise<StageResult<Kind> | undefined> {
  let result: StageResult<Kind> | undefined;
  const outcomes = await forEachModel(kind, day.invocation, {
    prepare: async () => [run],
    run: async () => {
      result = await work();
      return result;
    },
  });
  day.outcomes.push(...outcomes);
  return result;
}

/** A pull request that cannot change the model is answered at once: same model, success, nothing run. */
async function passUntouched(day: Day, run: ModelRun): Promise<boolean> {
  const { invocation, stages } = day;
  const { context, log } = invocation.world;
  const judging = context.event === 'pull_request' || context.event === 'merge_group';
  if (!judging || !stages.has('compare-models')) return false;
  const touch = await findTouch(run, await invocation.repository()).catch(() => 'touched' as const);
  if (touch === 'touched') return false;
  const { configuration } = run.setup;
  if (touch === 'lock only') {
    log.info(
      `${configuration.model}: only the lock file changed; its candidate was judged before and its status stands`,
    );
    return true;
  }
  const { world } = invocation;
  const registry = await invocation.registry();
  const exam = await run.rules();
  const champion = await findChampion({ model: exam.championModel, wanted: 'release', registry, world });
  if (champion === undefined) return false;
  log.info(`${configuration.model}: nothing that the model depends on changed`);
  await attempt(day, run, 'comparison', () => recordUnchanged(invocation, run, () => ({ exam, champion })));
  return true;
}

type UnchangedFacts = {
  readonly exam: Awaited<ReturnType<ModelRun['exam']>>;
  readonly champion: NonNullable<Awaited<ReturnType<typeof findChampion>>>;
};

function recordUnchanged(
  invocation: Invocation,
  run: ModelRun,
  facts: () => UnchangedFacts,
): Promise<StageResult<'comparison'>> {
  const { setup } = run;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  return runStage('comparison', { world: invocation.world, target }, async (header) => {
    const { exam, champion } = facts();
    const request = { exam, windows: undefined };
    const document = buildComparison({
      header,
      request,
      champion,
      challenger: champion,
      judged: undefined,
      selfReported: false,
    });
    const outputs = {
      verdict: document.verdict,
      promote: 'true',
      'champion-version': champion.version ?? '',
    };
    return { document, exitCode: EXIT_CODE.passed, outputs };
  });
}

/** On a push: whether the lock file's candidate can be published as it was judged, without training anything. */
async function hasCandidate(day: Day, run: ModelRun): Promise<boolean> {
  if (!day.stages.has('release-model') || day.invocation.world.context.event !== 'push') return false;
  if (!(await bringsCandidate(day.invocation, run))) return false;
  const released = await releaseOne(day.invocation, run);
  if (released.next !== undefined) return false;
  day.outcomes.push(toOutcome(run.setup.configuration.model, released));
  return true;
}

async function report(invocation: Invocation): Promise<Outcome> {
  try {
    const [outcome] = await driveReportMetrics(invocation);
    if (outcome === undefined) return { model: '', exitCode: EXIT_CODE.passed, outputs: {} };
    // The outputs of this action name the evidence; the report is linked from comment and summary.
    const { 'artifact-id': _id, 'artifact-digest': _digest, ...outputs } = outcome.outputs;
    return { ...outcome, outputs };
  } catch (error) {
    invocation.world.log.error(messageOf(error), error instanceof InputError ? error.location : undefined);
    return { model: '', exitCode: exitCodeOf(error), outputs: {} };
  }
}

/** What is done with a judgement: publish it, or propose it. */
async function publish(day: Day, run: ModelRun): Promise<void> {
  const { invocation, stages, outcomes } = day;
  const { model } = run.setup.configuration;
  const own = outcomes.filter((outcome) => outcome.model === model);
  if (stages.has('release-model') && !own.some((outcome) => outcome.outputs.published !== undefined)) {
    const judged = await invocation.world.files.exists(join(run.setup.evidenceDirectory, 'comparison.json'));
    if (judged) outcomes.push(toOutcome(model, await releaseOne(invocation, run)));
  }
  if (stages.has('open-retraining-pr')) outcomes.push(await retrainOne(invocation, run));
}
