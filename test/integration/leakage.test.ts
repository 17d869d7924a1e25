import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CompletedComparison } from '../../src/core/documents/comparison.ts';
import type { OverlapCheck } from '../../src/core/documents/overlap.ts';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import { decodeFingerprint } from '../../src/core/leakage/fingerprint.ts';
import { describeLeakage } from '../../src/core/report/leakage-note.ts';
import type { ModelSetup } from '../../src/stages/load-models.ts';
import { runReleaseModel } from '../../src/stages/release/release-model.ts';
import { describeWithSharedData, sharedPath } from '../support/shared-data.ts';
import { completed, csvOf, type MadeRow, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

function config(model: string, more = ''): string {
  return `
model: ${model}
task: binary-classification
data: {training: ${model}/train.csv, holdout: ${model}/holdout.csv, target: is_fraud, positive-class: 1${more}}
training: {learner: gradient-boosting, parameters: {iterations: 10}, seed: 3}
comparison: {primary: average_precision}
`;
}

type Data = { readonly training: readonly MadeRow[]; readonly holdout: readonly MadeRow[] };

function write(model: string, { training, holdout }: Data): void {
  stages.write(`${model}/train.csv`, csvOf(training));
  stages.write(`${model}/holdout.csv`, csvOf(holdout));
}

/** Some rows under ids that no other row has. */
function renew(rows: readonly MadeRow[]): readonly MadeRow[] {
  return rows.map((row) => ({ ...row, id: `new-${row.id}` }));
}

async function trainOf(setup: ModelSetup, options: { cache?: boolean } = {}): Promise<CompletedTraining> {
  const { document } = await stages.train(setup, options);
  if (document.verdict === 'error') throw new Error(document.error.message);
  return document;
}

async function judged(setup: ModelSetup, options = {}): Promise<CompletedComparison> {
  await trainOf(setup);
  return completed(await stages.compare(setup, options));
}

function checksOf(document: CompletedComparison, side: 'challenger' | 'champion'): readonly OverlapCheck[] {
  const overlap = document.holdout.overlap?.[side];
  if (overlap === undefined || !('checks' in overlap)) throw new Error(JSON.stringify(overlap));
  return overlap.checks;
}

function release(setup: ModelSetup) {
  return runReleaseModel(
    { setup, model: undefined, evidence: undefined, version: 'auto', draft: false },
    { world: stages.world, registry: stages.registry(), host: undefined, repository: undefined },
  );
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Puts other bytes in the place of an asset of a release, with their digest. */
function replaceAsset(tag: string, name: string, bytes: Uint8Array): void {
  const directory = stages.path(join('releases', tag));
  writeFileSync(join(directory, name), bytes);
  const sums = join(directory, 'SHA256SUMS');
  const lines = readFileSync(sums, 'utf8').split('\n');
  const changed = lines.map((line) => (line.endsWith(`  ${name}`) ? `${sha256(bytes)}  ${name}` : line));
  writeFileSync(sums, changed.join('\n'));
}

describe('training', () => {
  it('leaves a fingerprint of its rows, the same whatever their order, and keeps it with a cached result', async () => {
    const training = makeRows(500, 1);
    write('kept', { training, holdout: makeRows(200, 2) });
    const setup = stages.setup(config('kept', ', id: id'));
    const document = await trainOf(setup);
    const path = join(setup.evidenceDirectory, 'model/training-fingerprint.bin');
    const bytes = readFileSync(path);
    expect(document.fingerprint).toEqual({ path: 'model/training-fingerprint.bin', sha256: sha256(bytes) });
    expect(decodeFingerprint(bytes, 'made')).toMatchObject({
      rows: 500,
      sets: [
        { by: 'id', rows: 500, single: 500, columns: [{ name: 'id', type: 'string' }] },
        {
          by: 'values',
          rows: 500,
          columns: [{ name: 'amount' }, { name: 'hour' }, { name: 'kind' }, { name: 'noise' }],
        },
      ],
    });
    expect(await trainOf(setup, { cache: true })).toMatchObject({
      verdict: 'cached',
      fingerprint: document.fingerprint,
    });
    write('kept', { training: [...training].reverse(), holdout: makeRows(200, 2) });
    expect((await trainOf(setup)).fingerprint).toEqual(document.fingerprint);
    writeFileSync(path, 'damaged');
    expect(await trainOf(setup, { cache: true })).toMatchObject({
      verdict: 'trained',
      fingerprint: document.fingerprint,
    });
  });

  it('covers what it was given: a learner only rows with a label, a command all', async () => {
    const unlabelled = csvOf(makeRows(100, 3)).replace(/^(r3-1?[0-9],.*),[01]$/gm, '$1,');
    stages.write('given/train.csv', unlabelled);
    stages.write('given/holdout.csv', csvOf(makeRows(200, 4)));
    const learner = await trainOf(stages.setup(config('given')));
    const read = () =>
      decodeFingerprint(readFileSync(stages.path('.contender/given/model/training-fingerprint.bin')), 'made');
    expect([learner.rows, read().rows]).toEqual([80, 80]);
    stages.write('given/copy.onnx', readFileSync(stages.path('.contender/given/model/model.onnx')));
    const command =
      'training: {command: "cp given/copy.onnx given/made.onnx && rm given/train.csv", model: given/made.onnx}';
    await trainOf(stages.setup(config('given').replace(/training: \{learner.*/, command)));
    expect(read().rows).toBe(100);
  });

  it('covers the rows of the files, not what a features query makes of them', async () => {
    write('queried', { training: makeRows(300, 5), holdout: makeRows(100, 6) });
    stages.write('queried/features.sql', 'SELECT amount * 2 AS twice, is_fraud FROM source');
    await trainOf(stages.setup(config('queried', ', features: queried/features.sql')));
    const bytes = readFileSync(stages.path('.contender/queried/model/training-fingerprint.bin'));
    const [set] = decodeFingerprint(bytes, 'made').sets;
    expect(set!.columns.map(({ name }) => name)).toEqual(['id', 'amount', 'hour', 'kind', 'noise']);
  });
});

describe('holdout rows in the training data of the challenger', () => {
  const fresh = makeRows(300, 11);

  it('are none where the split is clean', async () => {
    write('clean', { training: makeRows(600, 10), holdout: fresh });
    const document = await judged(stages.setup(config('clean')));
    expect(document.holdout.leakage).toBe(0);
    expect(checksOf(document, 'challenger')).toMatchObject([{ by: 'values', rows: 0, suspicious: false }]);
    expect(describeLeakage(document)).toEqual({
      alerts: [],
      notes: ['The challenger was trained on none of 300 holdout rows.'],
    });
  });

  it('are found one and all, from another format and in another order', async () => {
    const leaked = makeRows(600, 10).slice(250, 350);
    write('leaky', { training: makeRows(600, 10), holdout: [...fresh, ...leaked].reverse() });
    await using data = await stages.engine.open({
      ...{ name: 'holdout', baseDirectory: stages.directory, paths: ['leaky/holdout.csv'] },
    });
    const table = await data.read(
      ['noise', 'is_fraud', 'kind', 'hour', 'amount', 'id'].map((name) => ({
        name,
        as: ['kind', 'id'].includes(name) ? ('text' as const) : ('number' as const),
      })),
    );
    await stages.engine.writeParquet(stages.path('leaky/holdout.parquet'), table);
    const before = stages.said.length;
    const text = config('leaky').replace('leaky/holdout.csv', 'leaky/holdout.parquet');
    const document = await judged(stages.setup(text));
    expect(document.holdout.leakage).toBe(100);
    expect(checksOf(document, 'challenger')).toMatchObject([{ by: 'values', rows: 100, suspicious: true }]);
    const words =
      'The challenger was trained on rows with the values of 100 of 400 holdout rows (25\u00a0%; none is expected); this flatters the challenger.';
    expect(describeLeakage(document)).toEqual({ alerts: [words], notes: [] });
    expect(stages.said.slice(before)).toContain(`leakage: ${words}`);
  });

  it('are found by one id, and by their values under new ids', async () => {
    const training = makeRows(600, 10);
    write('ids', { training, holdout: [...fresh, ...training.slice(0, 1), ...renew(training.slice(1, 31))] });
    const document = await judged(stages.setup(config('ids', ', id: id')));
    expect(checksOf(document, 'challenger')).toMatchObject([
      { by: 'id', rows: 1, suspicious: true },
      { by: 'values', rows: 30, suspicious: true },
    ]);
    expect(document.holdout.leakage).toBe(31);
  });

  it('are no leak as natural doubles with ids of their own', async () => {
    const training = makeRows(600, 10);
    write('doubles', { training, holdout: [...fresh, ...renew(training.slice(1, 3))] });
    const document = await judged(stages.setup(config('doubles', ', id: id')));
    expect(document.holdout.leakage).toBe(0);
    expect(checksOf(document, 'challenger')).toMatchObject([
      { by: 'id', rows: 0 },
      { by: 'values', rows: 2, suspicious: false },
    ]);
    expect(describeLeakage(document).alerts).toEqual([]);
  });

  it('are not looked for where the holdout lacks a column of the training data', async () => {
    write('narrow', { training: makeRows(600, 10), holdout: fresh });
    const narrow = csvOf(fresh).replace(/^([^,]*,[^,]*,[^,]*,[^,]*),[^,]*,/gm, '$1,');
    stages.write('narrow/holdout.csv', narrow);
    const document = await judged(stages.setup(config('narrow', ', columns: [amount, hour, kind]')));
    expect(document.holdout).not.toHaveProperty('leakage');
    expect(document.holdout.overlap).toEqual({
      challenger: { notChecked: 'the holdout has no column "noise", which the training data have' },
    });
  });

  it('are not looked for where the model was given by its path', async () => {
    write('path', { training: makeRows(600, 10), holdout: fresh });
    const setup = stages.setup(config('path', ', columns: [amount, hour, kind, noise]'));
    await trainOf(setup);
    const challenger = join(setup.evidenceDirectory, 'model/model.onnx');
    const document = completed(await stages.compare(setup, { challenger }));
    expect(document.holdout).not.toHaveProperty('leakage');
    expect(describeLeakage(document).notes).toEqual([
      'Whether the challenger was trained on holdout rows was not checked: it was given by its path, which does not tell what it was trained on.',
    ]);
  });
});

describe('from one release to the next round', () => {
  const leaked = makeRows(400, 21).slice(0, 100);

  async function publishLeaky(model: string): Promise<ModelSetup> {
    write(model, { training: [...makeRows(600, 20), ...leaked], holdout: makeRows(400, 21) });
    const setup = stages.setup(config(model, ', id: id'));
    await judged(setup);
    const { document } = await release(setup);
    expect(document).toMatchObject({ verdict: 'published', version: '1.0.0' });
    write(model, { training: makeRows(700, 22), holdout: makeRows(400, 21) });
    return setup;
  }

  it('the fingerprint goes out with the release and tells what the champion saw', async () => {
    const setup = await publishLeaky('round');
    const tag = stages.path('releases/round@v1.0.0');
    const manifest = JSON.parse(readFileSync(join(tag, 'manifest.json'), 'utf8')) as { fingerprint: string };
    expect(manifest.fingerprint).toBe('training-fingerprint.bin');
    expect(readFileSync(join(tag, 'SHA256SUMS'), 'utf8')).toContain('  training-fingerprint.bin\n');
    expect(readFileSync(join(tag, 'MODEL_CARD.md'), 'utf8')).toContain(
      'Training saw 100 rows of them, which flatters the numbers.',
    );
    const document = await judged(setup, { champion: 'release' });
    expect(document.holdout.leakage).toBe(0);
    expect(checksOf(document, 'champion')).toMatchObject([
      { by: 'id', rows: 100, suspicious: true },
      { rows: 0 },
    ]);
    expect(describeLeakage(document)).toEqual({
      alerts: [
        'The champion was trained on 100 of 400 holdout rows (25\u00a0%, found by id; none is expected); this flatters the champion, and makes the challenger look worse than it is.',
      ],
      notes: ['The challenger was trained on none of 400 holdout rows.'],
    });
  });

  it('a release from before has none, and is compared all the same', async () => {
    write('old', { training: makeRows(600, 20), holdout: makeRows(400, 21) });
    const setup = stages.setup(config('old'));
    await trainOf(setup);
    await stages.release(setup, '1.2.0');
    write('old', { training: makeRows(700, 22), holdout: makeRows(400, 21) });
    const document = await judged(setup, { champion: 'release' });
    expect(document.holdout.overlap?.champion).toEqual({
      notChecked: 'its release 1.2.0 has no fingerprint of its training rows',
    });
    expect(document.holdout.leakage).toBe(0);
  });

  it('a hostile one in a release ends no comparison and claims nothing', async () => {
    const setup = await publishLeaky('hostile');
    const name = 'training-fingerprint.bin';
    const whole = readFileSync(stages.path(`releases/hostile@v1.0.0/${name}`));
    await trainOf(setup);
    const hostile = [
      Buffer.from('MZ'),
      whole.subarray(0, whole.length - 5),
      Buffer.concat([whole.subarray(0, 9), Buffer.alloc(4000, 0xff)]),
    ];
    for (const bytes of hostile) {
      replaceAsset('hostile@v1.0.0', name, bytes);
      const document = completed(await stages.compare(setup, { champion: 'release' }));
      const { notChecked } = document.holdout.overlap!.champion as { notChecked: string };
      expect(notChecked).toContain('is no whole fingerprint of training rows');
      expect(document.holdout.leakage).toBe(0);
    }
  });

  it('one that training did not make is neither believed nor published', async () => {
    write('forged', { training: makeRows(600, 20), holdout: makeRows(400, 21) });
    const setup = stages.setup(config('forged'));
    await judged(setup);
    writeFileSync(join(setup.evidenceDirectory, 'model/training-fingerprint.bin'), 'forged');
    const document = completed(await stages.compare(setup));
    expect(document.holdout.overlap?.challenger).toEqual({
      notChecked: 'the fingerprint of its training rows is not the one that training.json names',
    });
    const result = await release(setup);
    expect(result).toMatchObject({ exitCode: 1, document: { verdict: 'refused' } });
    expect(existsSync(stages.path('releases/forged@v1.0.0'))).toBe(false);
  });
});

describeWithSharedData('the census rows, of which 52 repeat by nature', () => {
  it('are no leak over their own split, and are one when a part of the holdout is trained on', async () => {
    const names =
      'age,work,weight,education,years,marital,job,relation,race,sex,gain,loss,hours,country,income';
    const linesOf = (part: string) =>
      gunzipSync(readFileSync(sharedPath(`data/tabular/adult/adult-${part}.csv.gz`)))
        .toString()
        .trim()
        .split('\n');
    const training = linesOf('train');
    const holdout = linesOf('test').map((line) => line.replace(/\.$/, ''));
    const text = `
model: census
task: binary-classification
data: {training: census/train.csv, holdout: census/holdout.csv, target: income, positive-class: ' >50K'}
training: {learner: gradient-boosting, parameters: {iterations: 5}, seed: 3}
`;
    const round = async (rows: readonly string[]) => {
      stages.write('census/train.csv', `${names}\n${rows.join('\n')}\n`);
      stages.write('census/holdout.csv', `${names}\n${holdout.join('\n')}\n`);
      return checksOf(await judged(stages.setup(text)), 'challenger')[0]!;
    };
    const clean = await round(training);
    expect(clean.rows).toBeGreaterThan(0);
    expect(clean.rows).toBeLessThan(60);
    expect(clean.suspicious).toBe(false);
    const leaky = await round([...training, ...holdout.slice(0, 400)]);
    expect(leaky.rows).toBeGreaterThanOrEqual(400);
    expect(leaky.suspicious).toBe(true);
  });
});
