import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createArtifactStore } from '../../../src/adapters/artifacts/artifact-store.ts';
import { findRuntime } from '../../../src/adapters/artifacts/runtime/find-runtime.ts';
import type { ArtifactStore } from '../../../src/ports/artifact-store.ts';
import type { Permissions } from '../../github-server/access.ts';
import type { GitHubServer } from '../../github-server/server.ts';
import type { WorkflowRun } from '../../github-server/workflow-runs.ts';
import { connect, USER_AGENT } from '../github-adapters/local-github.ts';

export type JobOptions = {
  readonly job?: string;
  /** Tells jobs of one matrix apart. */
  readonly instance?: string;
  /** Of the job's token; without them there is no token. */
  readonly permissions?: Permissions;
  readonly scratch: string;
};

/** The store of one job; the variables of its runner are those of this process until the next job. */
export function openJob(server: GitHubServer, run: WorkflowRun, options: JobOptions): ArtifactStore {
  const { job = 'judge', instance = '', permissions, scratch } = options;
  const environment = { GITHUB_SERVER_URL: server.serverUrl, ...run.environment(job, instance) };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const runtime = findRuntime(environment);
  if ('missing' in runtime) throw new Error(runtime.missing);
  const { repository } = run;
  return createArtifactStore({
    runtime,
    run: String(run.id),
    github: permissions && {
      octokit: connect(server, { repository, permissions }),
      repository: repository.fullName,
    },
    userAgent: USER_AGENT,
    temporaryDirectory: () => mkdtemp(join(scratch, 'archive-')),
    retryMilliseconds: 1,
  });
}

/** A folder of one test. */
export async function makeScratch(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'contender-artifacts-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
