/** Damaged models: whatever a file holds, scoring ends in an answer or in one message, and leaves nothing behind. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../../src/core/configuration/configuration.ts';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import { createRandom, type Random } from '../../../src/core/statistics/random.ts';
import type { Scorer } from '../../../src/ports/scorer.ts';
import { sharedDataPresent, sharedPath } from '../../support/shared-data.ts';
import { anyModel, type Cell, childrenOfThisProcess, rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
let directory: string;
let privateDirectory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-fuzz-'));
  privateDirectory = mkdtempSync(join(tmpdir(), 'contender-fuzz-copies-'));
  scorer = await startScorer({ directory: privateDirectory, threads: 1 });
});
afterAll(() => {
  for (const folder of [directory, privateDirectory]) rmSync(folder, { recursive: true, force: true });
});

type Subject = {
  readonly name: string;
  readonly task: Task;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly classes?: readonly string[];
};

type Expected = {
  readonly model: string;
  readonly task: 'binary' | 'multiclass' | 'regression';
  readonly features: readonly string[];
  readonly first5_rows: readonly (readonly Cell[])[];
  readonly metrics_python: { readonly classes?: readonly Cell[] };
};

/** Of each kind of exporter one: a tree, a linear model, maps behind a pipeline, a network, weights beside the model. */
const MADE = [
  'iris/tree.onnx',
  'fraud_sparkov/champion_logreg.onnx',
  'fraud_sparkov/pipeline_columns_zipmap.onnx',
  'fraud_sparkov/torch_legacy_op11.onnx',
  'fraud_sparkov/torch_external/model.onnx',
];

const SEED = 20_260_101;
const BATCH = 25;
const MUTATIONS = 200;
const LIMITS = { seconds: 20, memoryMegabytes: 1500 };

const OWN: Subject = { name: 'built-in', task: 'regression', columns: ['a'], rows: [[1], [2], [Number.NaN]] };

function madeSubjects(): readonly Subject[] {
  if (!sharedDataPresent) return [];
  const all = JSON.parse(readFileSync(sharedPath('data/onnx/made/expected.json'), 'utf8')) as Expected[];
  return MADE.map((name) => {
    const { task, features, first5_rows, metrics_python } = all.find(({ model }) => model === name)!;
    const tasks = { binary: 'binary-classification', multiclass: 'multiclass-classification' } as const;
    return {
      name,
      task: task === 'regression' ? task : tasks[task],
      columns: features,
      rows: first5_rows,
      ...(metrics_python.classes ? { classes: metrics_python.classes.map(String) } : {}),
    };
  });
}

/** One to four bytes changed, the end cut off, or a piece of the file written twice. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const kind = random.integer(10);
  if (kind === 0) return bytes.slice(0, random.integer(bytes.length));
  if (kind <= 2) {
    const [start, length] = [random.integer(bytes.length), 1 + random.integer(64)];
    const chunk = bytes.subarray(start, start + length);
    return Uint8Array.from([...bytes.subarray(0, start), ...chunk, ...bytes.subarray(start)]);
  }
  const damaged = bytes.slice();
  // Half of the damage goes to the front, where names, types and sizes stand more densely than weights.
  const range = kind <= 6 ? Math.min(bytes.length, 600) : bytes.length;
  for (let count = 1 + random.integer(4); count > 0; count--) {
    damaged[random.integer(range)] = random.integer(256);
  }
  return damaged;
}

describe('damaged models', () => {
  const subjects = [OWN, ...madeSubjects()];
  const each = Math.ceil(MUTATIONS / subjects.length);
  const batches = subjects.flatMap((subject) =>
    Array.from({ length: Math.ceil(each / BATCH) }, (_, batch) => ({
      subject,
      name: subject.name,
      first: batch * BATCH,
      count: Math.min(BATCH, each - batch * BATCH),
    })),
  );

  it.each(batches)('$name from mutation $first', async ({ subject, first, count }) => {
    const outcomes: Outcome[] = [];
    const random = createRandom(SEED + first);
    const cases = Array.from({ length: count }, () => mutate(bytesOf(subject), random));
    const waiting = [...cases.entries()];
    const runner = async (place: number) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        outcomes.push(await scoreDamaged(subject, next[1], { mutation: first + next[0], place }));
      }
    };
    await Promise.all([runner(0), runner(1)]);
    expect(outcomes).toHaveLength(count);
    expect(outcomes.filter(isWrong)).toEqual([]);
    await expect.poll(() => childrenOfThisProcess(), { timeout: 5000 }).toEqual([]);
    expect(readdirSync(privateDirectory)).toEqual([]);
  });

  type Outcome = { readonly mutation: number; readonly seconds: number; readonly error?: unknown };

  async function scoreDamaged(
    subject: Subject,
    bytes: Uint8Array,
    { mutation, place }: { readonly mutation: number; readonly place: number },
  ): Promise<Outcome> {
    const path = writeDamaged(subject, bytes, place);
    const started = performance.now();
    const error = await scorer
      .score({
        model: { path, name: 'challenger' },
        task: subject.task,
        rows: rowsOf(subject.columns, subject.rows),
        ...(subject.classes ? { classes: subject.classes } : {}),
        limits: LIMITS,
      })
      .then(
        (scores) => (scores.rowCount === subject.rows.length ? undefined : new Error('rows are missing')),
        (thrown: unknown) => thrown,
      );
    const seconds = (performance.now() - started) / 1000;
    return { mutation, seconds, ...(error === undefined ? {} : { error }) };
  }

  function isWrong({ error, seconds }: Outcome): boolean {
    if (seconds > LIMITS.seconds + 5) return true;
    if (error === undefined) return false;
    if (!(error instanceof InputError || error instanceof OutsideError)) return true;
    const { message } = error;
    const isTable = message.includes('\n  the model wants');
    const noise = /onnxruntime::|std::|\/onnxruntime_src|0x[0-9a-f]{6,}|undefined|\[object/;
    return !message.includes('challenger') || noise.test(message) || (!isTable && message.length >= 700);
  }

  function bytesOf({ name }: Subject): Uint8Array {
    return name === OWN.name ? anyModel() : readFileSync(sharedPath(`data/onnx/made/${name}`));
  }

  /** Weights beside the model lie beside the damaged one too. */
  function writeDamaged({ name }: Subject, bytes: Uint8Array, place: number): string {
    const folder = join(directory, `${name.replaceAll('/', '-')}-${place}`);
    const source = sharedPath(`data/onnx/made/${dirname(name)}`);
    if (basename(name) === 'model.onnx') cpSync(source, folder, { recursive: true });
    else cpSync(mkdtempSync(join(directory, 'empty-')), folder, { recursive: true });
    const path = join(folder, 'damaged.onnx');
    writeFileSync(path, bytes);
    return path;
  }
});
