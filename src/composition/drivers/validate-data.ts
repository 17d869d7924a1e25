import { posix, relative, resolve, sep } from 'node:path';
import type { ModelRun } from '../../stages/model-run.ts';
import type { StageResult } from '../../stages/stage.ts';
import { runValidateData, VALIDATION_FAIL_ON } from '../../stages/validate-data.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from './prepare-models.ts';

/** The action `validate-data` and the command of the same name. */
export function driveValidateData(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  return forEachModel('validation', invocation, {
    prepare: () => prepareModels(invocation, { data, defaultTask: 'binary-classification' }),
    run: (run) => validateOne(invocation, data, run),
  });
}

export async function validateOne(
  invocation: Invocation,
  data: DataWorld,
  run: ModelRun,
): Promise<StageResult<'validation'>> {
  const { inputs, world, workingDirectory } = invocation;
  const request = {
    setup: run.setup,
    exam: await run.exam(),
    workingDirectory,
    data: inputs.list('data'),
    contract: inputs.text('contract'),
    failOn: inputs.choice('fail-on', VALIDATION_FAIL_ON, 'error'),
    dataTracked: await isTracked(invocation, run),
  };
  const engine = await data.engine();
  return world.log.group('Validate the data', () => runValidateData(request, { world, engine }));
}

/** Whether the data are in this repository; values of other data are never printed. */
async function isTracked(invocation: Invocation, { setup }: ModelRun): Promise<boolean> {
  const repository = await invocation.repository();
  if (repository === undefined) return false;
  const { training, holdout, source } = setup.configuration.data;
  const given = invocation.inputs.list('data').map((path) => resolve(invocation.workingDirectory, path));
  const declared = [training, holdout, source].flatMap((part) => part?.paths ?? []);
  const paths = given.length > 0 ? given : declared.map((path) => resolve(setup.baseDirectory, path));
  const patterns = paths.map((path) =>
    posix.normalize(relative(repository.directory, path).split(sep).join('/')),
  );
  if (patterns.length === 0 || patterns.some((pattern) => pattern.startsWith('..'))) return false;
  const head = await repository.resolveCommit('HEAD');
  if (head === undefined) return false;
  const found = await Promise.all(patterns.map((pattern) => repository.listFilesAt(head, [pattern])));
  return found.every((files) => files.length > 0);
}
