import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../scripts/build/bundle.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { type MeasuredProcess, measureProcess } from './measured-process.ts';
import { CSV, PARQUET, repeatTenTimes, writeTransactions } from './validation-data.ts';
import { installPeers, PEERS } from './validation-peers.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, '../shared/data/fraud/sparkov_large');
const PEER = join(ROOT, 'scripts/reference/validation-peers.py');
const RUNS = 3;

/** Ours over DuckDB's SUMMARIZE, and over other tools with the same rules. */
const SUMMARIZE_LIMIT = 2.2;
const PEER_LIMIT = 0.2;
const MEMORY_LIMIT: Readonly<Record<string, number>> = { [CSV]: 1200, [PARQUET]: 600 };
/** Ten times the rows over the rows once. */
const TIME_LIMIT = 11;
const TEN_MEMORY_LIMIT = 1.5;

/** Rules that the same rows ten times over break. */
const BROKEN_BY_REPEATS = /^.*(unique: true|metric: duplicateValues|check: monotonic).*\n/gm;

/**
 * 1.8 million rows of 20 columns: the profile with a contract of 67 rules as a process of its own, start included, over
 * DuckDB's SUMMARIZE of the same file in another, in turn. Beside them `contender validate-data` from a bundle of the
 * present sources, which also works out the digest, looks for leakage, labels and personal data, and writes the
 * document; ten times the rows; other tools with the same rules.
 */
export async function benchmarkValidation(): Promise<Benchmark> {
  if (!existsSync(SOURCE)) return { rows: [], notes: ['validation was not measured: ../shared is absent'] };
  const folder = await mkdtemp(join(tmpdir(), 'contender-bench-validation-'));
  try {
    const bench = await prepare(folder);
    const rows: BenchmarkRow[] = [];
    const notes: string[] = [];
    for (const file of [CSV, PARQUET]) rows.push(...(await compareWithSummarize(bench, file)));
    for (const file of [CSV, PARQUET]) rows.push(...(await repeatRows(bench, file)));
    rows.push(...(await compareWithPeers(bench, notes)));
    return { rows, notes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Bench = { readonly folder: string; readonly command: string };

async function prepare(folder: string): Promise<Bench> {
  const entriesDirectory = join(ROOT, 'src/entries');
  await bundle({ root: ROOT, entriesDirectory, outputDirectory: join(folder, 'bundle') });
  await copyFile(join(ROOT, 'bench/validation-contract.yml'), join(folder, 'contract.yml'));
  await writeFile(
    join(folder, 'contender.yml'),
    `model: fraud\ntask: binary-classification\ncontract: contract.yml\ndata: {training: ${PARQUET}, target: is_fraud, id: trans_num}\n`,
  );
  await writeTransactions(SOURCE, folder);
  return { folder, command: join(folder, 'bundle/contender.js') };
}

function validate({ folder, command }: Bench, data: string, contract = 'contract.yml') {
  const args = [command, 'validate-data', '--fail-on', 'never', '--data', data, '--contract', contract];
  return measureProcess(process.execPath, args, { cwd: folder });
}

function runEntry(name: string, args: readonly string[]): Promise<MeasuredProcess> {
  return measureProcess(process.execPath, [join(ROOT, 'bench/entries', name), ...args], { cwd: ROOT });
}

async function compareWithSummarize(bench: Bench, file: string): Promise<readonly BenchmarkRow[]> {
  const path = join(bench.folder, file);
  const contract = join(bench.folder, 'contract.yml');
  const whole: MeasuredProcess[] = [];
  const summaries: MeasuredProcess[] = [];
  const profiles: MeasuredProcess[] = [];
  for (let run = 0; run < RUNS; run++) {
    profiles.push(await runEntry('profile-file.ts', [path, contract]));
    summaries.push(await runEntry('summarize-file.ts', [path]));
    whole.push(await validate(bench, file));
  }
  const parts = [await runEntry('profile-file.ts', [path, contract, 'digest'])];
  const peer = medianOf(summaries, 'seconds');
  const own = medianOf(profiles, 'seconds');
  const all = medianOf(whole, 'seconds');
  const name = `profile and contract of ${file}`;
  const peak = `validate-data of ${file}: peak memory`;
  return [
    { name, value: own, unit: 's', ratio: own / peer, limit: SUMMARIZE_LIMIT },
    ...(['open', 'profile', 'contract', 'digest'] as const).map((part) =>
      partOf(parts, { name, part, peer }),
    ),
    { name: `validate-data of ${file}`, value: all, unit: 's', ratio: all / peer },
    { name: `SUMMARIZE of ${file}`, value: peer, unit: 's' },
    { name: peak, value: medianOf(whole, 'peakMegabytes'), unit: 'MB', limit: MEMORY_LIMIT[file]! },
  ];
}

/** The parts one after another; validate-data works out the digest beside the others. */
function partOf(
  runs: readonly MeasuredProcess[],
  of: { readonly name: string; readonly part: string; readonly peer: number },
): BenchmarkRow {
  const values = runs.map(
    ({ output }) => (JSON.parse(output) as { seconds: Record<string, number> }).seconds[of.part]!,
  );
  const value = values.sort((left, right) => left - right)[Math.floor(values.length / 2)]!;
  return { name: `${of.name}: ${of.part} alone`, value, unit: 's', ratio: value / of.peer };
}

async function repeatRows(bench: Bench, file: string): Promise<readonly BenchmarkRow[]> {
  const { folder } = bench;
  const text = await readFile(join(folder, 'contract.yml'), 'utf8');
  await writeFile(join(folder, 'repeated.yml'), text.replace(BROKEN_BY_REPEATS, ''));
  const repeated = await repeatTenTimes(folder, file);
  const once = [await validate(bench, file, 'repeated.yml'), await validate(bench, file, 'repeated.yml')];
  const ten = await validate(bench, repeated, 'repeated.yml');
  const seconds = Math.min(...once.map((run) => run.seconds));
  const megabytes = Math.max(...once.map((run) => run.peakMegabytes ?? Number.NaN));
  const name = `validate-data of ${file} ten times over once`;
  return [
    { name, value: ten.seconds, unit: 's', ratio: ten.seconds / seconds, limit: TIME_LIMIT },
    {
      name: `${name}: peak memory`,
      value: ten.peakMegabytes ?? Number.NaN,
      unit: 'MB',
      ratio: (ten.peakMegabytes ?? Number.NaN) / megabytes,
      limit: TEN_MEMORY_LIMIT,
    },
  ];
}

async function compareWithPeers(bench: Bench, notes: string[]): Promise<readonly BenchmarkRow[]> {
  const { folder } = bench;
  const python = await installPeers(folder);
  if (typeof python !== 'string') {
    notes.push(python.missing);
    return [];
  }
  const listed = await runEntry('profile-file.ts', [join(folder, PARQUET), join(folder, 'contract.yml')]);
  const { rules } = JSON.parse(listed.output) as { rules: unknown };
  await writeFile(join(folder, 'rules.json'), JSON.stringify(rules));
  const rows: BenchmarkRow[] = [];
  for (const file of [CSV, PARQUET]) {
    const own = (await validate(bench, file)).seconds;
    for (const peer of PEERS) {
      const name = `validate-data of ${file} over ${peer}`;
      try {
        const args = [PEER, peer, join(folder, file), join(folder, 'rules.json')];
        const { seconds, output } = await measureProcess(python, args, { cwd: folder });
        const said = JSON.parse(output.trim().split('\n').at(-1)!) as { rules: number; leftOut: number };
        rows.push({ name, value: own, unit: 's', ratio: own / seconds, limit: PEER_LIMIT });
        notes.push(
          `${peer}, ${file}: ${said.rules} rules in ${seconds.toFixed(1)} s, no profile; ${said.leftOut} left out`,
        );
      } catch (error) {
        notes.push(`${name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return rows;
}

function medianOf(runs: readonly MeasuredProcess[], what: 'seconds' | 'peakMegabytes'): number {
  const values = runs.map((run) => run[what] ?? Number.NaN).sort((left, right) => left - right);
  return values[Math.floor(values.length / 2)]!;
}
