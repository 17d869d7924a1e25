import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/statistics/random.ts';
import { graphFile, weightsFile } from '../support/model-with-weights.ts';
import { completed, failure, useStages } from '../support/stage-harness.ts';

const stages = useStages();

const CONFIG = `
model: weighted
task: binary-classification
data: {training: train.csv, holdout: holdout.csv, target: label, positive-class: 1, id: id}
`;

/** Rows whose label depends on a and b. */
function rows(count: number, seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: count }, (_, index) => {
    const [a, b, c] = [random.uniform() * 4 - 2, random.uniform() * 4 - 2, random.uniform() * 4 - 2];
    const label = random.uniform() < 1 / (1 + Math.exp(-(1.5 * a - b))) ? 1 : 0;
    return `r${seed}-${index},${a},${b},${c},${label}`;
  });
  return `id,a,b,c,label\n${lines.join('\n')}\n`;
}

function writeData(): void {
  stages.write('train.csv', rows(50, 1));
  stages.write('holdout.csv', rows(600, 2));
}

/** Writes a model with these weights into a folder; returns the path of its graph file. */
function writeModel(folder: string, weights: readonly [number, number, number], name = 'model.onnx'): string {
  stages.write(`${folder}/${name}`, graphFile());
  stages.write(`${folder}/weights.bin`, weightsFile(weights));
  return stages.path(`${folder}/${name}`);
}

const POOR = [0.2, 0.4, 0.5] as const;
const GOOD = [1.5, -1, 0] as const;

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a model with weights beside it', () => {
  it('is another model when only they are others, and is judged', async () => {
    writeData();
    const champion = writeModel('before', POOR);
    const challenger = writeModel('after', GOOD);
    expect(sha256(champion)).toBe(sha256(challenger));
    const document = completed(await stages.compare(stages.setup(CONFIG), { champion, challenger }));
    expect(document).toMatchObject({ verdict: 'better', promote: true });
    expect(document.champion?.digest).not.toBe(document.challenger.digest);
    expect(document.size).toEqual({ champion: graphFile().length + 12, challenger: graphFile().length + 12 });
  });

  it('is the same model under another name, and known by every byte of it', async () => {
    writeData();
    const champion = writeModel('before', GOOD);
    const challenger = writeModel('after', GOOD, 'renamed.onnx');
    const document = completed(await stages.compare(stages.setup(CONFIG), { champion, challenger }));
    expect(document.verdict).toBe('unchanged');
    const lines = [
      `${sha256(champion)}  model.onnx\n`,
      `${sha256(stages.path('before/weights.bin'))}  weights.bin\n`,
    ];
    expect(document.challenger.digest).toBe(createHash('sha256').update(lines.join('')).digest('hex'));
  });

  it.each([
    ['missing', 'nowhere.bin', /"nowhere\.bin", which does not exist beside the model/],
    ['outside of its folder', '../train.csv', /"\.\.\/train\.csv", outside of the folder of the model/],
  ])('is refused when they are %s', async (_name, location, message) => {
    writeData();
    const champion = writeModel('before', GOOD);
    stages.write('broken/model.onnx', graphFile(location));
    const result = await stages.compare(stages.setup(CONFIG), {
      champion,
      challenger: stages.path('broken/model.onnx'),
    });
    expect(result.exitCode).toBe(2);
    expect(failure(result).message).toMatch(message);
  });
});
