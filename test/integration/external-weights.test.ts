import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import { createRandom } from '../../src/core/statistics/random.ts';
import { runCheckDrift } from '../../src/stages/drift/check-drift.ts';
import type { ModelSetup } from '../../src/stages/load-models.ts';
import { runReleaseModel } from '../../src/stages/release/release-model.ts';
import { graphFile, weightsFile } from '../support/model-with-weights.ts';
import { describeWithSharedData, sharedPath } from '../support/shared-data.ts';
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

const POOR = [0.8, 0.1, 0.4] as const;
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

/** A config whose training copies a folder that holds a model to where it is expected. */
function configOf(model: string, folder: string, file = 'model.onnx'): string {
  const command = `mkdir -p build-${model} && cp -r ${folder}/. build-${model}/`;
  return `${CONFIG.replace('weighted', model)}training: {command: ${JSON.stringify(command)}, model: build-${model}/${file}}\n`;
}

function trainingOf(setup: ModelSetup): CompletedTraining {
  return JSON.parse(readFileSync(join(setup.evidenceDirectory, 'training.json'), 'utf8'));
}

async function train(model: string, folder: string, file?: string): Promise<ModelSetup> {
  writeData();
  const setup = stages.setup(configOf(model, folder, file));
  const { document } = await stages.train(setup);
  if (document.verdict === 'error') throw new Error(document.error.message);
  return setup;
}

function release(setup: ModelSetup, model?: string) {
  const request = { setup, model, evidence: undefined, version: 'auto', draft: false };
  const ports = { world: stages.world, registry: stages.registry(), host: undefined, repository: undefined };
  return runReleaseModel(request, ports);
}

/** Trains by copying the folder, compares with the champion and publishes. */
async function round(model: string, folder: string) {
  const setup = await train(model, folder);
  const comparison = completed(await stages.compare(setup, { champion: 'release' }));
  return { setup, comparison, released: await release(setup) };
}

describe('training by a command that leaves weights beside its model', () => {
  it('carries them along, and knows the model by all its bytes', async () => {
    writeModel('made', GOOD, 'net.onnx');
    const setup = await train('carried', 'made', 'net.onnx');
    const training = trainingOf(setup);
    const weights = join(setup.evidenceDirectory, 'model/weights.bin');
    expect(training).toMatchObject({
      path: 'model/model.onnx',
      bytes: graphFile().length + 12,
      files: [{ name: 'weights.bin', sha256: sha256(weights), bytes: 12 }],
      signature: { inputs: [{ name: 'x', type: 'float' }] },
    });
    expect(readFileSync(weights)).toEqual(Buffer.from(weightsFile(GOOD)));
    const comparison = completed(await stages.compare(setup));
    expect(comparison.challenger).toMatchObject({ digest: training.digest, bytes: training.bytes });
  });

  it.each([
    ['sub/weights.bin', /"sub\/weights\.bin", and a release keeps a name as it is only without folders/],
    ['my weights.bin', /"my weights\.bin", and a release keeps/],
    ['manifest.json', /"manifest\.json", which is the name of another file of a release/],
    ['MODEL.onnx', /"MODEL\.onnx", which is the name of another file/],
  ])('refuses those in %s, which no release could keep', async (location, message) => {
    writeData();
    stages.write('unkept/net.onnx', graphFile(location));
    stages.write(`unkept/${location}`, weightsFile(GOOD));
    const setup = stages.setup(configOf('unkept', 'unkept', 'net.onnx'));
    const result = await stages.train(setup);
    expect(result.exitCode).toBe(2);
    expect(failure(result).message).toMatch(message);
    expect(existsSync(join(setup.evidenceDirectory, 'model'))).toBe(false);
  });

  it('refuses a model whose weights it did not leave', async () => {
    writeData();
    stages.write('bare/net.onnx', graphFile('gone.bin'));
    const result = await stages.train(stages.setup(configOf('bare', 'bare', 'net.onnx')));
    expect(failure(result)).toEqual({
      code: 'input',
      message:
        'the trained model: it keeps weights in "gone.bin", which does not exist beside the model; fetch that file too',
    });
  });
});

describe('a model with weights beside it, from training to release', () => {
  it('is published with them, unchanged when nothing changed, and judged when they did', async () => {
    writeModel('first', POOR);
    writeModel('second', GOOD);
    const first = await round('lived', 'first');
    expect(first.comparison.verdict).toBe('no-champion');
    expect(first.released.outputs).toMatchObject({ verdict: 'published', version: '1.0.0' });
    const folder = stages.path('releases/lived@v1.0.0');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      file: 'model.onnx',
      digest: first.comparison.challenger.digest,
      files: [{ name: 'weights.bin', sha256: sha256(join(folder, 'weights.bin')), bytes: 12 }],
    });
    expect(sha256(join(folder, 'weights.bin'))).toBe(sha256(stages.path('first/weights.bin')));

    const again = await round('lived', 'first');
    expect(again.comparison.verdict).toBe('unchanged');
    expect(again.released.outputs).toMatchObject({ verdict: 'unchanged', version: '1.0.0' });

    const second = await round('lived', 'second');
    expect(second.comparison).toMatchObject({ verdict: 'better', champion: { version: '1.0.0' } });
    expect(second.comparison.champion?.digest).toBe(first.comparison.challenger.digest);
    expect(second.released.outputs).toMatchObject({ verdict: 'published', version: '1.1.0' });
    const next = stages.path('releases/lived@v1.1.0');
    expect(sha256(join(next, 'model.onnx'))).toBe(sha256(join(folder, 'model.onnx')));
    expect(sha256(join(next, 'weights.bin'))).toBe(sha256(stages.path('second/weights.bin')));
  });

  it('is scored as champion by a drift check', async () => {
    writeModel('watched', GOOD);
    const { setup, comparison } = await round('watched', 'watched');
    const { document } = await runCheckDrift(
      {
        ...{ setup, exam: await stages.run(setup).exam(), workingDirectory: stages.directory },
        ...{ reference: ['train.csv'], current: ['holdout.csv'], model: undefined },
        ...{ failOn: 'never', dataTracked: false },
      },
      { world: stages.world, engine: stages.engine, scorer: stages.scorer, registry: stages.registry() },
    );
    if (document.verdict === 'error') throw new Error(document.error.message);
    expect(document.champion).toEqual({ version: '1.0.0', digest: comparison.challenger.digest });
    expect(document.leftOut).toBeUndefined();
  });

  it('is published when it is given by its path, once it was judged', async () => {
    writeModel('given', GOOD);
    const setup = await train('given', 'given');
    expect(await release(setup, stages.path('given/model.onnx'))).toMatchObject({ next: 'compare' });
    await stages.compare(setup);
    stages.write('given/weights.bin', weightsFile(POOR));
    expect(await release(setup, stages.path('given/model.onnx'))).toMatchObject({ next: 'compare' });
    stages.write('given/weights.bin', weightsFile(GOOD));
    expect((await release(setup, stages.path('given/model.onnx'))).outputs.verdict).toBe('published');
  });
});

describe('weights that somebody changed', () => {
  it('are not judged', async () => {
    writeModel('tampered', GOOD);
    const setup = await train('tampered', 'tampered');
    const { digest } = trainingOf(setup);
    stages.write('.contender/tampered/model/weights.bin', weightsFile(POOR));
    const { message } = failure(await stages.compare(setup));
    expect(message).toMatch(/model\.onnx with weights\.bin beside it has the digest [0-9a-f]{64}, but/);
    expect(message).toContain(digest);
  });

  it('are not published', async () => {
    writeModel('swapped', GOOD);
    const setup = await train('swapped', 'swapped');
    const { challenger } = completed(await stages.compare(setup));
    stages.write('.contender/swapped/model/weights.bin', weightsFile(POOR));
    const { document, exitCode } = await release(setup);
    if (document.verdict === 'error') throw new Error(document.error.message);
    expect({ verdict: document.verdict, exitCode }).toEqual({ verdict: 'refused', exitCode: 1 });
    expect(document.reason).toMatch(
      /^the model file with weights\.bin beside it has the digest [0-9a-f]{64},/,
    );
    expect(document.reason).toContain(`${challenger.digest} was judged`);
  });

  it('are not taken from a release', async () => {
    writeModel('published', GOOD);
    const { setup } = await round('published', 'published');
    const [before, after] = [weightsFile(GOOD), weightsFile(POOR)];
    stages.write('releases/published@v1.0.0/weights.bin', after);
    const { message } = failure(await stages.compare(setup, { champion: 'release' }));
    const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(message).toContain(`weights.bin has the SHA-256 ${digestOf(after)}`);
    expect(message).toContain(digestOf(before));

    // With the sums rewritten to match, the manifest still tells.
    const sums = stages.path('releases/published@v1.0.0/SHA256SUMS');
    const text = readFileSync(sums, 'utf8').replace(digestOf(before), digestOf(after));
    stages.write('releases/published@v1.0.0/SHA256SUMS', text);
    const second = failure(await stages.compare(setup, { champion: 'release' }));
    expect(second.message).toContain(
      `names the weights weights.bin with the SHA-256 ${digestOf(before)}, SHA256SUMS says ${digestOf(after)}`,
    );
  });
});

describeWithSharedData('a PyTorch export with external data', () => {
  const exported = sharedPath('data/onnx/made/fraud_sparkov/torch_external');
  const rowsOfModel = sharedPath('data/onnx/made/fraud_sparkov/eval.csv.gz');
  const configFor = (folder: string) => `
model: torch
task: binary-classification
data:
  training: ${rowsOfModel}
  holdout: ${rowsOfModel}
  target: is_fraud
  positive-class: 1
  exclude: [trans_date_trans_time, cc_num, merchant, state, category, gender]
training: {command: 'mkdir -p build-torch && cp -r "${folder}"/. build-torch/', model: build-torch/model.onnx}
`;
  const roundWith = async (folder: string) => {
    const setup = stages.setup(configFor(folder));
    const { document } = await stages.train(setup);
    if (document.verdict === 'error') throw new Error(document.error.message);
    const comparison = completed(await stages.compare(setup, { champion: 'release' }));
    return { comparison, released: await release(setup) };
  };

  it('is released byte for byte, and judged again when its weights alone are others', async () => {
    const first = await roundWith(exported);
    expect(first.released.outputs).toMatchObject({ verdict: 'published', version: '1.0.0' });
    for (const file of ['model.onnx', 'weights.bin']) {
      expect(sha256(stages.path(`releases/torch@v1.0.0/${file}`))).toBe(sha256(join(exported, file)));
    }
    expect((await roundWith(exported)).comparison.verdict).toBe('unchanged');

    const weights = readFileSync(join(exported, 'weights.bin'));
    stages.write('torch-worse/model.onnx', readFileSync(join(exported, 'model.onnx')));
    stages.write('torch-worse/weights.bin', Buffer.alloc(weights.length, weights.subarray(0, 4)));
    const { comparison, released } = await roundWith(stages.path('torch-worse'));
    expect(comparison).toMatchObject({ verdict: 'worse', promote: false });
    expect(comparison.modelContract?.changes).toEqual([]);
    expect(released.outputs.verdict).toBe('refused');
  });
});
