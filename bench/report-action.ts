import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serializeDocument } from '../src/core/documents/documents.ts';
import { pullRequestEvent } from '../test/github-server/events.ts';
import { type GitHubServer, startGitHub } from '../test/github-server/server.ts';
import type { Repository } from '../test/github-server/state.ts';
import { comparison, training, validation } from '../test/support/documents.ts';
import { runnerEnvironment } from '../test/support/runner-environment.ts';
import type { BenchmarkRow } from './benchmark.ts';
import { measureProcess } from './measured-process.ts';

const RUNS = 11;
/** Of bare Node's time, from start to end with a pull request that has the comment already. */
const START_TO_FINISH_LIMIT = 6;
const MOST_REQUESTS = 3;

/**
 * The action `report-metrics` from start to end against a GitHub on this machine, on a pull request whose comment
 * says all this already and on one that has none, against a Node that does nothing. Medians, taken in turns.
 */
export async function benchmarkReportAction(): Promise<readonly BenchmarkRow[]> {
  const bundle = join(import.meta.dirname, '../dist/report-metrics.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is not built`);
  const directory = await mkdtemp(join(tmpdir(), 'report-action-'));
  const github = await startGitHub();
  try {
    const setting = await prepare(github, directory);
    const nothing = join(directory, 'nothing.mjs');
    await writeFile(nothing, '');
    const run = () => time([bundle], directory, setting.environment);
    await run();
    const before = github.requests.length;
    await run();
    const requests = github.requests.length - before;
    const times = { bare: [] as number[], again: [] as number[], first: [] as number[] };
    for (let turn = 0; turn < RUNS; turn += 1) {
      times.bare.push(await time([nothing], directory, {}));
      times.again.push(await run());
      for (const id of [...setting.repository.comments.keys()]) setting.repository.comments.delete(id);
      times.first.push(await run());
    }
    const bare = median(times.bare);
    const [again, first] = [median(times.again), median(times.first)];
    return [
      { name: 'bare node, start to end', value: bare, unit: 'ms' },
      {
        ...{ name: 'report-metrics with nothing new, start to end', value: again, unit: 'ms' },
        ...{ ratio: again / bare, limit: START_TO_FINISH_LIMIT },
      },
      {
        ...{ name: 'report-metrics with a new comment, start to end', value: first, unit: 'ms' },
        ratio: first / bare,
      },
      {
        ...{ name: 'requests of a comment with nothing new', value: requests, unit: 'requests' },
        limit: MOST_REQUESTS,
      },
    ];
  } finally {
    await github.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function prepare(
  github: GitHubServer,
  directory: string,
): Promise<{ repository: Repository; environment: Readonly<Record<string, string>> }> {
  const repository = await github.createRepository({ owner: 'acme', name: 'fraud', files: { a: '1' } });
  const ada = github.as('ada');
  const head = await ada.push(repository, { branch: 'topic', message: 'topic', files: { b: '2' } });
  const { number } = await ada.openPullRequest(repository, { title: 'topic', head: 'topic' });
  const source = { headCommit: head, run: '1' };
  for (const document of [comparison({ source }), training({ source }), validation({ source })]) {
    const folder = join(directory, '.contender', document.model);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${document.kind}.json`), serializeDocument(document));
  }
  const event = await pullRequestEvent(github.eventContext(repository), { number });
  const payload = join(directory, 'event.json');
  await writeFile(payload, JSON.stringify(event.payload));
  const permissions = { contents: 'write', 'pull-requests': 'write', statuses: 'write' } as const;
  const files = Object.fromEntries(
    ['OUTPUT', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(directory, name)]),
  );
  for (const file of Object.values(files)) await writeFile(file, '');
  return {
    repository,
    environment: {
      ...runnerEnvironment(directory, join(directory, 'temp')),
      ...github.environment(repository),
      ...event.environment,
      ...files,
      GITHUB_EVENT_PATH: payload,
      'INPUT_GITHUB-TOKEN': github.createToken({ repository, permissions }).value,
    },
  };
}

async function time(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  return (await measureProcess(process.execPath, args, { cwd, environment })).seconds * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) console.table(await benchmarkReportAction());
