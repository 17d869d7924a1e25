import { readFileSync } from 'node:fs';
import { InputError } from '../../core/errors.ts';
import type { RunContext } from '../../ports/runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const EVENTS = [
  'pull_request',
  'push',
  'schedule',
  'workflow_dispatch',
  'merge_group',
  'workflow_run',
] as const;
const NO_COMMIT = /^0+$/;

/** Reads the event of this run from the file the runner names, and the context from both. */
export function loadRunContext(environment: Environment): RunContext {
  const file = environment.GITHUB_EVENT_PATH;
  if (file === undefined || file === '') return readRunContext(environment, {});
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new InputError(
      `the event of this run (GITHUB_EVENT_PATH) cannot be read: ${(cause as Error).message}`,
      {
        location: { file },
        cause,
      },
    );
  }
  return readRunContext(environment, payload);
}

/** Where and why this run happens, from the runner's variables and the payload of the event. */
export function readRunContext(environment: Environment, eventPayload: unknown): RunContext {
  const payload = new Payload(eventPayload);
  const event = eventOf(environment);
  const commit = filled(environment.GITHUB_SHA);
  const repository = filled(environment.GITHUB_REPOSITORY);
  const serverUrl = filled(environment.GITHUB_SERVER_URL) ?? 'https://github.com';
  const run = filled(environment.GITHUB_RUN_ID);
  const branch = payload.text('repository', 'default_branch');
  return withoutUndefined({
    event,
    repository,
    serverUrl,
    run,
    runUrl: run && repository ? `${serverUrl}/${repository}/actions/runs/${run}` : undefined,
    attempt: filled(environment.GITHUB_RUN_ATTEMPT),
    job: filled(environment.GITHUB_JOB),
    commit,
    ...commitsOf(event, payload, commit),
    pullRequest: event === 'pull_request' ? payload.number('pull_request', 'number') : undefined,
    untrusted: isUntrusted(event, payload, environment),
    defaultBranch:
      event === 'push' && branch !== undefined && environment.GITHUB_REF === `refs/heads/${branch}`,
    schedule: event === 'schedule' ? payload.text('schedule') : undefined,
  });
}

function eventOf(environment: Environment): RunContext['event'] {
  if (environment.GITHUB_ACTIONS !== 'true') return 'local';
  return EVENTS.find((event) => event === environment.GITHUB_EVENT_NAME) ?? 'other';
}

type Commits = {
  headCommit: string | undefined;
  baseCommit?: string | undefined;
  beforeCommit?: string | undefined;
};

function commitsOf(event: RunContext['event'], payload: Payload, commit: string | undefined): Commits {
  switch (event) {
    case 'pull_request':
      return {
        headCommit: payload.text('pull_request', 'head', 'sha') ?? commit,
        baseCommit: payload.text('pull_request', 'base', 'sha'),
      };
    case 'merge_group':
      return {
        headCommit: payload.text('merge_group', 'head_sha') ?? commit,
        baseCommit: payload.text('merge_group', 'base_sha'),
      };
    case 'workflow_run':
      return { headCommit: payload.text('workflow_run', 'head_sha') };
    case 'push': {
      const before = payload.text('before');
      return {
        headCommit: commit,
        // All zeros when the push made the branch.
        beforeCommit: before !== undefined && NO_COMMIT.test(before) ? undefined : before,
      };
    }
    default:
      return { headCommit: commit };
  }
}

/** A head repository that was deleted is nobody's we know, so it counts as foreign. */
function isUntrusted(event: RunContext['event'], payload: Payload, environment: Environment): boolean {
  const repository = filled(environment.GITHUB_REPOSITORY) ?? payload.text('repository', 'full_name');
  if (event === 'workflow_run')
    return payload.text('workflow_run', 'head_repository', 'full_name') !== repository;
  if (event !== 'pull_request') return false;
  const actor = filled(environment.GITHUB_ACTOR) ?? payload.text('sender', 'login');
  return (
    actor === 'dependabot[bot]' || payload.text('pull_request', 'head', 'repo', 'full_name') !== repository
  );
}

/** The payload is what the server sent: every step into it may find something else. */
class Payload {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  text(...keys: readonly string[]): string | undefined {
    const value = this.#at(keys);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(...keys: readonly string[]): number | undefined {
    const value = this.#at(keys);
    return typeof value === 'number' ? value : undefined;
  }

  #at(keys: readonly string[]): unknown {
    return keys.reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      this.#value,
    );
  }
}

function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

type Defined<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const defined = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Defined<Fields>;
}
