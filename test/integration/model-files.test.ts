import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { NATIVE_MANIFEST } from '../../src/adapters/native/manifest.ts';
import { mainPackage } from '../../src/adapters/native/packages.ts';
import { createOnnxScorer } from '../../src/adapters/onnx/onnx-scorer.ts';
import { InputError } from '../../src/core/errors.ts';
import { findWarnings } from '../../src/core/inspection/find-warnings.ts';
import { PASSABLE_TYPES, RUNTIME } from '../../src/core/inspection/runtime-limits.ts';
import { seededRandom } from '../../src/core/learning/seeded-random.ts';
import { diffContracts } from '../../src/core/onnx/contract-changes.ts';
import { ELEMENT_TYPES } from '../../src/core/onnx/model.ts';
import { writeModel } from '../../src/core/onnx/write-model.ts';
import type { Scorer } from '../../src/ports/scorer.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../support/shared-data.ts';
import { workerSettings } from '../support/stage-harness.ts';
import { type DraftChange, draftModel, tensor, withFields } from '../unit/onnx/drafts.ts';

const reader = createModelReader();
let directory: string;
let scorer: Scorer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-model-files-'));
  scorer = createOnnxScorer(await workerSettings());
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const read = (path: string) => reader.read({ path, name: 'm.onnx' });

function modelsBelow(folder: string): readonly string[] {
  if (!sharedDataPresent) return [];
  return readdirSync(sharedPath(`data/onnx/${folder}`), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.onnx'))
    .sort()
    .map((name) => join(folder, name));
}

describeWithSharedData('models of public converters', () => {
  it.each([...modelsBelow('found'), ...modelsBelow('made')])('%s has a contract', async (file) => {
    const path = sharedPath(`data/onnx/${file}`);
    const { model, contract, externalFiles } = await read(path);
    expect(contract.inputs.length).toBeGreaterThan(0);
    expect(contract.outputs.length).toBeGreaterThan(0);
    expect(contract.operators.length).toBeGreaterThan(0);
    expect(contract.bytes).toBeGreaterThanOrEqual(readFileSync(path).length);
    expect(diffContracts(contract, contract)).toEqual([]);
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
    for (const { message } of findWarnings({ model, contract, externalFiles })) expect(message).not.toBe('');
  });

  it.each([
    // scikit-learn: 6 coefficients for each of 2 classes, 2 intercepts, and a scaler of 6 offsets and 6 scales.
    ['made/fraud_sparkov/champion_logreg.onnx', 26, ['LinearClassifier', 'Scaler']],
    // PyTorch: layers of 6 to 32, 16 and 1, with biases; and what the features are scaled with.
    ['made/fraud_sparkov/torch_dynamo.onnx', 781, ['Div', 'Gemm', 'Relu', 'Sigmoid', 'Sub']],
    ['made/fraud_sparkov/torch_external/model.onnx', 781, ['Div', 'Gemm', 'Relu', 'Sigmoid', 'Sub']],
    ['made/iris/logreg.onnx', 15, ['LinearClassifier']],
    ['found/tribuo/iris-lr-model.onnx', 15, ['Gemm', 'Identity', 'Softmax']],
  ])('%s has %i parameters', async (file, parameters, operators) => {
    const { contract } = await read(sharedPath(`data/onnx/${file}`));
    expect(contract.parameterCount).toBe(parameters);
    expect(contract.operators.map(({ name }) => name)).toEqual(expect.arrayContaining(operators));
  });

  it('counts the file beside a model', async () => {
    const { contract, externalFiles } = await read(
      sharedPath('data/onnx/made/fraud_sparkov/torch_external/model.onnx'),
    );
    expect(externalFiles).toEqual([{ location: 'weights.bin', state: 'present', bytes: 3124 }]);
    expect(contract.bytes).toBe(10_276 + 3124);
    expect(contract.externalData).toEqual([{ location: 'weights.bin', tensors: 8, bytesNeeded: 3124 }]);
  });

  const same: readonly (readonly [string, string])[] = [
    ['made/iris/logreg.onnx', 'made/iris/logreg.onnx'],
    ['made/fraud_sparkov/lightgbm_nozipmap.onnx', 'made/fraud_sparkov/champion_logreg.onnx'],
  ];
  it.each(same)('a change from %s to %s breaks shapes of no label', async (before, after) => {
    const contracts = [];
    for (const file of [before, after])
      contracts.push((await read(sharedPath(`data/onnx/${file}`))).contract);
    const changes = diffContracts(contracts[0]!, contracts[1]!);
    expect(
      changes.filter(({ kind, change }) => kind === 'output' && change.startsWith('output label')),
    ).toEqual([]);
  });

  it.each(modelsBelow('invalid'))('%s has a contract or is refused with one message', async (file) => {
    const outcome = await read(sharedPath(`data/onnx/${file}`)).then(
      ({ contract }) => contract.operators.length > 0,
      (error: unknown) => error instanceof InputError && /^m\.onnx /.test(error.message),
    );
    expect(outcome).toBe(true);
  });

  it.each([
    ['invalid/external_path_traversal/model.onnx', 'outside'],
    ['invalid/external_missing/model.onnx', 'missing'],
  ])('%s', async (file, state) => {
    const { externalFiles } = await read(sharedPath(`data/onnx/${file}`));
    expect(externalFiles.map((external) => external.state)).toEqual([state]);
  });

  it('real models with random damage are read or refused, never anything else', async () => {
    const files = [...modelsBelow('found'), ...modelsBelow('made')];
    const random = seededRandom(3);
    let whole = 0;
    for (let round = 0; round < 600; round++) {
      const bytes = Uint8Array.from(readFileSync(sharedPath(`data/onnx/${files[round % files.length]!}`)));
      for (let change = 0; change < 1 + (round % 4); change++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      try {
        const { model, contract, externalFiles } = await read(write('damaged.onnx', bytes));
        findWarnings({ model, contract, externalFiles });
        whole++;
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as Error).message).toMatch(/^m\.onnx /);
      }
    }
    expect(whole).toBeGreaterThan(100);
  });
});

describe('files beside a model', () => {
  const locationsOf = (...locations: string[]) =>
    withFields(draftModel(), {
      graph: locations.map((location, index) => [
        5,
        tensor({ name: `w${index}`, dimensions: [2], external: { location } }),
      ]),
    });

  it('are looked for in its folder alone, links followed', async () => {
    mkdirSync(join(directory, 'folder/deeper'), { recursive: true });
    write('secret.bin', new Uint8Array(5));
    writeFileSync(join(directory, 'folder/deeper/w.bin'), new Uint8Array(7));
    symlinkSync(join(directory, 'secret.bin'), join(directory, 'folder/link.bin'));
    symlinkSync('deeper/w.bin', join(directory, 'folder/inner.bin'));
    const locations = [
      ...['deeper/w.bin', './deeper/../deeper/w.bin', 'inner.bin', 'link.bin', '../secret.bin'],
      ...[join(directory, 'secret.bin'), '', '.', '..', 'deeper', 'no\u0000thing', '..hidden'],
    ];
    const path = write('folder/model.onnx', locationsOf(...locations));
    const { externalFiles } = await read(path);
    expect(externalFiles.map(({ state, bytes }) => [state, bytes])).toEqual([
      ...[
        ['present', 7],
        ['present', 7],
        ['present', 7],
      ],
      ...[
        ['outside', undefined],
        ['outside', undefined],
        ['outside', undefined],
      ],
      ...[
        ['outside', undefined],
        ['outside', undefined],
        ['outside', undefined],
      ],
      ...[
        ['missing', undefined],
        ['missing', undefined],
        ['missing', undefined],
      ],
    ]);
  });

  it('may not be many thousands', async () => {
    const names = Array.from({ length: 20_001 }, (_, index) => `w${index}`);
    const path = write('many.onnx', locationsOf(...names));
    await expect(read(path)).rejects.toThrow(/keeps its weights in 20001 files/);
  });
});

describe('what cannot be read as a model', () => {
  it.each([
    ['no file', () => join(directory, 'none.onnx'), /none\.onnx cannot be read/],
    ['a folder', () => directory, /is no file$/],
    ['text', () => write('text.onnx', Buffer.from('hello')), /^m\.onnx \(text\.onnx\) is plain text/],
    [
      'damage in a list that is only counted',
      () =>
        write(
          'list.onnx',
          withFields(draftModel(), {
            graph: [
              [
                1,
                // NodeProto: op_type LinearRegressor, attribute coefficients with five bytes of floats.
                Uint8Array.of(
                  ...[0x22, 3, 0x4c, 0x69, 0x6e],
                  ...[0x2a, 10, 0x0a, 1, 0x63, 0x3a, 5, 0, 0, 0, 0, 0],
                  ...[0x3a, 10, ...Buffer.from('ai.onnx.ml')],
                ),
              ],
            ],
          }),
        ),
      /^m\.onnx \(list\.onnx\) is damaged.*attribute c: the floats of field 7 are cut off/,
    ],
  ])('%s', async (_name, path, says) => {
    await expect(read(path())).rejects.toThrow(InputError);
    await expect(read(path())).rejects.toThrow(says);
  });
});

describe('the limits of the runtime', () => {
  const loads = async (change: DraftChange) => {
    const path = write('limit.onnx', writeModel(draftModel(change)));
    return (await scorer.tryLoad({ path, name: 'm.onnx' })).refusal === undefined;
  };

  it('are those of the version that is used', () => {
    expect(mainPackage(NATIVE_MANIFEST.modules.onnxruntime).version.startsWith(`${RUNTIME.version}.`)).toBe(
      true,
    );
  });

  it.each([
    [1, true],
    [RUNTIME.irVersion, true],
    [RUNTIME.irVersion + 1, false],
  ])('IR version %i', async (irVersion, works) => {
    expect(await loads({ irVersion })).toBe(works);
  });

  it.each(
    Object.entries(RUNTIME.operatorSets).flatMap(([domain, highest]) => [
      [domain, highest, true] as const,
      [domain, highest + 1, false] as const,
    ]),
  )('operator set %s %i', async (domain, version, works) => {
    const standard = domain === 'ai.onnx' ? [] : [{ domain: '', version: 15 }];
    const given = { domain: domain === 'ai.onnx' ? '' : domain, version };
    expect(await loads({ operatorSets: [...standard, given] })).toBe(works);
  });

  it.each(ELEMENT_TYPES.filter((type) => type !== 'undefined'))('inputs of %s', async (elementType) => {
    const works = await loads({
      graph: {
        nodes: [{ name: 'n', opType: 'Identity', inputs: ['x'], outputs: ['y'] }],
        inputs: [{ name: 'x', elementType, shape: ['N'] }],
        outputs: [{ name: 'y', elementType, shape: ['N'] }],
      },
    });
    expect(works).toBe(PASSABLE_TYPES.includes(elementType));
  });

  it('a refusal says why, without the name of the model', async () => {
    const nodes = [{ name: 'n', opType: 'Foo', domain: 'ai.onnx.contrib', inputs: ['x'], outputs: ['y'] }];
    const operatorSets = [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.contrib', version: 1 },
    ];
    const path = write('refused.onnx', writeModel(draftModel({ operatorSets, graph: { nodes } })));
    const answer = await scorer.tryLoad({ path, name: 'm.onnx' });
    expect(answer.runtime).toMatch(/^1\.30\./);
    expect(answer.refusal).toMatch(/^Fatal error: ai\.onnx\.contrib:Foo/);
  });
});
