type Environment = Readonly<Record<string, string | undefined>>;

/** What a job needs to talk to the artifact service of its own run. */
export type ArtifactRuntime = {
  /** Origin of the service. */
  readonly url: string;
  readonly token: string;
  /** The run and the job as the service knows them; they have nothing to do with their numbers elsewhere. */
  readonly runId: string;
  readonly jobId: string;
};

/** Why a job has no artifact service. */
export type MissingRuntime = { readonly missing: string };

const SCOPE = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)(?: |$)/;

/**
 * Reads from the runner's variables how the artifact service is reached. GitHub Enterprise Server has none that
 * the library can talk to, and runners such as act have none at all.
 */
export function findRuntime(environment: Environment): ArtifactRuntime | MissingRuntime {
  if (!isSupported(environment.GITHUB_SERVER_URL || 'https://github.com')) {
    return { missing: 'GitHub Enterprise Server has no artifact service for actions like this one' };
  }
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: address } = environment;
  if (!token || !address || !URL.canParse(address)) {
    return {
      missing: 'this runner has no artifact service (no ACTIONS_RUNTIME_TOKEN, no ACTIONS_RESULTS_URL)',
    };
  }
  const [, runId, jobId] = SCOPE.exec(readScopes(token)) ?? [];
  if (runId === undefined || jobId === undefined) {
    return { missing: 'the ACTIONS_RUNTIME_TOKEN of this runner is for no artifact service' };
  }
  return { url: new URL(address).origin, token, runId, jobId };
}

/** The same hosts that `@actions/artifact` accepts. */
function isSupported(serverUrl: string): boolean {
  if (!URL.canParse(serverUrl)) return false;
  const host = new URL(serverUrl).hostname.toLowerCase();
  return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}

/** The token's own claims; the service checks its signature, not we. */
function readScopes(token: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const scopes = typeof claims === 'object' && claims !== null && 'scp' in claims ? claims.scp : undefined;
    return typeof scopes === 'string' ? scopes : '';
  } catch {
    return '';
  }
}
