import { DRIFT_FAIL_ON, runCheckDrift } from '../../stages/drift/check-drift.ts';
import type { ModelRun } from '../../stages/model-run.ts';
import type { StageResult } from '../../stages/stage.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';
import { areDataTracked } from './tracked-data.ts';

/** The action `check-drift` and the command of the same name. */
export function driveCheckDrift(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  return forEachModel('drift', invocation, {
    prepare: () =>
      prepareModels(invocation, { data, defaultTask: 'binary-classification', standIns: ['current'] }),
    run: (run) => checkOne(invocation, data, run),
  });
}

export async function checkOne(
  invocation: Invocation,
  data: DataWorld,
  run: ModelRun,
): Promise<StageResult<'drift'>> {
  const { inputs, world, workingDirectory } = invocation;
  await run.provideHead();
  const request = {
    setup: run.setup,
    exam: await run.exam(),
    workingDirectory,
    reference: inputs.list('reference'),
    current: inputs.list('current'),
    model: inputs.text('model'),
    failOn: inputs.choice('fail-on', DRIFT_FAIL_ON, 'never'),
    dataTracked: await areDataTracked(invocation, run, ['reference', 'current']),
  };
  const ports = {
    world,
    engine: await data.engine(),
    scorer: await data.scorer(),
    registry: await invocation.registry(),
  };
  return world.log.group('Check for drift', () => runCheckDrift(request, ports));
}
