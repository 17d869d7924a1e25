import { basename, resolve } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { isLockFileName } from '../../core/configuration/lock-file-name.ts';
import { parseConfiguration } from '../../core/configuration/parse-configuration.ts';
import type { ExamChange } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import type { BaseRequest } from './exam-request.ts';
import { readTextAt, repositoryPath } from './repository-path.ts';

/** The config of the base branch that judges a model. */
export type BaseConfig = { readonly path: string; readonly text: string };

/** Path of the model's config from the top of the repository, as the change has it. */
export function configPathOf({ repository, setup, configFile, headRoot }: BaseRequest): string {
  const top = { directory: headRoot ?? repository.directory };
  return repositoryPath(top, resolve(setup.baseDirectory, basename(configFile)));
}

/**
 * The base's config at the same path, else the one that names the same model, else the only one that the change
 * deletes: a new file name frees nobody from the rules.
 */
export async function findBaseConfig(
  request: BaseRequest,
  deleted: readonly string[],
): Promise<BaseConfig | undefined> {
  const { repository, base, setup } = request;
  const path = configPathOf(request);
  const text = await readTextAt(repository, base, path);
  if (text !== undefined) return { path, text };
  const configs = await readConfigs(request, await repository.listFilesAt(base, ['**/*.yml', '**/*.yaml']));
  const named = configs.filter((config) => modelNamedBy(config.text) === setup.configuration.model);
  const gone = configs.filter((config) => deleted.includes(config.path));
  const preferred = named.find((config) => deleted.includes(config.path)) ?? named[0];
  return preferred ?? (gone.length === 1 ? gone[0] : undefined);
}

/** Tells that the config is not the file the base has, when it is not. */
export function describeRenaming(request: BaseRequest, config: BaseConfig): readonly ExamChange[] {
  const path = configPathOf(request);
  if (config.path === path) return [];
  return [
    {
      what: path,
      before: config.path,
      after: `a new file; ${config.path} of the base branch judges`,
    },
  ];
}

/** Configs of other models that the change deletes; nothing judges those models any more. */
export async function describeDeleted(
  request: BaseRequest,
  deleted: readonly string[],
  own: string | undefined,
): Promise<readonly ExamChange[]> {
  const others = deleted.filter((path) => path !== own && /\.ya?ml$/i.test(path));
  return (await readConfigs(request, others)).map(({ path, text }) => ({
    what: path,
    before: `the config of the model ${modelNamedBy(text)}`,
    after: 'deleted by this pull request; that model is judged and delivered no more',
  }));
}

/** A base that is broken must not keep the change that mends it from being judged. */
export function readBaseConfiguration({ path, text }: BaseConfig): Configuration | InputError {
  try {
    return parseConfiguration(text, `${path} (base branch)`);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

async function readConfigs(
  { repository, base }: BaseRequest,
  paths: readonly string[],
): Promise<readonly BaseConfig[]> {
  const configs: BaseConfig[] = [];
  for (const path of paths) {
    if (isLockFileName(path) || path.startsWith('.github/')) continue;
    const text = await readTextAt(repository, base, path);
    if (text !== undefined && modelNamedBy(text) !== undefined && /^task:/m.test(text))
      configs.push({ path, text });
  }
  return configs;
}

/** The name at the top level of a config, told without reading the rest, which may be wrong. */
function modelNamedBy(text: string): string | undefined {
  return /^model:\s*["']?([a-z0-9][a-z0-9-]{0,99})["']?\s*(#|$)/m.exec(text)?.[1];
}
