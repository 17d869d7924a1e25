import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkRow } from './benchmark.ts';

const ROOT = join(import.meta.dirname, '..');
const COMMAND = join(ROOT, 'dist/contender.js');

/** Training on files of its own needs a holdout of its own. */
const HOLDOUT = ['--holdout', 'data/transactions-2020-h1.parquet'];

/** Each run is a process of its own, started as a user starts it. */
const RUNS: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'validate-data', args: ['validate-data', '--fail-on', 'never'] },
  {
    name: 'train-model of a champion on one year',
    args: [
      'train-model',
      '--training',
      'data/transactions-2019.parquet',
      ...HOLDOUT,
      '--output',
      'champion.onnx',
    ],
  },
  { name: 'train-model', args: ['train-model', '--cache', 'false'] },
  {
    name: 'compare-models, four metrics without slices',
    args: [...compare('average_precision,roc_auc,log_loss,brier_score'), '--slices', ''],
  },
  { name: 'compare-models, as the example is', args: compare() },
  {
    name: 'check-drift of a half-year',
    args: ['check-drift', '--model', 'champion.onnx', '--current', 'later/*.parquet'],
  },
  { name: 'report-metrics, HTML', args: ['report-metrics', '--format', 'html', '--output', 'report.html'] },
];

/** Wall-clock time of each stage of the command on the example: start, natives, data, work, document. */
export async function benchmarkStages(): Promise<readonly BenchmarkRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'contender-bench-'));
  try {
    await cp(join(ROOT, 'examples/fraud'), folder, { recursive: true });
    const rows: BenchmarkRow[] = [];
    for (const { name, args } of RUNS) {
      const started = performance.now();
      await run(args, folder);
      rows.push({ name: `stage ${name}`, value: (performance.now() - started) / 1000, unit: 's' });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compare(metrics?: string): readonly string[] {
  const own = metrics === undefined ? [] : ['--metrics', metrics];
  return ['compare-models', '--champion', 'champion.onnx', '--fail-on', 'never', ...own];
}

function run(args: readonly string[], directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`contender ${args.join(' ')} ended with code ${code}:\n${said}`));
    });
  });
}
