import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { type MeasuredProcess, measureProcess } from './measured-process.ts';

const ROOT = join(import.meta.dirname, '..');
const ENTRY = join(ROOT, 'bench/entries/compare.ts');
const PEER = join(ROOT, 'scripts/reference/scipy-bootstrap.py');

const ROWS = 500_000;
const AREA_ROWS = 1_000_000;
const PEER_ROWS = 20_000;
/** The peer is so slow that a tenth of the resamples has to do; time is told per resample. */
const REPLICATES = 2_000;
const PEER_REPLICATES = 200;

const SECONDS_LIMIT = 15;
const MEGABYTES_LIMIT = 1_000;
const AREA_LIMIT = 1;
/** Ours over the peer's: at least twenty times faster. */
const PEER_LIMIT = 1 / 20;

/** One comparison of two models on many rows, and single methods against their limits and SciPy. */
export async function benchmarkComparison(): Promise<Benchmark> {
  const whole = await measure('all', ROWS);
  const area = await measure('area', AREA_ROWS);
  const metric = await measure('metric', PEER_ROWS);
  const name = `comparing ${ROWS} rows, 12 metrics, 50 slices, ${REPLICATES} resamples, whole process`;
  const rows: BenchmarkRow[] = [
    { name, value: whole.seconds, unit: 's', limit: SECONDS_LIMIT },
    ...(whole.peakMegabytes === undefined
      ? []
      : [{ name: 'comparing, peak memory', value: whole.peakMegabytes, unit: 'MB', limit: MEGABYTES_LIMIT }]),
    { name: `DeLong of two models on ${AREA_ROWS} rows`, value: inside(area), unit: 's', limit: AREA_LIMIT },
  ];
  const own = (inside(metric) / REPLICATES) * 1000;
  const line = { name: `one resample of average precision, ${PEER_ROWS} rows`, value: own, unit: 'ms' };
  const peer = resampleInPython();
  if (typeof peer === 'string') return { rows: [...rows, line], notes: [peer] };
  return { rows: [...rows, { ...line, ratio: own / peer, limit: PEER_LIMIT }], notes: [] };
}

function measure(what: string, rows: number): Promise<MeasuredProcess> {
  return measureProcess(process.execPath, [ENTRY, what, String(rows)], { cwd: ROOT });
}

/** Seconds of the work itself, without start and made rows. */
function inside({ output }: MeasuredProcess): number {
  return (JSON.parse(output) as { readonly seconds: number }).seconds;
}

/** Milliseconds of a resample, or why there is no peer. */
function resampleInPython(): number | string {
  const python = process.env.CONTENDER_REFERENCE_PYTHON ?? 'python3';
  const peer = spawnSync(python, [PEER, String(PEER_ROWS), String(PEER_REPLICATES)], { encoding: 'utf8' });
  if (peer.status !== 0) return 'SciPy and scikit-learn are not there to be measured against';
  return ((JSON.parse(peer.stdout) as { readonly seconds: number }).seconds / PEER_REPLICATES) * 1000;
}
