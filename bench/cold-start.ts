import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { GITHUB_ONLY_ENTRIES } from '../scripts/imports/rules.ts';
import type { BenchmarkRow } from './benchmark.ts';

const RUNS = 21;

/** Of bare Node's time, for actions that only talk to GitHub. */
const GITHUB_ONLY_LIMIT = 5;

const TIME_LIMIT_MILLISECONDS = 20_000;

/**
 * Wall-clock time of every bundle from start to end in an empty folder, where it stops at its first missing
 * input (the score worker: until it is ready), against a Node that does nothing. Medians of 21, taken in turns.
 */
export async function benchmarkColdStart(
  directory: string = join(import.meta.dirname, '../dist'),
): Promise<readonly BenchmarkRow[]> {
  if (!existsSync(directory)) throw new Error(`${directory} is not built`);
  const workspace = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const nothing = join(workspace, 'nothing.mjs');
    await writeFile(nothing, '');
    const entries = (await readdir(directory)).filter((file) => file.endsWith('.js')).sort();
    const scripts = [nothing, ...entries.map((file) => join(directory, file))];
    const times = await timeInTurns(scripts, workspace);
    const [bare = Number.NaN, ...own] = times.map(median);
    const rows = entries.map((file, index): BenchmarkRow => {
      const { name } = parse(file);
      const value = own[index] ?? Number.NaN;
      const row = { name: `cold start of ${name}`, value, unit: 'ms', ratio: value / bare };
      return GITHUB_ONLY_ENTRIES.includes(name) ? { ...row, limit: GITHUB_ONLY_LIMIT } : row;
    });
    return [{ name: 'cold start of bare node', value: bare, unit: 'ms' }, ...rows];
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function timeInTurns(scripts: readonly string[], workspace: string): Promise<readonly number[][]> {
  const times: number[][] = scripts.map(() => []);
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, script] of scripts.entries()) {
      times[index]?.push(await timeOnce(script, workspace));
    }
  }
  return times;
}

function timeOnce(script: string, workspace: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [script], {
      cwd: workspace,
      env: environmentIn(workspace),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${script} did not end within ${TIME_LIMIT_MILLISECONDS / 1000} s`));
    }, TIME_LIMIT_MILLISECONDS);
    const done = () => {
      clearTimeout(timer);
      resolve(performance.now() - started);
      child.kill('SIGKILL');
    };
    child.on('error', reject);
    child.once('message', done);
    child.once('exit', done);
  });
}

/** An action's environment, with an address for GitHub where nobody answers. */
function environmentIn(workspace: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: workspace,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'octo/models',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_SERVER_URL: 'http://127.0.0.1:9',
    RUNNER_TEMP: workspace,
    RUNNER_TOOL_CACHE: workspace,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) console.table(await benchmarkColdStart(process.argv[2]));
