import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NumberColumn } from '../src/core/data/table.ts';
import { trainGradientBoosting } from '../src/core/learning/boosting.ts';
import { parseGradientBoostingParameters } from '../src/core/learning/parameters.ts';
import { seededRandom } from '../src/core/learning/seeded-random.ts';
import { predictEnsemble } from '../src/core/learning/tree-ensemble.ts';
import type { Benchmark } from './benchmark.ts';

/** Of XGBoost's time for the same rows and settings, both on one core. */
const PEER_LIMIT = 1.5;

const COLUMNS = 20;
const TREES = 100;
const LEAVES = 31;
const HELD_BACK = 200_000;
const PEER_SCRIPT = fileURLToPath(new URL('../scripts/reference/xgboost-training.py', import.meta.url));

/**
 * Trains 100 trees of 31 leaves on synthetic rows of 20 columns, on one thread, and lets XGBoost's
 * histogram method do the same on the same bytes when a Python with xgboost is at hand
 * (`CONTENDER_REFERENCE_PYTHON`, else `python3`). Quality is measured on 200,000 other rows.
 */
export async function benchmarkTraining(rowCount = 1_000_000): Promise<Benchmark> {
  const data = makeData(rowCount + HELD_BACK);
  const features = sliceColumns(data.columns, 0, rowCount);
  const parameters = parseGradientBoostingParameters(
    { iterations: TREES, 'max-leaves': LEAVES, 'min-samples-leaf': 1 },
    'binary',
  );
  const started = performance.now();
  const { ensemble } = trainGradientBoosting({
    features,
    target: data.target.slice(0, rowCount),
    objective: 'binary',
    parameters,
    seed: 1,
  });
  const milliseconds = performance.now() - started;
  const heldBack = sliceColumns(data.columns, rowCount, rowCount + HELD_BACK);
  const loss = logLoss(predictEnsemble(ensemble, heldBack), data.target.subarray(rowCount));
  const peer = measurePeer(data, rowCount);
  const label = `training ${rowCount} x ${COLUMNS}, ${TREES} trees of ${LEAVES} leaves`;
  if (typeof peer === 'string') {
    return {
      rows: [
        { name: label, value: milliseconds, unit: 'ms' },
        { name: `${label}: held-back log loss`, value: loss, unit: 'nats' },
      ],
      notes: [peer],
    };
  }
  return {
    rows: [
      {
        name: label,
        value: milliseconds,
        unit: 'ms',
        ratio: milliseconds / peer.milliseconds,
        limit: PEER_LIMIT,
      },
      { name: `${label}: XGBoost ${peer.version} hist`, value: peer.milliseconds, unit: 'ms' },
      { name: `${label}: held-back log loss`, value: loss, unit: 'nats', ratio: loss / peer.loss },
      { name: `${label}: held-back log loss of XGBoost`, value: peer.loss, unit: 'nats' },
    ],
    notes: [],
  };
}

type Data = { readonly columns: readonly NumberColumn[]; readonly target: Float64Array };

/** Normal, log-normal, hours, small counts and uniform columns; about a tenth of the rows are positive. */
function makeData(rowCount: number): Data {
  const random = seededRandom(12345);
  const columns = Array.from({ length: COLUMNS }, (_, column) => ({
    kind: 'number' as const,
    name: `column${column}`,
    values: new Float64Array(rowCount),
  }));
  const target = new Float64Array(rowCount);
  const row = new Float64Array(COLUMNS);
  for (let index = 0; index < rowCount; index++) {
    for (let column = 0; column < COLUMNS; column++) row[column] = drawValue(column % 5, random);
    target[index] = random() < 1 / (1 + Math.exp(-logOdds(row))) ? 1 : 0;
    if (random() < 0.03) row[0] = Number.NaN;
    if (random() < 0.05) row[11] = Number.NaN;
    columns.forEach((column, position) => {
      column.values[index] = Math.fround(row[position]!);
    });
  }
  return { columns, target };
}

function drawValue(kind: number, random: () => number): number {
  if (kind === 0) return normal(random);
  if (kind === 1) return 50 * Math.exp(normal(random));
  if (kind === 2) return Math.floor(random() * 24);
  if (kind === 3) return Math.floor(random() * random() * 14);
  return random() * 100;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Main effects, interactions and steps, so that depth pays. */
function logOdds(row: Float64Array): number {
  const isNight = row[2]! < 5 || row[2]! > 21;
  return (
    -3.2 +
    0.9 * row[0]! +
    Math.log(row[1]! / 50) * (isNight ? 1.2 : 0.2) +
    (row[3] === 2 ? 1.2 : 0) +
    0.6 * Math.sin(row[4]! / 10) +
    0.5 * row[5]! * row[10]! +
    (row[7]! > 12 ? 0.5 : 0) * (row[9]! > 50 ? 1 : -1) +
    0.02 * (row[14]! - 50) * (row[8]! > 3 ? 1 : 0.2)
  );
}

function sliceColumns(columns: readonly NumberColumn[], start: number, end: number): NumberColumn[] {
  return columns.map((column) => ({ ...column, values: column.values.slice(start, end) }));
}

function logLoss(probabilities: Float64Array, target: Float64Array): number {
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    loss -= Math.log(target[row] === 1 ? probabilities[row]! : 1 - probabilities[row]!);
  }
  return loss / target.length;
}

type Peer = { readonly milliseconds: number; readonly loss: number; readonly version: string };

/** The same rows and settings in XGBoost on one thread; a sentence when it cannot be had. */
function measurePeer(data: Data, rowCount: number): Peer | string {
  const python = process.env.CONTENDER_REFERENCE_PYTHON ?? 'python3';
  const folder = mkdtempSync(join(tmpdir(), 'contender-bench-'));
  try {
    const matrix = new Float32Array(data.columns.length * data.target.length);
    data.columns.forEach((column, position) => {
      matrix.set(column.values, position * column.values.length);
    });
    writeFileSync(join(folder, 'columns.f32'), new Uint8Array(matrix.buffer));
    writeFileSync(join(folder, 'target.f64'), new Uint8Array(data.target.buffer));
    const answer = execFileSync(
      python,
      [PEER_SCRIPT, 'time', folder, String(COLUMNS), String(rowCount), String(TREES), String(LEAVES)],
      { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return JSON.parse(answer) as Peer;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    return `XGBoost was not measured: ${python} could not run it (${reason}).`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, notes } = await benchmarkTraining(Number(process.argv[2] ?? 1_000_000));
  for (const { name, value, unit, ratio } of rows) {
    const comparison = ratio === undefined ? '' : ` (${ratio.toFixed(3)} of the peer)`;
    console.log(`${name}: ${value.toPrecision(6)} ${unit}${comparison}`);
  }
  for (const note of notes) console.log(note);
}
