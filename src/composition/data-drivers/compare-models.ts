import type { History } from '../../ports/history.ts';
import { COMPARISON_FAIL_ON, runCompareModels } from '../../stages/comparison/compare-models.ts';
import type { ModelRun, WindowsMode } from '../../stages/model-run.ts';
import type { StageResult } from '../../stages/stage.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';
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
  return forEachModel('comparison', invocation, {
    async prepare() {
      const runs = await prepareModels(invocation, { data });
      await options.checkFirst?.(runs);
      return runs;
    },
    run: (run) =>
      compareOne(invocation, data, {
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
    challenger: inputs.text('challenger'),
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
