import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../scripts/build/bundle.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { type MeasuredProcess, measureProcess } from './measured-process.ts';
import { writeMixedFile, writeNumbersFile } from './scoring-data.ts';
import { type ScoringModel, writeScoringModels } from './scoring-models.ts';

const ROOT = join(import.meta.dirname, '..');
const PEER = join(ROOT, 'scripts/reference/onnxruntime-scoring.py');

const ROWS = 1_000_000;
const MANY_ROWS = 10_000_000;
const RUNS = 3;

/** Ours over the peer's time, two workers over one, and memory in megabytes. */
const PEER_LIMIT = 1;
const WORKERS_LIMIT = 0.588;
const MEMORY_LIMIT = 600;
const LINEAR_LIMIT = 1.1;

/**
 * Scores a million rows of 20 columns from Parquet through three models, as a whole process each time, and lets
 * Python's onnxruntime with pandas do the same on the same files with as many threads (`CONTENDER_REFERENCE_PYTHON`,
 * else `python3`). Every figure is the median of three runs, ours and the peer's in turn.
 */
export async function benchmarkScoring(): Promise<Benchmark> {
  const folder = await mkdtemp(join(tmpdir(), 'contender-bench-scoring-'));
  try {
    const files = { numbers: join(folder, 'numbers.parquet'), mixed: join(folder, 'mixed.parquet') };
    await writeNumbersFile(files.numbers, ROWS);
    await writeMixedFile(files.mixed, ROWS);
    const models = await writeScoringModels(folder);
    await bundle({
      root: ROOT,
      entriesDirectory: join(ROOT, 'bench/entries'),
      outputDirectory: join(folder, 'bundle'),
    });
    const context: Context = { folder, notes: new Set() };
    const rows: BenchmarkRow[] = [];
    for (const model of models) rows.push(...(await compareWithPeer(model, files[model.data], context)));
    rows.push(...(await scoreMany(models[0]!, files.numbers, context)));
    return { rows, notes: [...context.notes] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Context = { readonly folder: string; readonly notes: Set<string> };

type Scored = MeasuredProcess & { readonly checksum: number };

async function compareWithPeer(
  model: ScoringModel,
  data: string,
  context: Context,
): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  const seconds: number[] = [];
  for (const threads of [1, 2]) {
    const [own, peers]: [Scored[], Scored[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      own.push(await scoreHere({ model, data, threads }, context));
      const peer = await scoreInPython({ model, data, threads }, context);
      if (peer) peers.push(peer);
    }
    const name = `scoring ${ROWS} x 20, ${model.title}, ${threads} thread${threads > 1 ? 's' : ''}`;
    rows.push(...rowsOf(name, own, peers));
    refuseDifference(name, own[0]!, peers[0]);
    seconds.push(medianOf(own, 'seconds'));
  }
  const [one, two] = seconds as [number, number];
  rows.push({
    name: `scoring, ${model.title}: two threads over one`,
    value: two,
    unit: 's',
    ratio: two / one,
    ...(model.name === 'trees' ? { limit: WORKERS_LIMIT } : {}),
  });
  return rows;
}

function rowsOf(name: string, own: readonly Scored[], peers: readonly Scored[]): readonly BenchmarkRow[] {
  const value = medianOf(own, 'seconds');
  const memory: BenchmarkRow = {
    name: `${name}: peak memory`,
    value: medianOf(own, 'peakMegabytes'),
    unit: 'MB',
    limit: MEMORY_LIMIT,
  };
  if (peers.length === 0) return [{ name, value, unit: 's' }, memory];
  const peer = medianOf(peers, 'seconds');
  return [
    { name, value, unit: 's', ratio: value / peer, limit: PEER_LIMIT },
    { name: `${name}: onnxruntime with pandas`, value: peer, unit: 's' },
    memory,
    { name: `${name}: peak memory of the peer`, value: medianOf(peers, 'peakMegabytes'), unit: 'MB' },
  ];
}

/** Ten times the rows must take ten times as long and, apart from the scores themselves, no more memory. */
async function scoreMany(
  model: ScoringModel,
  data: string,
  context: Context,
): Promise<readonly BenchmarkRow[]> {
  const many = join(context.folder, 'many.parquet');
  await writeNumbersFile(many, MANY_ROWS);
  const few = await scoreHere({ model, data, threads: 2 }, context);
  const all = await scoreHere({ model, data: many, threads: 2 }, context);
  const scores = (rows: number) => (rows * 2 * 8) / 1e6;
  const beyond = (all.peakMegabytes ?? Number.NaN) - scores(MANY_ROWS);
  const name = `scoring ${MANY_ROWS} x 20, ${model.title}, 2 threads`;
  return [
    {
      name: `${name}: time for each row over that of ${ROWS} rows`,
      value: all.seconds,
      unit: 's',
      ratio: all.seconds / few.seconds / (MANY_ROWS / ROWS),
      limit: LINEAR_LIMIT,
    },
    {
      name: `${name}: peak memory without the scores, over that of ${ROWS} rows`,
      value: beyond,
      unit: 'MB',
      ratio: beyond / ((few.peakMegabytes ?? Number.NaN) - scores(ROWS)),
      limit: LINEAR_LIMIT,
    },
  ];
}

type Scoring = { readonly model: ScoringModel; readonly data: string; readonly threads: number };

async function scoreHere({ model, data, threads }: Scoring, { folder }: Context): Promise<Scored> {
  const measured = await measureProcess(
    process.execPath,
    [
      join(folder, 'bundle/score-rows.js'),
      model.path,
      data,
      model.columns.join(','),
      String(threads),
      join(ROOT, 'dist/score-worker.js'),
    ],
    { cwd: ROOT },
  );
  return { ...measured, checksum: (JSON.parse(measured.output) as { checksum: number }).checksum };
}

async function scoreInPython(
  { model, data, threads }: Scoring,
  { notes }: Context,
): Promise<Scored | undefined> {
  const python = process.env.CONTENDER_REFERENCE_PYTHON ?? 'python3';
  try {
    const args = [PEER, model.path, data, model.columns.join(','), '--threads', String(threads)];
    const measured = await measureProcess(python, args, {
      environment: { OMP_NUM_THREADS: String(threads) },
    });
    return { ...measured, checksum: (JSON.parse(measured.output) as { checksum: number }).checksum };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.add(`onnxruntime with pandas was not measured: ${python} could not run it (${reason}).`);
    return undefined;
  }
}

/** A faster answer that is another answer is none. */
function refuseDifference(name: string, own: Scored, peer: Scored | undefined): void {
  if (peer === undefined || Math.abs(own.checksum - peer.checksum) <= 1e-6 * Math.abs(peer.checksum)) return;
  throw new Error(`${name}: the sum of the scores is ${own.checksum}, that of the peer ${peer.checksum}`);
}

function medianOf(runs: readonly Scored[], what: 'seconds' | 'peakMegabytes'): number {
  const values = runs.map((run) => run[what] ?? Number.NaN).sort((left, right) => left - right);
  return values[Math.floor(values.length / 2)]!;
}
