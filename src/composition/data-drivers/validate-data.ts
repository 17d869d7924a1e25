import { createHmac, randomBytes } from 'node:crypto';
import type { ModelRun } from '../../stages/model-run.ts';
import type { StageResult } from '../../stages/stage.ts';
import { runValidateData } from '../../stages/validation/validate-data.ts';
import { VALIDATION_FAIL_ON } from '../../stages/validation/validate-request.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';
import { areDataTracked } from './tracked-data.ts';

/** The action `validate-data` and the command of the same name. */
export function driveValidateData(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  return forEachModel('validation', invocation, {
    prepare: () =>
      prepareModels(invocation, { data, defaultTask: 'binary-classification', standIns: ['data'] }),
    run: (run) => validateOne(invocation, data, run),
  });
}

export async function validateOne(
  invocation: Invocation,
  data: DataWorld,
  run: ModelRun,
): Promise<StageResult<'validation'>> {
  const { inputs, world, workingDirectory } = invocation;
  await run.provideHead();
  const request = {
    setup: run.setup,
    exam: await run.exam(),
    workingDirectory,
    data: inputs.list('data'),
    contract: inputs.text('contract'),
    failOn: inputs.choice('fail-on', VALIDATION_FAIL_ON, 'error'),
    dataTracked: await areDataTracked(invocation, run, ['data']),
  };
  const engine = await data.engine();
  const repository = await invocation.repository();
  const key = randomBytes(32);
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  return world.log.group('Validate the data', () =>
    runValidateData(request, { world, engine, repository, hash }),
  );
}
