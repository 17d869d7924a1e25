import { dirname, join, relative, resolve } from 'node:path';
import type { Configuration, Task } from '../core/configuration/configuration.ts';
import { type ConfigurationFlags, FLAG_KEYS } from '../core/configuration/flags.ts';
import { isLockFileName } from '../core/configuration/lock-file-name.ts';
import { configurationFromFlags, parseConfiguration } from '../core/configuration/parse-configuration.ts';
import { InputError } from '../core/errors.ts';
import type { Inputs } from './inputs.ts';
import type { StageWorld } from './stage.ts';

export const DEFAULT_CONFIG = 'contender.yml';
const DEFAULT_EVIDENCE_DIRECTORY = '.contender';

/** One model a stage works on: what its config says, and where things lie. */
export type ModelSetup = {
  readonly configuration: Configuration;
  /** Path of the config as given; undefined when flags stand in its place. */
  readonly configFile: string | undefined;
  /** Absolute directory that paths of the configuration start from. */
  readonly baseDirectory: string;
  readonly evidenceDirectory: string;
};

export type LoadRequest = {
  readonly inputs: Inputs;
  /** Flags of the command line that stand for keys of the config. */
  readonly flags: ConfigurationFlags;
  readonly workingDirectory: string;
  readonly defaultTask?: Task;
  /** Inputs of the stage that say what to work on where there is no config: `data`, `model`, … */
  readonly standIns?: readonly string[];
};

/**
 * The models that `config` names: a path, a glob or a list; flags stand in when there is no config.
 * @throws InputError when a named config is missing or wrong, or two configs name the same model.
 */
export async function loadModels(request: LoadRequest, world: StageWorld): Promise<readonly ModelSetup[]> {
  const { inputs, flags, workingDirectory } = request;
  const named = inputs.list('config');
  const patterns = named.length === 0 ? [DEFAULT_CONFIG] : named;
  const files = (await world.files.find(patterns, workingDirectory)).filter((file) => !isLockFileName(file));
  if (files.length === 0) return [withoutConfig(request, patterns)];
  const setups: ModelSetup[] = [];
  for (const file of files) {
    const path = resolve(workingDirectory, file);
    const text = await world.files.readText(path);
    const baseDirectory = dirname(path);
    const ownFlags = rebasePaths(flags, { workingDirectory, baseDirectory });
    setups.push(setUp(parseConfiguration(text ?? '', file, ownFlags), { file, baseDirectory, inputs }));
  }
  refuseTwins(setups);
  for (const setup of setups) noteUnused(setup, world);
  return setups;
}

function withoutConfig(request: LoadRequest, patterns: readonly string[]): ModelSetup {
  const { inputs, standIns = [] } = request;
  const given =
    Object.values(request.flags).some((value) => value !== undefined) ||
    standIns.some((name) => inputs.text(name) !== undefined);
  if (!given || patterns.join() !== DEFAULT_CONFIG) {
    throw new InputError(
      `no config matches ${patterns.join(', ')}; write a ${DEFAULT_CONFIG} or name one with the input config (--config)`,
    );
  }
  const options = request.defaultTask === undefined ? {} : { defaultTask: request.defaultTask };
  const configuration = configurationFromFlags(request.flags, options);
  return setUp(configuration, {
    file: undefined,
    baseDirectory: request.workingDirectory,
    inputs: request.inputs,
  });
}

function setUp(
  configuration: Configuration,
  place: { readonly file: string | undefined; readonly baseDirectory: string; readonly inputs: Inputs },
): ModelSetup {
  const root = place.inputs.text('evidence-directory') ?? DEFAULT_EVIDENCE_DIRECTORY;
  return {
    configuration,
    configFile: place.file,
    baseDirectory: place.baseDirectory,
    evidenceDirectory: join(root, configuration.model),
  };
}

/** Flags name paths from the working directory, configs from their own. */
function rebasePaths(
  flags: ConfigurationFlags,
  place: { readonly workingDirectory: string; readonly baseDirectory: string },
): ConfigurationFlags {
  const rebase = (path: string) =>
    relative(place.baseDirectory, resolve(place.workingDirectory, path)) || '.';
  const entries = Object.entries(flags).map(([name, value]) => {
    const isPath = FLAG_KEYS[name]?.kind === 'paths' || name === 'features' || name === 'contract';
    if (!isPath || value === undefined) return [name, value];
    const list = (typeof value === 'string' ? [value] : value).flatMap((entry) => entry.split(','));
    return [name, list.map((entry) => rebase(entry.trim())).join(',')];
  });
  return Object.fromEntries(entries);
}

function refuseTwins(setups: readonly ModelSetup[]): void {
  const seen = new Map<string, ModelSetup>();
  for (const setup of setups) {
    const twin = seen.get(setup.configuration.model);
    if (twin) {
      throw new InputError(
        `${twin.configFile} and ${setup.configFile} both name the model ${setup.configuration.model}; give each model a name of its own`,
      );
    }
    seen.set(setup.configuration.model, setup);
  }
}

function noteUnused(setup: ModelSetup, world: StageWorld): void {
  const { notYetUsed } = setup.configuration;
  if (notYetUsed.length === 0) return;
  world.log.info(`${setup.configFile}: accepted but not yet used: ${notYetUsed.join(', ')}`);
}
