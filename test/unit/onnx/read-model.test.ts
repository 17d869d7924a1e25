import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { seededRandom } from '../../../src/core/learning/seeded-random.ts';
import { MessageReader } from '../../../src/core/onnx/message-reader.ts';
import { requiredInputs } from '../../../src/core/onnx/model.ts';
import { describeModelBytes } from '../../../src/core/onnx/model-bytes.ts';
import {
  attributeFloats,
  attributeIntegers,
  attributeTexts,
  attributeValue,
  readModel,
} from '../../../src/core/onnx/read-model.ts';
import { type ModelDraft, writeModel } from '../../../src/core/onnx/write-model.ts';

const draft: ModelDraft = {
  irVersion: 9,
  producerName: 'someone',
  producerVersion: '1.2',
  operatorSets: [{ domain: '', version: 21 }],
  graph: {
    name: 'graph',
    nodes: [
      {
        name: 'first',
        opType: 'Thing',
        domain: 'some.domain',
        inputs: ['in', ''],
        outputs: ['out'],
        attributes: {
          float: { float: 0.5 },
          int: { int: -3 },
          string: { string: 'ä' },
          floats: { floats: [1.5, Number.NEGATIVE_INFINITY, Number.NaN] },
          ints: { ints: [0, 300, -1, 2 ** 40] },
          strings: { strings: ['', 'b', '日本'] },
        },
      },
    ],
    inputs: [{ name: 'in', elementType: 'float', shape: ['N', 4, null] }],
    outputs: [{ name: 'out', elementType: 'string', shape: [] }],
  },
  metadata: [
    ['key', 'value'],
    ['empty', ''],
  ],
};

describe('a model written and read again', () => {
  const bytes = writeModel(draft);
  const model = readModel(bytes);

  test('has the same structure', () => {
    expect(model).toMatchObject({
      irVersion: 9,
      producerName: 'someone',
      producerVersion: '1.2',
      operatorSets: [{ domain: '', version: 21 }],
      externalLocations: [],
    });
    expect([...model.metadata]).toEqual(draft.metadata);
    expect(model.graph.inputs[0]!.type).toEqual({
      kind: 'tensor',
      elementType: 'float',
      shape: ['N', 4, null],
    });
    expect(model.graph.outputs[0]!.type).toEqual({ kind: 'tensor', elementType: 'string', shape: [] });
    expect(model.graph.nodes[0]).toMatchObject({
      name: 'first',
      opType: 'Thing',
      domain: 'some.domain',
      inputs: ['in', ''],
      outputs: ['out'],
    });
    expect(requiredInputs(model.graph).map(({ name }) => name)).toEqual(['in']);
  });

  test('has the same attributes', () => {
    const attribute = (name: string) =>
      model.graph.nodes[0]!.attributes.find((entry) => entry.name === name)!;
    expect(attributeValue(attribute('float'))).toBe(0.5);
    expect(attributeValue(attribute('int'))).toBe(-3);
    expect(attributeValue(attribute('string'))).toBe('ä');
    expect(attributeFloats(attribute('floats'))).toEqual([1.5, Number.NEGATIVE_INFINITY, Number.NaN]);
    expect(attributeIntegers(attribute('ints'))).toEqual([0, 300, -1, 2 ** 40]);
    expect(attributeTexts(attribute('strings'))).toEqual(['', 'b', '日本']);
    expect(attributeValue(attribute('ints'))).toBeUndefined();
  });

  test('can be put together again from its raw fields', () => {
    const reader = new MessageReader(bytes, 'model');
    const fields: Uint8Array[] = [];
    while (reader.next()) fields.push(reader.raw());
    expect(Buffer.concat(fields).equals(Buffer.from(bytes))).toBe(true);
  });

  test('is refused wherever it is cut off inside a field', () => {
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      try {
        // Cut between two fields of the model it may still be whole.
        expect(readModel(cut).graph.nodes).toHaveLength(1);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
    expect(() => readModel(bytes.subarray(0, 100), 'm.onnx')).toThrow(
      /^m\.onnx is damaged, cut off or no ONNX model \(model: field 7 is cut off, \d+ bytes are missing\)\. Fetch or export it again\.$/,
    );
  });

  test('with random damage is read or refused, never anything else', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 3000; round++) {
      const damaged = bytes.slice();
      for (let change = 0; change < 1 + (round % 4); change++) {
        damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      }
      try {
        const read = readModel(damaged);
        for (const node of read.graph.nodes) for (const entry of node.attributes) attributeIntegers(entry);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });
});

describe('hostile bytes', () => {
  const nested = (depth: number): Uint8Array => {
    // AttributeProto.g (6) > GraphProto.node (1) > NodeProto.attribute (5) > …
    let graph: number[] = [];
    for (let level = 0; level < depth; level++) graph = field(1, field(5, field(6, graph)));
    return Uint8Array.from([0x08, 8, ...field(7, graph)]);
  };

  test('a length beyond all bytes is refused at once', () => {
    const huge = Uint8Array.of(0x08, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
    expect(() => readModel(huge)).toThrow(/field 7 is cut off, \d+ bytes are missing/);
  });

  test('graphs in graphs are followed to a bound', () => {
    expect(readModel(nested(10)).graph.nodes).toHaveLength(1);
    expect(() => readModel(nested(40))).toThrow(/graphs lie in each other more than 16 deep/);
  });

  test.each([
    ['a number that does not end', [0x08, ...new Array<number>(20).fill(0xff)], /longer than ten bytes/],
    ['field 0', [0x08, 8, 0x00, 0x00], /a field has number 0/],
    ['a group', [0x08, 8, 0x0b], /unknown wire type 3/],
    ['no graph', [0x08, 8], /it holds no graph/],
    ['a number where a message belongs', [0x08, 8, 0x38, 1], /field 7 has wire type 0 instead of 2/],
  ])('%s', (_, bytes, message) => {
    expect(() => readModel(Uint8Array.from(bytes))).toThrow(message);
    expect(() => readModel(Uint8Array.from(bytes))).toThrow(InputError);
  });
});

describe('what a file is instead of a model', () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  test.each([
    ['empty', new Uint8Array(0)],
    ['git-lfs-pointer', text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n')],
    ['dvc-pointer', text('outs:\n- md5: 0123\n  path: model.onnx\n')],
    ['html', text('\n<!DOCTYPE html><html><body>Sign in</body></html>')],
    ['json', text('{"learner": {"gradient_booster": {}}}')],
    ['text', text('not a model, grüße')],
    ['gzip', gzipSync('x')],
    ['zip', Buffer.concat([text('PK\u0003\u0004'), deflateRawSync('x')])],
    ['pickle', Uint8Array.of(0x80, 0x04, 0x95, 0x00)],
    ['numpy', Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1)],
    ['hdf5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d)],
    ['parquet', text('PAR1\u0015')],
    ['tflite', Uint8Array.of(0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33)],
    ['unknown', Uint8Array.of(0xff, 0x00, 0x12)],
    ['onnx', writeModel(draft)],
  ])('%s', (kind, bytes) => {
    const description = describeModelBytes(bytes);
    expect(description.kind).toBe(kind);
    if (kind === 'onnx') return;
    expect(() => readModel(bytes, 'model.onnx')).toThrow(
      new InputError(`model.onnx is ${description.is}. ${description.remedy}`),
    );
  });
});

/** A length-delimited field. */
function field(number: number, content: readonly number[]): number[] {
  const length: number[] = [];
  let rest = content.length;
  for (; rest > 127; rest = rest >>> 7) length.push((rest & 127) | 128);
  return [number * 8 + 2, ...length, rest, ...content];
}
