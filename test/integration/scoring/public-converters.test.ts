import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import type { Scorer } from '../../../src/ports/scorer.ts';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';
import { type Cell, rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-converters-'));
  scorer = await startScorer();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const model = (path: string) => ({ path, name: 'challenger' });

describeWithSharedData('models of public converters in other shapes', () => {
  type Expected = { model: string; features: string[]; first5_rows: Cell[][] };
  const expected = (name: string) =>
    (JSON.parse(readFileSync(sharedPath('data/onnx/made/expected.json'), 'utf8')) as Expected[]).find(
      (entry) => entry.model === name,
    )!;

  async function scoreMade(name: string, like: string, more: { rows?: Cell[][]; scorer?: Scorer } = {}) {
    const { features, first5_rows: rows } = expected(like);
    return await (more.scorer ?? scorer).score({
      model: model(sharedPath(`data/onnx/made/${name}`)),
      task: 'binary-classification',
      rows: rowsOf(features, more.rows ?? rows),
      classes: ['0', '1'],
    });
  }

  it.each([
    ['fraud_sparkov/challenger_hgb_zipmap.onnx', 'fraud_sparkov/challenger_hgb.onnx'],
    ['fraud_sparkov/lightgbm_zipmap.onnx', 'fraud_sparkov/lightgbm_nozipmap.onnx'],
    ['fraud_sparkov/pipeline_columns_zipmap.onnx', 'fraud_sparkov/pipeline_columns_nozipmap.onnx'],
    ['fraud_sparkov/pipeline_columns_zipmapcolumns.onnx', 'fraud_sparkov/pipeline_columns_nozipmap.onnx'],
    ['fraud_sparkov/torch_external/model.onnx', 'fraud_sparkov/torch_dynamo.onnx'],
  ])('%s answers as %s does', async (name, twin) => {
    const [own, other] = [await scoreMade(name, twin), await scoreMade(twin, twin)];
    expect([...own.values]).toEqual([...other.values]);
    expect(own.labels && [...own.labels]).toEqual(other.labels && [...other.labels]);
  });

  it('a model with maps is scored without a byte of it being touched', async () => {
    const path = sharedPath('data/onnx/made/fraud_sparkov/lightgbm_zipmap.onnx');
    const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex');
    const before = digest();
    const scores = await scoreMade(
      'fraud_sparkov/lightgbm_zipmap.onnx',
      'fraud_sparkov/lightgbm_zipmap.onnx',
    );
    expect(digest()).toBe(before);
    expect(scores.binding.notes).toContain(
      'the maps of the output probabilities (ZipMap) are read as the tensor behind them',
    );
  });

  it.each([
    ['fraud_sparkov/torch_fixed_batch1.onnx', 40],
    ['fraud_sparkov/torch_fixed_batch32.onnx', 5],
    ['fraud_sparkov/torch_fixed_batch32.onnx', 32],
    ['fraud_sparkov/torch_fixed_batch32.onnx', 333],
  ])('%s scores %d rows as without a fixed batch', async (name, count) => {
    const { first5_rows } = expected('fraud_sparkov/torch_dynamo.onnx');
    const rows = Array.from({ length: count }, (_, row) =>
      first5_rows[0]!.map((cell) => Number(cell) + (row % 17)),
    );
    const few = await startScorer({ rowsPerBatch: 100, threads: 2 });
    const own = await scoreMade(name, 'fraud_sparkov/torch_dynamo.onnx', { rows, scorer: few });
    const free = await scoreMade('fraud_sparkov/torch_dynamo.onnx', 'fraud_sparkov/torch_dynamo.onnx', {
      rows,
    });
    expect(own.values.length).toBe(free.values.length);
    own.values.forEach((value, index) => {
      expect(Math.abs(value - free.values[index]!)).toBeLessThanOrEqual(2e-6);
    });
  });

  it.each([
    'fraud_sparkov/challenger_rf.onnx',
    'fraud_sparkov/challenger_hgb.onnx',
    'fraud_sparkov/champion_logreg.onnx',
    'fraud_sparkov/torch_dynamo.onnx',
    'fraud_sparkov/xgboost.onnx',
    'fraud_sparkov/pipeline_columns_zipmap.onnx',
  ])('%s gives the same bytes whatever the batch and the threads', async (name) => {
    const { first5_rows } = expected(name);
    const rows = Array.from({ length: 3001 }, (_, row) =>
      first5_rows[row % 5]!.map((cell) => (typeof cell === 'number' ? cell + (row % 113) : cell)),
    );
    const digests = new Set<string>();
    for (const settings of [
      { rowsPerBatch: 4096, threads: 1 },
      { rowsPerBatch: 4096, threads: 2 },
      { rowsPerBatch: 1, threads: 2 },
      { rowsPerBatch: 7, threads: 3 },
      { rowsPerBatch: 1000, threads: 2 },
    ]) {
      const { values, labels } = await scoreMade(name, name, { rows, scorer: await startScorer(settings) });
      digests.add(
        createHash('sha256')
          .update(values)
          .update(labels ?? '')
          .digest('hex'),
      );
    }
    expect(digests.size).toBe(1);
  });

  const external = () => {
    const folder = mkdtempSync(join(directory, 'external-'));
    cpSync(sharedPath('data/onnx/made/fraud_sparkov/torch_external'), folder, { recursive: true });
    return folder;
  };

  const scoreIn = (folder: string) => {
    const { features, first5_rows } = expected('fraud_sparkov/torch_dynamo.onnx');
    return scorer.score({
      model: model(join(folder, 'model.onnx')),
      task: 'binary-classification',
      rows: rowsOf(features, first5_rows),
      classes: ['0', '1'],
    });
  };

  it('weights beside the model must lie in its folder, links followed', async () => {
    const folder = external();
    const elsewhere = join(directory, 'elsewhere.bin');
    cpSync(join(folder, 'weights.bin'), elsewhere);
    rmSync(join(folder, 'weights.bin'));
    symlinkSync(elsewhere, join(folder, 'weights.bin'));
    await expect(scoreIn(folder)).rejects.toThrow(InputError);
    await expect(scoreIn(folder)).rejects.toThrow(
      /keeps weights in "weights.bin", outside of the folder of the model/,
    );
  });

  it('weights that are missing, a folder or cut short end in one message', async () => {
    const folder = external();
    writeFileSync(join(folder, 'weights.bin'), readFileSync(join(folder, 'weights.bin')).subarray(0, 100));
    await expect(scoreIn(folder)).rejects.toThrow(/challenger cannot be loaded: /);
    rmSync(join(folder, 'weights.bin'));
    await expect(scoreIn(folder)).rejects.toThrow(/"weights.bin", which does not exist beside the model/);
    mkdirSync(join(folder, 'weights.bin'));
    await expect(scoreIn(folder)).rejects.toThrow(/"weights.bin", which does not exist beside the model/);
  });
});
