/**
 * A job of a workflow on the local GitHub: checks the repository out as actions/checkout does and runs one
 * action in it. What it does not do: several steps, caches, concurrency.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  issueCommentEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  type WorkflowEvent,
  workflowRunEvent,
} from '../github-server/events.ts';
import type { GitHubServer } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';
import { type ActionResult, runAction } from './runner.ts';

export type JobTrigger =
  | { readonly kind: 'pull_request'; readonly number: number }
  | { readonly kind: 'push'; readonly login: string; readonly before?: string }
  | { readonly kind: 'schedule'; readonly cron: string; readonly login: string }
  /** Follows the run of a pull request. */
  | {
      readonly kind: 'workflow_run';
      readonly number: number;
      readonly upstreamRun: number;
      readonly headCommit?: string;
    }
  | { readonly kind: 'issue_comment'; readonly commentId: number };

export type JobRequest = {
  readonly github: GitHubServer;
  readonly repository: Repository;
  readonly trigger: JobTrigger;
  /** Directory with the `action.yml` to run. */
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** `permissions` of the job. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly run: number;
  /** False for a job that checks nothing out. */
  readonly checkout?: boolean;
  /** Variables of the job. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type JobResult = ActionResult & { readonly workspace: string; readonly seconds: number };

const git = promisify(execFile);

export async function runJob(request: JobRequest): Promise<JobResult> {
  const started = performance.now();
  const { github, repository } = request;
  const event = await eventOf(request);
  const token = github.createToken({ repository, permissions: request.permissions }).value;
  const directory = await mkdtemp(join(tmpdir(), 'contender-job-'));
  const workspace = join(directory, 'workspace');
  if (request.checkout === false) await mkdir(workspace, { recursive: true });
  else await checkOut({ github, repository, event, token, workspace });
  const result = await runAction(request.action, {
    workspace,
    token,
    ...(request.inputs ? { inputs: request.inputs } : {}),
    event: { name: event.environment.GITHUB_EVENT_NAME ?? '', payload: event.payload },
    environment: {
      ...github.environment(repository),
      ...event.environment,
      ...github.actions.run({ repository, id: request.run, headSha: headOf(event) }).environment(),
      GITHUB_RUN_NUMBER: String(request.run),
      ...request.environment,
    },
    timeLimitSeconds: 300,
  });
  return { ...result, workspace, seconds: (performance.now() - started) / 1000 };
}

/** The commit that a run is of: the head of a pull request, not the merge that is checked out. */
function headOf({ payload, environment }: WorkflowEvent): string {
  const pull = payload.pull_request as { readonly head: { readonly sha: string } } | undefined;
  return pull?.head.sha ?? environment.GITHUB_SHA ?? '';
}

function eventOf({ github, repository, trigger }: JobRequest): Promise<WorkflowEvent> {
  const context = github.eventContext(repository);
  switch (trigger.kind) {
    case 'pull_request':
      return pullRequestEvent(context, { number: trigger.number });
    case 'push':
      return pushEvent(context, {
        branch: repository.defaultBranch,
        login: trigger.login,
        ...(trigger.before === undefined ? {} : { before: trigger.before }),
      });
    case 'schedule':
      return scheduleEvent(context, { cron: trigger.cron, login: trigger.login });
    case 'workflow_run':
      return workflowRunEvent(context, { ...trigger, run: trigger.upstreamRun });
    case 'issue_comment':
      return issueCommentEvent(context, { commentId: trigger.commentId });
  }
}

type Checkout = {
  readonly github: GitHubServer;
  readonly repository: Repository;
  readonly event: WorkflowEvent;
  readonly token: string;
  readonly workspace: string;
};

/** One commit deep, with the token in the repository's own configuration: the defaults of actions/checkout. */
async function checkOut({ github, repository, event, token, workspace }: Checkout): Promise<void> {
  await mkdir(workspace, { recursive: true });
  const run = (...args: string[]) =>
    git('git', ['-C', workspace, ...args], { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  await run('init', '--quiet', '--initial-branch', repository.defaultBranch);
  await run('remote', 'add', 'origin', `${github.serverUrl}/${repository.fullName}`);
  await run(
    'config',
    '--local',
    `http.${github.serverUrl}/.extraheader`,
    `AUTHORIZATION: basic ${credentials}`,
  );
  const { GITHUB_REF: ref = '', GITHUB_SHA: sha = '' } = event.environment;
  const local = ref.startsWith('refs/pull/')
    ? ref.replace('refs/pull/', 'refs/remotes/pull/')
    : ref.replace('refs/heads/', 'refs/remotes/origin/');
  await run('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `+${sha}:${local}`);
  await run('checkout', '--quiet', '--force', local);
}
