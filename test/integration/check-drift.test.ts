/** The stage over real files, DuckDB and a champion scored by onnxruntime in its child process. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { CompletedDrift } from '../../src/core/documents/drift.ts';
import { createRandom } from '../../src/core/statistics/random.ts';
import { type DriftRequest, runCheckDrift } from '../../src/stages/drift/check-drift.ts';
import { irwinHall } from '../unit/statistics/simulated.ts';
import { csv, DataStage } from './data-stage-fixture.ts';

const stage = new DataStage();

type Row = { id: number; day: string; amt: number; kind: string; card: number; y: number | '' };

/** Transactions of one span: fraud is likelier for large amounts on the web, unless that has changed. */
function makeRows(options: {
  seed: number;
  count: number;
  from: string;
  days: number;
  concept?: 'changed';
  shift?: number;
  unlabelled?: boolean;
}): Row[] {
  const random = createRandom(options.seed);
  const start = Date.parse(options.from);
  return Array.from({ length: options.count }, (_, index): Row => {
    const amt = 50 + 20 * irwinHall(random) + (options.shift ?? 0);
    const kind = random.uniform() < 0.5 ? 'web' : 'shop';
    const score = (amt - 50) / 10 + (kind === 'web' ? 1 : -1);
    const logit = options.concept === 'changed' ? -score : score;
    const y = Number(random.uniform() < 1 / (1 + Math.exp(-logit)));
    const day = new Date(start + (index / options.count) * options.days * 86_400_000).toISOString();
    const card = random.integer(Math.max(30, options.count / 10));
    return { id: options.seed * 1_000_000 + index, day, amt, kind, card, y: options.unlabelled ? '' : y };
  });
}

function write(path: string, rows: readonly Row[]): void {
  stage.write(
    path,
    csv(
      'id,day,amt,kind,card,y',
      rows.map(({ id, day, amt, kind, card, y }) => [id, day.slice(0, 19), amt.toFixed(3), kind, card, y]),
    ),
  );
}

const NAMED = `model: watched
task: binary-classification
data:
  reference: data/reference.csv
  current: data/current.csv
  target: y
  positive-class: 1
  id: id
  timestamp: day
  exclude: [card]
comparison: {primary: roc_auc}
`;

const reference = makeRows({ seed: 1, count: 3000, from: '2026-01-01', days: 60 });

type Options = Partial<DriftRequest> & {
  config?: string | 'none';
  flags?: Record<string, string>;
  withRegistry?: boolean;
};

async function run({ config = NAMED, flags = {}, withRegistry = true, ...more }: Options = {}) {
  const loaded = await stage.load(config === 'none' ? undefined : config, flags);
  return runCheckDrift(
    { ...loaded, reference: [], current: [], model: undefined, failOn: 'never', dataTracked: true, ...more },
    {
      world: stage.world,
      engine: stage.engine,
      scorer: stage.scorer,
      registry: withRegistry ? stage.registry : undefined,
    },
  );
}

async function completed(options: Options = {}) {
  const result = await run(options);
  if (result.document.verdict === 'error') throw new Error(result.document.error.message);
  return { ...result, document: result.document };
}

function driftedNames(document: CompletedDrift): string[] {
  return [...new Set(document.columns.filter((column) => column.drifted).map(({ name }) => name))];
}

describe('with a champion', () => {
  beforeAll(async () => {
    const training = makeRows({ seed: 9, count: 4000, from: '2025-10-01', days: 60 });
    await stage.publishChampion({
      features: [
        { kind: 'number', name: 'amount', values: Float64Array.from(training, ({ amt }) => amt / 10) },
        {
          kind: 'text',
          name: 'kind',
          codes: Int32Array.from(training, ({ kind }) => Number(kind === 'web')),
          dictionary: ['shop', 'web'],
        },
      ],
      target: { kind: 'number', name: 'y', values: Float64Array.from(training, ({ y }) => Number(y)) },
      windows: {
        training: { to: '2026-01-01T00:00:00.000Z' },
        holdout: { from: '2026-01-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
      },
      sql: 'SELECT id, amt / 10 AS amount, kind FROM source',
    });
    write('data/reference.csv', reference);
  });

  test('a primary metric that is SQL: performance by the first that is not', async () => {
    write('data/reference.csv', reference);
    write('data/current.csv', makeRows({ seed: 2, count: 1000, from: '2026-03-02', days: 30 }));
    const own = '{name: own, sql: avg(abs(label - score)), direction: lower}';
    const { document } = await completed({
      config: NAMED.replace('primary: roc_auc', `primary: own, metrics: [${own}, accuracy]`),
    });
    expect(document.performance).toMatchObject({ metric: 'accuracy', degraded: false });
  });

  test('nothing changed: stable, performance measured on both', async () => {
    write('data/current.csv', makeRows({ seed: 2, count: 2000, from: '2026-03-02', days: 30 }));
    const { document, exitCode, outputs, evidence } = await completed({ failOn: 'drift' });
    expect(document).toMatchObject({
      verdict: 'stable',
      recommendation: 'none',
      champion: { version: '1.0.0', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      reference: { rows: 3000, description: 'data/reference.csv' },
      current: { rows: 2000, labelledRows: 2000, from: '2026-03-02T00:00:00.000Z' },
      form: 'unknown',
      performance: { kind: 'realized', metric: 'roc_auc', degraded: false },
    });
    expect(document.columns.map(({ name, role }) => [name, role])).toEqual([
      ['amount', 'feature'],
      ['kind', 'feature'],
      ['y', 'target'],
      ['prediction', 'prediction'],
    ]);
    expect(driftedNames(document)).toEqual([]);
    expect(document.level).toBe(0.1 / 365 / 2);
    expect(exitCode).toBe(0);
    expect(outputs).toEqual({ verdict: 'stable', drifted: 'false', recommendation: 'none' });
    expect(JSON.parse(stage.read('.contender/watched/drift.json'))).toEqual(
      JSON.parse(JSON.stringify(document)),
    );
    expect(evidence).toContain('drift.json');
    expect(document.inputs).toMatchObject([
      { role: 'reference', path: 'data/reference.csv', rows: 3000 },
      { role: 'current', path: 'data/current.csv', rows: 2000 },
    ]);
  });

  test('the same inputs give the same document', async () => {
    const first = (await completed()).document;
    expect((await completed()).document).toEqual(first);
  });

  test('the concept changes, the features do not: degraded, retrain', async () => {
    write(
      'data/current.csv',
      makeRows({ seed: 3, count: 2000, from: '2026-03-02', days: 30, concept: 'changed' }),
    );
    const { document, exitCode, outputs } = await completed({ failOn: 'drift' });
    expect(document).toMatchObject({
      verdict: 'drift',
      recommendation: 'retrain',
      performance: { degraded: true },
    });
    expect(driftedNames(document)).toEqual([]);
    const { interval, margin } = document.performance!;
    expect(interval[1]).toBeLessThan(-margin!);
    expect(exitCode).toBe(1);
    expect(outputs).toEqual({ verdict: 'drift', drifted: 'true', recommendation: 'retrain' });
    expect((await completed({ failOn: 'never' })).exitCode).toBe(0);
  });

  test('predictions move and there are no labels: collect labels', async () => {
    write(
      'data/current.csv',
      makeRows({ seed: 4, count: 2000, from: '2026-03-02', days: 30, shift: 15, unlabelled: true }),
    );
    const { document } = await completed();
    expect(document).toMatchObject({
      verdict: 'drift',
      recommendation: 'collect-labels',
      current: { labelledRows: 0 },
    });
    expect(driftedNames(document)).toEqual(['amount', 'prediction']);
    expect(document.performance).toBeUndefined();
  });

  test('current data without a target column are compared all the same', async () => {
    const rows = makeRows({ seed: 2, count: 500, from: '2026-03-02', days: 30 });
    stage.write(
      'data/current.csv',
      csv(
        'id,day,amt,kind',
        rows.map(({ id, day, amt, kind }) => [id, day.slice(0, 19), amt, kind]),
      ),
    );
    const { document } = await completed();
    expect(document.verdict).toBe('stable');
    expect(document.columns.some(({ role }) => role === 'target')).toBe(false);
  });

  test('broken data block a retraining', async () => {
    write(
      'data/current.csv',
      makeRows({ seed: 3, count: 2000, from: '2026-03-02', days: 30, concept: 'changed' }),
    );
    stage.write(
      '.contender/watched/validation.json',
      JSON.stringify({
        kind: 'validation',
        schemaVersion: 1,
        model: 'watched',
        tool: { name: 'contender', version: '0' },
        source: {},
        inputs: [],
        measured: {},
        verdict: 'fail',
        fingerprint: 'x',
        datasets: [],
        findings: [],
      }),
    );
    const { document } = await completed();
    await stage.files.remove(`${stage.directory}/.contender/watched/validation.json`);
    expect(document).toMatchObject({ verdict: 'drift', recommendation: 'fix-data' });
    expect(document.reason).toContain('break their contract');
  });

  test('few rows: says how many are needed', async () => {
    write('data/current.csv', makeRows({ seed: 3, count: 150, from: '2026-03-02', days: 30 }));
    const { document, exitCode } = await completed({ failOn: 'drift' });
    expect(document).toMatchObject({ verdict: 'insufficient-data', recommendation: 'none' });
    expect(document.reason).toContain('150 current rows; 200 are needed');
    expect(exitCode).toBe(0);
  });

  test('no rows: the feed has stopped', async () => {
    write('data/current.csv', makeRows({ seed: 3, count: 150, from: '2026-03-02', days: 30 }));
    const config = NAMED.replace(
      'current: data/current.csv',
      'current: {path: data/current.csv, where: amt > 10000}',
    );
    const { document } = await completed({ config });
    expect(document).toMatchObject({ verdict: 'no-data', recommendation: 'fix-data', current: { rows: 0 } });
  });

  test('groups are resampled whole, and too few of them are said', async () => {
    write('data/current.csv', makeRows({ seed: 2, count: 2000, from: '2026-03-02', days: 30 }));
    const grouped = NAMED.replace('exclude: [card]', 'group: card');
    const { document } = await completed({ config: grouped });
    expect(document.performance?.degraded).toBe(false);
    const few = makeRows({ seed: 2, count: 2000, from: '2026-03-02', days: 30 }).map((row) => ({
      ...row,
      card: row.card % 15,
    }));
    write('data/current.csv', few);
    const refused = (await completed({ config: grouped })).document;
    expect(refused.performance).toBeUndefined();
    expect(refused.reason).toContain('15 groups');
  });

  test('rows newer than the champion’s holdout are the current ones', async () => {
    const later = makeRows({ seed: 5, count: 1500, from: '2026-03-02', days: 30, concept: 'changed' });
    write('data/all.csv', [
      ...makeRows({ seed: 8, count: 2000, from: '2025-11-01', days: 61 }),
      ...reference,
      ...later,
    ]);
    const config = NAMED.replace(
      '  reference: data/reference.csv\n  current: data/current.csv',
      '  source: data/all.csv\n  split: {holdout: 60d}',
    );
    const { document } = await completed({ config });
    expect(document.reference).toEqual({
      rows: 3000,
      description: 'the holdout from 2026-01-01T00:00:00.000Z to 2026-03-02T00:00:00.000Z',
    });
    expect(document.current).toMatchObject({ rows: 1500, from: '2026-03-02T00:00:00.000Z' });
    expect(document.recommendation).toBe('retrain');
  });

  test('the schedule of the run sets the level', async () => {
    const before = stage.context;
    stage.context = { ...before, event: 'schedule', schedule: '0 6 * * 1' };
    const { document } = await completed({ withRegistry: false });
    stage.context = before;
    expect(document.level).toBeCloseTo(0.1 / 52, 12);
  });

  test('a model file in the place of the champion', async () => {
    const rows = reference.map((row) => [row.amt / 10, row.kind, row.y]);
    stage.write('data/plain.csv', csv('amount,kind,y', rows));
    stage.write(
      'data/moved.csv',
      csv(
        'amount,kind,y',
        rows.map(([amount, kind, y]) => [Number(amount) + 5, kind, y]),
      ),
    );
    const { document } = await completed({
      config: 'none',
      flags: { target: 'y', 'positive-class': '1' },
      model: 'release/model.onnx',
      reference: ['data/plain.csv'],
      current: ['data/moved.csv'],
    });
    expect(document.champion).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(driftedNames(document)).toEqual(['amount', 'prediction']);
    expect(document.performance?.metric).toBe('average_precision');
  });
});

describe('without a model', () => {
  const flags = { reference: 'a.csv', current: 'b.csv' };
  const options = {
    config: 'none',
    flags,
    withRegistry: false,
    reference: ['a.csv'],
    current: ['b.csv'],
  } as const;
  const random = createRandom(5);
  const table = (count: number, shift: number, extra = '') =>
    csv(
      `x,label,when${extra}`,
      Array.from({ length: count }, (_, row) => [
        (irwinHall(random) + shift).toFixed(4),
        `label ${row % 3}`,
        `2026-01-${10 + (row % 15)}`,
        ...(extra ? ['1'] : []),
      ]),
    );

  test('two files and nothing else: columns only', async () => {
    stage.write('a.csv', table(1000, 0));
    stage.write('b.csv', table(800, 0.6));
    const { document } = await completed({ ...options });
    expect(document).toMatchObject({ model: 'model', verdict: 'drift', recommendation: 'none' });
    expect(document.reason).toContain('a change of features alone is no reason to retrain');
    expect(document.columns.map(({ name, drifted }) => [name, drifted])).toEqual([
      ['x', true],
      ['label', false],
    ]);
    expect(document.level).toBe(0.1 / 365);
    expect(stage.told).toContainEqual({ kind: 'info', message: 'not compared: when (date)' });
  });

  test('a target is compared as such', async () => {
    stage.write('b.csv', table(800, 0));
    const { document } = await completed({ ...options, flags: { ...flags, target: 'label' } });
    expect(document.columns.map(({ name, role }) => [name, role])).toEqual([
      ['x', 'feature'],
      ['label', 'target'],
    ]);
  });

  test('numbers that have become text', async () => {
    stage.write(
      'b.csv',
      csv(
        'x,label,when',
        Array.from({ length: 400 }, (_, row) => [row % 2 ? 'unknown' : '0.5', 'label 1', '2026-01-10']),
      ),
    );
    const { document } = await completed({ ...options });
    const column = document.columns.find(({ name }) => name === 'x')!;
    expect(column.drifted).toBe(true);
    expect(column.note).toContain('number in the reference and string in the current data');
  });

  test('a column that is gone', async () => {
    stage.write('a.csv', table(1000, 0, ',gone'));
    stage.write('b.csv', table(800, 0));
    const { document } = await completed({ ...options });
    expect(document).toMatchObject({ verdict: 'drift', recommendation: 'fix-data' });
    expect(document.reason).toContain('no column gone');
  });

  test('values of data outside of the repository are not written', async () => {
    stage.write('a.csv', table(1000, 0));
    stage.write('b.csv', table(800, 0).replaceAll('label 2', 'private value'));
    const shown = (await completed({ ...options })).document;
    expect(JSON.stringify(shown)).toContain('private value');
    const { document } = await completed({ ...options, dataTracked: false });
    expect(JSON.stringify(document)).not.toContain('private value');
  });
});

describe('bad input', () => {
  test.each([
    [
      'no current data',
      { config: NAMED.replace('  current: data/current.csv\n', '') },
      /there are no current data; write data\.current/,
    ],
    [
      'no reference',
      { config: NAMED.replace('  reference: data/reference.csv\n', '') },
      /there is nothing to compare with; write data\.reference/,
    ],
    ['a file that is missing', { current: ['data/curent.csv'] }, /data\/curent\.csv/],
    ['a model that is missing', { model: 'nowhere.onnx' }, /the model nowhere\.onnx does not exist/],
    ['a model that is none', { model: 'data/reference.csv' }, /data\/reference\.csv/],
    [
      'a features query that is missing',
      { withRegistry: false, config: NAMED.replace('  id: id', '  id: id\n  features: no.sql') },
      /no\.sql, which does not exist/,
    ],
    ['a column the champion needs', { current: ['data/short.csv'] }, /amt/],
    ['a metric nobody knows', { config: NAMED.replace('primary: roc_auc', 'primary: roc_au') }, /roc_au/],
  ] as const)('%s: exit code 2', async (_, options, message) => {
    write('data/reference.csv', reference);
    write('data/current.csv', reference.slice(0, 300));
    stage.write(
      'data/short.csv',
      csv(
        'id,day,kind,card,y',
        reference.slice(0, 300).map(({ id, day, kind, card, y }) => [id, day.slice(0, 19), kind, card, y]),
      ),
    );
    let failure: { exitCode: number; message: string };
    try {
      const { document, exitCode } = await run(options);
      if (document.verdict !== 'error') throw new Error(`verdict ${document.verdict}`);
      failure = { exitCode, message: document.error.message };
      expect(JSON.parse(stage.read('.contender/watched/drift.json'))).toMatchObject({ verdict: 'error' });
    } catch (error) {
      // A config that cannot be read fails before the stage begins.
      failure = error as { exitCode: number; message: string };
    }
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toMatch(message);
  });
});
