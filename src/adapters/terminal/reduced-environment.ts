/**
 * The environment a command of the user runs in. It keeps what a program needs (and the credentials a
 * user gave it for data, such as those of a cloud), and loses what speaks for the workflow: tokens of
 * GitHub and of package registries, the runner's service, the inputs of the action, and the files through
 * which a step changes the steps after it.
 */

const REMOVED: readonly RegExp[] = [
  /^(GITHUB|GH)_(ENTERPRISE_)?TOKEN$/,
  /^GITHUB_(PAT|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|ARTIFACTS|ARTIFACTS_LIST)$/,
  /^(ACTIONS|INPUT|STATE)_/,
  /^(NODE_AUTH_TOKEN|NPM_TOKEN|YARN_NPM_AUTH_TOKEN)$/,
  // `npm_config_//registry.example/:_authToken` and its relatives.
  /^npm_config_.*(auth|token|password|username)/,
  // Settings of git can carry an Authorization header.
  /^GIT_(CONFIG_(COUNT|KEY_\d+|VALUE_\d+|PARAMETERS)|ASKPASS)$/,
  /^SSH_ASKPASS$/,
];

export function reducedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !REMOVED.some((name) => new RegExp(name, 'i').test(entry[0])),
  );
  return Object.fromEntries(kept);
}
