import { posix, relative, resolve, sep } from 'node:path';
import type { ModelRun } from '../../stages/model-run.ts';
import type { Invocation } from '../invocation.ts';

/**
 * Whether the data a stage reads are in this repository; values of other data are never printed.
 * @param inputs names of the inputs that may name data in the place of the config.
 */
export async function areDataTracked(
  invocation: Invocation,
  { setup }: ModelRun,
  inputs: readonly string[],
): Promise<boolean> {
  const repository = await invocation.repository();
  const head = await repository?.resolveCommit('HEAD');
  if (repository === undefined || head === undefined) return false;
  const given = inputs
    .flatMap((name) => invocation.inputs.list(name))
    .map((path) => resolve(invocation.workingDirectory, path));
  const { training, holdout, source, reference, current } = setup.configuration.data;
  const declared = [training, holdout, source, reference, current].flatMap((part) => part?.paths ?? []);
  const paths = [...given, ...declared.map((path) => resolve(setup.baseDirectory, path))];
  const patterns = paths.map((path) =>
    posix.normalize(relative(repository.directory, path).split(sep).join('/')),
  );
  if (patterns.length === 0 || patterns.some((pattern) => pattern.startsWith('..'))) return false;
  const found = await Promise.all(patterns.map((pattern) => repository.listFilesAt(head, [pattern])));
  return found.every((files) => files.length > 0);
}
