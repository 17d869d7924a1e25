import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Narrator } from '../scripts/demo/narrator.ts';
import { createProposals } from '../scripts/demo/proposals.ts';
import { OWNER, readExample, type Stage } from '../scripts/demo/stage-setting.ts';
import {
  firstRelease,
  mergeAndRelease,
  mergeRetraining,
  monthsPass,
  propose,
  scheduledCheck,
} from '../scripts/demo/story.ts';
import { startGitHub } from '../test/github-server/server.ts';
import type { BenchmarkRow } from './benchmark.ts';

/** The demo ends in under two minutes on two cores. */
const LIMIT_SECONDS = 120;

/** The demo's story with a stopwatch in the place of its narrator: seconds of each job, checkout included. */
export async function benchmarkDemo(): Promise<readonly BenchmarkRow[]> {
  const output = await mkdtemp(join(tmpdir(), 'contender-bench-'));
  const rows: BenchmarkRow[] = [];
  const started = performance.now();
  try {
    await using github = await startGitHub();
    const files = await readExample();
    const settings = { allowActionsToCreatePullRequests: true };
    const repository = await github.createRepository({ owner: OWNER, name: 'fraud', files, settings });
    const config = new TextDecoder().decode(files['contender.yml']);
    await play(
      { github, repository, narrator: createStopwatch(rows), output, runs: 0 },
      createProposals(config),
    );
  } finally {
    await rm(output, { recursive: true, force: true });
  }
  const total = (performance.now() - started) / 1000;
  return [...rows, { name: 'demo, whole story', value: total, unit: 's', limit: LIMIT_SECONDS }];
}

async function play(stage: Stage, proposals: ReturnType<typeof createProposals>): Promise<void> {
  await firstRelease(stage);
  const better = await propose(stage, proposals.better);
  await propose(stage, proposals.worse);
  await propose(stage, proposals.unclear);
  await mergeAndRelease(stage, better.number);
  await monthsPass(stage);
  const retraining = await scheduledCheck(stage);
  await mergeRetraining(stage, retraining.number);
}

function createStopwatch(rows: BenchmarkRow[]): Narrator {
  return {
    chapter: () => undefined,
    say: () => undefined,
    async work(what, run) {
      const started = performance.now();
      const result = await run();
      rows.push({ name: `demo, ${what}`, value: (performance.now() - started) / 1000, unit: 's' });
      return result;
    },
  };
}
