/** The repository of the story, and what its people and jobs do in it. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitHubServer } from '../../test/github-server/server.ts';
import type { Repository } from '../../test/github-server/state.ts';
import { type JobResult, type JobTrigger, runJob } from '../../test/support/workflow-job.ts';
import type { Narrator } from './narrator.ts';

export const OWNER = 'acme-bank';
export const MODEL = 'fraud-detector';

const EXAMPLE = join(import.meta.dirname, '../../examples/fraud');
const ROOT_ACTION = join(import.meta.dirname, '../..');

export type Stage = {
  readonly github: GitHubServer;
  readonly repository: Repository;
  readonly narrator: Narrator;
  readonly output: string;
  runs: number;
};

/** What the workflow of the example grants its one job. */
const PERMISSIONS = {
  contents: 'write',
  'pull-requests': 'write',
  statuses: 'write',
  issues: 'write',
  actions: 'read',
} as const;

/** The files of the example that a user would copy, by path. */
export async function readExample(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const entry of await readdir(EXAMPLE, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const relative = path.slice(EXAMPLE.length + 1);
    if (entry.isFile() && !relative.startsWith('later/')) files[relative] = await readFile(path);
  }
  return files;
}

export function examplePath(path: string): string {
  return join(EXAMPLE, path);
}

/** Runs the workflow for an event and fails the demo when the job dies of anything but a verdict. */
export async function runWorkflow(stage: Stage, what: string, trigger: JobTrigger): Promise<JobResult> {
  stage.runs++;
  const { github, repository, narrator } = stage;
  const run = stage.runs;
  const job = await narrator.work(what, () =>
    runJob({ github, repository, trigger, action: ROOT_ACTION, permissions: PERMISSIONS, run }),
  );
  if (job.exitCode > 1) throw new Error(`the job ended with code ${job.exitCode}:\n${job.log}`);
  return job;
}

/** Keeps the report and the evidence of a job among the output. */
export async function keepEvidence(stage: Stage, name: string, job: JobResult): Promise<void> {
  const from = join(job.workspace, '.contender');
  const to = join(stage.output, 'evidence', name);
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true });
}

/** The bot's comment on a pull request, also kept as Markdown. */
export async function keepComment(stage: Stage, number: number): Promise<string> {
  const comments = [...stage.repository.comments.values()].filter(
    (comment) => comment.issueNumber === number && comment.author.login === 'github-actions[bot]',
  );
  const body = comments[0]?.body;
  if (body === undefined) throw new Error(`pull request ${number} has no comment of the bot`);
  await mkdir(join(stage.output, 'comments'), { recursive: true });
  await writeFile(join(stage.output, 'comments', `pull-request-${number}.md`), body);
  return body;
}

/** Published releases as folders, one for each tag. */
export async function keepReleases(stage: Stage): Promise<void> {
  for (const release of stage.repository.releases.values()) {
    if (release.draft) continue;
    const directory = join(stage.output, 'releases', release.tagName);
    await mkdir(directory, { recursive: true });
    for (const asset of release.assets) await writeFile(join(directory, asset.name), asset.data);
  }
}

export function latestStatus(stage: Stage, commit: string): { state: string; description: string } {
  const statuses = stage.repository.statuses.filter((status) => status.sha === commit);
  const newest = statuses.at(-1);
  if (newest === undefined) throw new Error(`commit ${commit} has no status`);
  return { state: newest.state, description: newest.description ?? '' };
}
