import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Calibration, MetricCalibration, VerdictCounts } from '../src/core/calibration/calibration.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { RETRAINING_DATA, type RetrainingData } from './retraining-data.ts';

const COMMAND = resolve(import.meta.dirname, '../src/entries/contender.ts');
const SHARED = resolve(import.meta.dirname, '../../shared');
const RETRAININGS = 12;
/** Where the seeds of the second dozen begin. */
const OTHER_SEED = 101;
/** At most one in five may be undecided or worse. */
const LIMIT = RETRAININGS / 5;

/**
 * Does the margin hold that calibrate proposes? On public data sets a champion is trained, a margin proposed from
 * twelve retrainings, written into the config, and twelve others are judged with it.
 */
export async function benchmarkRetrainings(): Promise<Benchmark> {
  if (!existsSync(join(SHARED, 'data/tabular'))) throw new Error(`the public data sets are not in ${SHARED}`);
  const rows: BenchmarkRow[] = [];
  const notes: string[] = [];
  for (const data of RETRAINING_DATA) {
    const folder = await mkdtemp(join(tmpdir(), 'contender-bench-'));
    try {
      const measured = await measure(data, folder);
      rows.push(...measured.rows);
      notes.push(...measured.notes);
    } catch (error) {
      notes.push(`${data.name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { rows, notes };
}

async function measure(data: RetrainingData, folder: string): Promise<Benchmark> {
  await data.lay(folder, SHARED);
  await run(['train-model', '--output', 'champion.onnx'], folder);
  const first = await calibrate(folder, []);
  const proposed = first.metrics.flatMap(({ name, margins, meaning }) =>
    margins.proposed && meaning?.resolvable === true ? [`${name}: ${margins.proposed.margin}`] : [],
  );
  // The comparison is the last line of the config.
  const config = join(folder, 'contender.yml');
  const text = await readFile(config, 'utf8');
  const closing = text.lastIndexOf('}');
  await writeFile(config, `${text.slice(0, closing)}, margins: {${proposed.join(', ')}}}\n`);
  const other = await calibrate(folder, ['--seed', String(OTHER_SEED)]);
  const described = other.metrics.map((metric) => describe(data.name, metric));
  return { rows: described.flatMap(({ rows }) => rows), notes: described.map(({ note }) => note) };
}

async function calibrate(folder: string, more: readonly string[]): Promise<Calibration> {
  const args = ['calibrate', '--champion', 'champion.onnx', '--retrainings', String(RETRAININGS), ...more];
  await run([...args, '--output', 'calibration.json'], folder);
  return JSON.parse(await readFile(join(folder, 'calibration.json'), 'utf8')) as Calibration;
}

function describe(name: string, { name: metric, margins }: MetricCalibration) {
  const kinds = [
    ['default', margins.default],
    ['calibrated', margins.configured],
  ] as const;
  const rows = kinds.flatMap(([kind, judged]): BenchmarkRow[] =>
    judged === undefined
      ? []
      : [
          {
            name: `${name} ${metric}, ${kind} margin ${Number(judged.margin.toPrecision(2))}: undecided or worse of ${RETRAININGS} others`,
            value: judged.verdicts.inconclusive + judged.verdicts.worse,
            unit: 'models',
            ...(kind === 'calibrated' ? { limit: LIMIT } : {}),
          },
        ],
  );
  const counts = kinds.map(([kind, judged]) =>
    judged === undefined
      ? `no ${kind} margin`
      : `${kind} ${Number(judged.margin.toPrecision(2))}: ${listCounts(judged.verdicts)}`,
  );
  return { rows, note: `${name} ${metric}: ${counts.join('; ')}` };
}

function listCounts(verdicts: VerdictCounts): string {
  return Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}

function run(args: readonly string[], directory: string): Promise<void> {
  return new Promise((done, reject) => {
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
      if (code === 0) done();
      else reject(new Error(`contender ${args.join(' ')} ended with code ${code}:\n${said}`));
    });
  });
}
