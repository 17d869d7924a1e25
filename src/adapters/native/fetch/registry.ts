import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OutsideError } from '../../../core/errors.ts';
import type { Environment } from '../options.ts';
import { type NpmSettings, readNpmSettings } from './npmrc.ts';

const NPM_TIME_LIMIT_MILLISECONDS = 20_000;

/** What npm needs to start and to find its own settings; no token is among it. */
const NPM_VARIABLES =
  /^(PATH|PATHEXT|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|COMSPEC|TEMP|TMP|TMPDIR|npm_config_.*)$/i;

export type Registry = {
  /** With a slash at its end. */
  readonly url: string;
  /** Value of the `authorization` header. */
  readonly authorization?: string;
  /** Certificates of the authorities that are trusted instead of Node's own, as PEM (npm's `cafile`). */
  readonly certificates?: string;
};

export type Registries = { readonly registryOf: (packageName: string) => Registry };

/**
 * Finds the package registry as npm would: a registry of the package's scope in an `.npmrc`, else
 * `npm_config_registry`, else `registry` in the `.npmrc` of project, user or machine, else what npm answers.
 *
 * Credentials are taken for the address they were written for. The `.npmrc` of the project may hold whatever a
 * pull request put there, so no variable of the environment is filled into it: a line with one is left out.
 * @throws OutsideError when nothing names a registry.
 */
export async function findRegistries(
  environment: Environment,
  projectDirectory: string,
): Promise<Registries> {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  const variable = npmVariables(environment);
  const layers: readonly NpmSettings[] = [
    await readNpmSettings(join(projectDirectory, '.npmrc'), undefined),
    await readNpmSettings(variable('userconfig') ?? join(home, '.npmrc'), environment),
    ...(variable('globalconfig') ? [await readNpmSettings(variable('globalconfig') ?? '', environment)] : []),
  ];
  const setting = (key: string) => lookUp(layers, key);
  const named = variable('registry') ?? setting('registry');
  const general = named ?? (await askNpm(environment, projectDirectory));
  const trust = await readCertificates(variable('cafile') ?? lookUp(layers.slice(1), 'cafile'));
  return {
    registryOf(packageName) {
      const scope = /^(@[^/]+)\//.exec(packageName)?.[1];
      const address = (scope && setting(`${scope}:registry`)) || general;
      if (!address) throw noRegistry(packageName);
      return { ...withCredentials(checkAddress(address), setting), ...trust };
    },
  };
}

function lookUp(layers: readonly NpmSettings[], key: string): string | undefined {
  return layers.find((layer) => layer.has(key))?.get(key);
}

async function readCertificates(path: string | undefined): Promise<Pick<Registry, 'certificates'>> {
  if (path === undefined) return {};
  try {
    return { certificates: await readFile(path, 'utf8') };
  } catch (cause) {
    throw new OutsideError(`cafile of npm's settings names ${path}, which cannot be read`, { cause });
  }
}

/** npm reads its variables in any case, with dashes and underscores alike. */
function npmVariables(environment: Environment): (key: string) => string | undefined {
  const found = new Map(
    Object.entries(environment).map(([name, value]) => [name.toLowerCase().replaceAll('-', '_'), value]),
  );
  return (key) => found.get(`npm_config_${key}`) || undefined;
}

function checkAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new OutsideError(
      `the package registry is set to ${JSON.stringify(address)}, which is no http or https address: ` +
        'set npm_config_registry or the line registry= of .npmrc',
    );
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** npm writes credentials under the address without its protocol, or under any folder above it. */
function withCredentials(url: string, setting: (key: string) => string | undefined): Registry {
  const { host, pathname } = new URL(url);
  const folders = pathname.split('/').slice(0, -1);
  for (let depth = folders.length; depth > 0; depth -= 1) {
    const place = `//${host}${folders.slice(0, depth).join('/')}/`;
    const token = setting(`${place}:_authToken`);
    if (token) return { url, authorization: `Bearer ${token}` };
    const basic = setting(`${place}:_auth`);
    if (basic) return { url, authorization: `Basic ${basic}` };
  }
  return { url };
}

async function askNpm(environment: Environment, directory: string): Promise<string | undefined> {
  const kept = Object.entries(environment).filter(([name]) => NPM_VARIABLES.test(name));
  return new Promise((resolve) => {
    execFile(
      'npm',
      ['config', 'get', 'registry'],
      {
        cwd: directory,
        env: Object.fromEntries(kept),
        timeout: NPM_TIME_LIMIT_MILLISECONDS,
        // On Windows npm is a batch file, which only a shell can start; the arguments are fixed.
        shell: process.platform === 'win32',
      },
      (error, output) => {
        const answer = output.trim().split('\n').at(-1)?.trim();
        resolve(error !== null || !answer || answer === 'undefined' ? undefined : answer);
      },
    );
  });
}

function noRegistry(packageName: string): OutsideError {
  return new OutsideError(
    `${packageName} has to be fetched, but no package registry is known: set npm_config_registry, write ` +
      'registry= into .npmrc, install npm, or name a folder that holds the package in runtime-directory',
  );
}
