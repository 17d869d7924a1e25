import { InputError } from '../../core/errors.ts';
import type { History } from '../../ports/history.ts';
import {
  COMPARISON_FAIL_ON,
  type CompareRequest,
  runCompareModels,
} from '../../stages/comparison/compare-models.ts';
import type { ModelRun, WindowsMode } from '../../stages/model-run.ts';
import { readArtifactReferences } from '../../stages/other-jobs/references.ts';
import { type ModelSource, OTHER_JOB, takeModel } from '../../stages/other-jobs/take-model.ts';
import type { StageResult } from '../../stages/stage.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';
import { followRun } from './follow-run.ts';
import { WINDOWS_MODES } from './train-model.ts';

/**
 * The action `compare-models` and the command of the same name.
 * @param options.checkFirst throws before any model is scored.
 */
export function driveCompareModels(
  invocation: Invocation,
  data: DataWorld,
  options: { readonly checkFirst?: (runs: readonly ModelRun[]) => Promise<void> } = {},
): Promise<readonly Outcome[]> {
  let followed: Invocation = invocation;
  return forEachModel('comparison', invocation, {
    async prepare() {
      const found = await followRun(invocation);
      if (found === undefined) return [];
      followed = found;
      const runs = await prepareModels(followed, { data });
      await options.checkFirst?.(runs);
      return runs;
    },
    run: (run) =>
      compareOne(followed, data, {
        run,
        mode: invocation.inputs.choice('windows', WINDOWS_MODES, 'frozen'),
      }),
  });
}

export async function compareOne(
  invocation: Invocation,
  data: DataWorld,
  { run, mode }: { readonly run: ModelRun; readonly mode: WindowsMode },
): Promise<StageResult<'comparison'>> {
  const { inputs, world, registry } = invocation;
  const exam = await run.exam();
  const history = await findHistory(invocation, exam.configuration.comparison.holdoutBudget);
  const request = {
    setup: run.setup,
    exam,
    windows: await run.windows(mode),
    ...(await findGiven(invocation, run)),
    champion: inputs.text('champion') ?? 'release',
    challengerScores: inputs.text('challenger-scores'),
    championScores: inputs.text('champion-scores'),
    failOn: inputs.choice('fail-on', COMPARISON_FAIL_ON, 'worse'),
  };
  const ports = {
    world,
    engine: await data.engine(),
    scorer: await data.scorer(),
    commands: data.commands,
    registry: await registry(),
    history,
    host: history && (await invocation.host()),
  };
  return runCompareModels(request, ports);
}

/** The model file that was named, or that another job made; neither where this job trained it itself. */
async function findGiven(
  { inputs, world, artifacts }: Invocation,
  { setup }: ModelRun,
): Promise<Pick<CompareRequest, 'challenger' | 'challengerOrigin'>> {
  const challenger = inputs.text('challenger');
  const { upstream } = world.context;
  const references = readArtifactReferences(inputs);
  const follows = upstream?.event === 'pull_request';
  if (challenger !== undefined || (references.length === 0 && !follows)) return { challenger };
  const store = await artifacts();
  if (store === undefined) {
    throw new InputError(
      'artifacts of other jobs cannot be read here (GitHub Enterprise Server, or no runner); download the files in a step before this one, and name the model with the input challenger',
    );
  }
  const place: ModelSource =
    references.length > 0 || upstream === undefined
      ? { kind: 'pinned', references }
      : { kind: 'run', run: upstream.run };
  const path = await takeModel(setup.configuration.model, place, { artifacts: store, world });
  return { challenger: path, challengerOrigin: OTHER_JOB };
}

/** Files that are compared with each other on a laptop ask no server, unless the verdict depends on it. */
async function findHistory(
  { inputs, world, history }: Invocation,
  budget: 'warn' | 'enforce',
): Promise<History | undefined> {
  const champion = inputs.text('champion') ?? 'release';
  const isReleased = champion === 'release' || /^v?\d+\.\d+\.\d+/.test(champion);
  const found = await history();
  const isWanted = found?.isLocal || world.context.event !== 'local' || isReleased || budget === 'enforce';
  return isWanted ? found : undefined;
}
