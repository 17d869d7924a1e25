/**
 * The environment git runs in: it never asks, never runs a hook or a helper of the repository, and gets
 * its settings and credentials by variables, since arguments and addresses end up in logs.
 */

type Environment = Readonly<Record<string, string | undefined>>;

const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['protocol.ext.allow', 'never'],
  ['advice.detachedHead', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

export function gitEnvironment(environment: Environment, directory: string): Environment {
  const settings: (readonly [string, string])[] = [
    ...SETTINGS,
    // A container job runs as another user than the one who owns the checkout.
    ['safe.directory', directory],
  ];
  const quiet = {
    ...environment,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    // Set while a hook runs; they would point git at another repository than `directory`.
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
  };
  return withSettings(quiet, settings);
}

/** The header that proves a token to one server, and to no other. */
export function withToken(environment: Environment, address: string, token: string): Environment {
  const { origin } = new URL(address);
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  return withSettings(environment, [[`http.${origin}/.extraheader`, `AUTHORIZATION: basic ${credentials}`]]);
}

/** Adds settings behind those the environment already brings in this way. */
function withSettings(
  environment: Environment,
  settings: readonly (readonly [string, string])[],
): Environment {
  const present = Number.parseInt(environment.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  const added = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${present + index}`, key],
    [`GIT_CONFIG_VALUE_${present + index}`, value],
  ]);
  return {
    ...environment,
    ...Object.fromEntries(added),
    GIT_CONFIG_COUNT: String(present + settings.length),
  };
}
