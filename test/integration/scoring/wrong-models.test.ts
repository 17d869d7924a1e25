import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import type { ScoreRequest, Scorer } from '../../../src/ports/scorer.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../../support/shared-data.ts';
import { childrenOfThisProcess, rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
beforeAll(async () => {
  scorer = await startScorer();
});

const OUTSIDE = /^(endless_loop|huge_alloc)/;

describeWithSharedData('models that are wrong', () => {
  const files = sharedDataPresent
    ? readdirSync(sharedPath('data/onnx/invalid')).map((name) =>
        name.endsWith('.onnx') ? name : `${name}/model.onnx`,
      )
    : [];

  /** Two rows of as many columns and classes as the model says, so that only its own fault stops it. */
  async function scoreInvalid(file: string, limits?: ScoreRequest['limits']) {
    const model = { path: sharedPath(`data/onnx/invalid/${file}`), name: 'challenger' };
    const described = await scorer.describe(model).catch(() => undefined);
    const inputs = described?.signature.inputs[0]?.shape[1];
    const outputs = described?.signature.outputs.at(-1)?.shape[1];
    const names = Array.from({ length: typeof inputs === 'number' ? inputs : 1 }, (_, index) => `c${index}`);
    const count = typeof outputs === 'number' ? outputs : 1;
    const classes = described?.classes ?? Array.from({ length: count }, (_, index) => `k${index}`);
    return scorer.score({
      model,
      task: classes.length > 1 ? 'multiclass-classification' : 'regression',
      rows: rowsOf(names, [names.map(() => 1), names.map(() => 2)]),
      classes,
      ...(limits ? { limits } : {}),
    });
  }

  it.each(files.filter((file) => !OUTSIDE.test(file) && file !== 'nan_weights.onnx'))(
    '%s ends in one clear message of whose fault it is',
    async (file) => {
      const error = await scoreInvalid(file).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(InputError);
      const { message } = error as InputError;
      expect(message).toMatch(/challenger/);
      expect(message).not.toMatch(/undefined|\[object|\n|onnxruntime::|std::/);
      expect(message.length).toBeLessThan(600);
    },
  );

  it('an answer that is no number is refused row by row', async () => {
    const scores = await scoreInvalid('nan_weights.onnx');
    expect([...scores.refused.keys()]).toEqual([0, 1]);
    expect(scores.values.every(Number.isNaN)).toBe(true);
  });

  it('a model that never ends is ended, and no process stays', async () => {
    const answer = scoreInvalid('endless_loop.onnx', { seconds: 2, memoryMegabytes: 2000 });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(/challenger took longer than 2 seconds and was ended/);
    await expect.poll(() => childrenOfThisProcess(), { timeout: 5000 }).toEqual([]);
  });

  it('a model that wants all memory fails or is ended', async () => {
    const answer = scoreInvalid('huge_alloc.onnx', { seconds: 20, memoryMegabytes: 2000 });
    await expect(answer).rejects.toThrow(/challenger/);
  });
});
