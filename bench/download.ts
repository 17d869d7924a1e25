import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { BenchmarkRow } from './benchmark.ts';

const ROOT = join(import.meta.dirname, '..');

/** What every job downloads before its first line runs. */
const LIMIT_MEGABYTES = 3;

/** GitHub serves the tree of a commit as `git archive` packs it, which leaves out what is marked export-ignore. */
export async function benchmarkDownload(): Promise<readonly BenchmarkRow[]> {
  const git = spawn('git', ['archive', '--format=tar', 'HEAD'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => git.on('close', resolve));
  let bytes = 0;
  for await (const chunk of git.stdout.pipe(createGzip())) bytes += (chunk as Buffer).length;
  if ((await ended) !== 0) throw new Error('git archive failed: is this a clone?');
  const name = 'repository as a job downloads it, gzipped';
  return [{ name, value: bytes / 1e6, unit: 'MB', limit: LIMIT_MEGABYTES }];
}
