import type { ModelRun, WindowsMode } from '../../stages/model-run.ts';
import type { StageResult } from '../../stages/stage.ts';
import { runTrainModel } from '../../stages/training/train-model.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';

export const WINDOWS_MODES = ['frozen', 'new'] as const;

/** The action `train-model` and the command of the same name. */
export function driveTrainModel(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  return forEachModel('training', invocation, {
    prepare: () => prepareModels(invocation, { data }),
    run: (run) =>
      trainOne(invocation, data, { run, mode: invocation.inputs.choice('windows', WINDOWS_MODES, 'frozen') }),
  });
}

export async function trainOne(
  { inputs, world }: Invocation,
  data: DataWorld,
  { run, mode }: { readonly run: ModelRun; readonly mode: WindowsMode },
): Promise<StageResult<'training'>> {
  await run.provideHead();
  const request = {
    setup: run.setup,
    exam: await run.exam(),
    windows: await run.windows(mode),
    seed: inputs.count('seed'),
    cache: inputs.flag('cache', true),
  };
  const ports = { world, engine: await data.engine(), scorer: await data.scorer(), commands: data.commands };
  const result = await world.log.group('Train the challenger', () => runTrainModel(request, ports));
  if (request.exam.configuration.training?.kind === 'command') await run.renewExam();
  return result;
}
