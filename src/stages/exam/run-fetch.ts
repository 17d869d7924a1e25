import { join } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { DataUnavailableError, InputError, OutsideError } from '../../core/errors.ts';
import { logLine } from '../../core/report/log-text.ts';
import type { Files } from '../../ports/files.ts';
import { isWithoutSecrets } from '../without-secrets.ts';
import type { ExamRequest } from './exam-request.ts';

export type FetchRequest = {
  readonly command: string;
  /** Directory of the config, where the command starts. */
  readonly directory: string;
  /** File that remembers what was fetched. */
  readonly record: string;
  /** Everything that decides what is fetched; equal facts need no second run. */
  readonly facts: unknown;
  /** Makes the place ready; undefined where it always is. */
  readonly place?: { readonly isReady: () => Promise<boolean>; readonly make: () => Promise<void> };
  /** Paths and globs it may bring, from a directory: those that it brought must still be there. */
  readonly brings: { readonly paths: readonly string[]; readonly directory: string };
};

/** A command that waits for ever, such as for a password, must not hold a job for as long as that may run. */
const TIME_LIMIT_SECONDS = 3600;

/**
 * Runs `data.fetch`, unless it ran before on the same pointers and what it brought is still there. Its environment holds what the step was given
 * for data, such as the credentials of a cloud, and no token of the workflow.
 * @throws OutsideError when it fails or takes longer than an hour; DataUnavailableError where secrets are withheld by design.
 */
export async function runFetch(request: ExamRequest, fetch: FetchRequest): Promise<void> {
  const { world, commands } = request;
  const { command, directory, record, place } = fetch;
  const { files, log, context } = world;
  // A run on a server fetches for itself: on a machine that is used again, the data may have moved on.
  const facts = [command, context.run ?? null, context.attempt ?? null, fetch.facts];
  const key = world.sha256(JSON.stringify(facts));
  const isReady = place === undefined || (await place.isReady());
  if (isReady && (await isStillThere(fetch, files, key))) {
    log.info(
      `data.fetch is skipped: its command and pointers are those it ran with (${logLine(command, 200)})`,
    );
    return;
  }
  if (commands === undefined) throw new Error('this stage reads no data, so that it fetches none');
  await files.remove(record);
  await place?.make();
  const result = await log.group('Fetch the data', () =>
    commands.run({
      command,
      directory,
      environment: {},
      timeLimitSeconds: TIME_LIMIT_SECONDS,
      onOutput: (line) => log.info(logLine(line)),
    }),
  );
  if (result.exitCode !== 0) throw fetchFailed(request, command, result);
  await files.write(record, [key, ...(await findBrought(fetch, files))].join('\n'));
}

async function findBrought({ brings }: FetchRequest, files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of brings.paths)
    if ((await files.find([path], brings.directory)).length > 0) found.push(path);
  return found;
}

async function isStillThere(fetch: FetchRequest, files: Files, key: string): Promise<boolean> {
  const [known, ...brought] = ((await files.readText(fetch.record)) ?? '').split('\n');
  if (known !== key) return false;
  const here = new Set(await findBrought(fetch, files));
  return brought.every((path) => here.has(path));
}

function fetchFailed(
  { world }: ExamRequest,
  command: string,
  { exitCode, lastOutput }: { readonly exitCode: number; readonly lastOutput: string },
): Error {
  const words = lastOutput.trim().slice(-1000);
  const failed = `data.fetch ended with code ${exitCode}: ${command}; ${words === '' ? 'it said nothing' : `its last words: ${words}`}`;
  if (!isWithoutSecrets(world.context)) return new OutsideError(failed);
  return new DataUnavailableError(
    `${failed}; runs for forks and Dependabot get no secrets, so that a run on the default branch has to judge`,
  );
}

/** Pointers that may lie beside the data of a config, where no Git tells which there are. */
export async function digestPointers(
  { world }: ExamRequest,
  configuration: Configuration,
  directory: string,
): Promise<readonly (readonly [string, string])[]> {
  const pointers = ['dvc.lock', ...pathsOf(configuration).flatMap(pointersBeside)];
  return await digestFiles({ world }, await world.files.find(pointers, directory), directory);
}

/** SHA-256 of files by their path. */
export async function digestFiles(
  { world }: Pick<ExamRequest, 'world'>,
  paths: readonly string[],
  directory: string,
): Promise<readonly (readonly [string, string])[]> {
  const digests: [string, string][] = [];
  for (const path of paths) digests.push([path, (await world.files.digest(join(directory, path))).sha256]);
  return digests;
}

/** All paths of data that a config names. */
export function pathsOf({ data }: Configuration): readonly string[] {
  const { training, holdout, source, reference, current } = data;
  return [training, holdout, source, reference, current].flatMap((one) => one?.paths ?? []);
}

/** `data/a.csv` may have come from `data/a.csv.dvc` or `data.dvc`. */
function pointersBeside(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}.dvc`);
}

/**
 * Says what to do about data that are not here, where no command may fetch them.
 * @throws InputError or DataUnavailableError naming the first path without a file.
 */
export async function refuseMissing(
  { world }: ExamRequest,
  wanted: { readonly paths: readonly string[]; readonly directory: string; readonly why: string },
): Promise<void> {
  for (const path of wanted.paths) {
    if ((await world.files.find([path], wanted.directory)).length > 0) continue;
    const message = `${path} is not here; ${wanted.why}`;
    throw isWithoutSecrets(world.context) ? new DataUnavailableError(message) : new InputError(message);
  }
}
