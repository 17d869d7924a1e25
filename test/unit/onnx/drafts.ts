import { PbfWriter } from 'pbf';
import type { OnnxModel } from '../../../src/core/onnx/model.ts';
import { buildContract, type ModelContract } from '../../../src/core/onnx/model-contract.ts';
import { readModel } from '../../../src/core/onnx/read-model.ts';
import { type GraphDraft, type ModelDraft, writeModel } from '../../../src/core/onnx/write-model.ts';

const GRAPH: GraphDraft = {
  name: 'graph',
  nodes: [{ name: 'node', opType: 'Relu', inputs: ['x'], outputs: ['y'] }],
  inputs: [{ name: 'x', elementType: 'float', shape: ['N', 4] }],
  outputs: [{ name: 'y', elementType: 'float', shape: ['N', 4] }],
};

export type DraftChange = Partial<Omit<ModelDraft, 'graph'>> & { readonly graph?: Partial<GraphDraft> };

/** A small model that ONNX Runtime loads, with some of it changed. */
export function draftModel({ graph, ...change }: DraftChange = {}): ModelDraft {
  return {
    irVersion: 8,
    producerName: 'somebody',
    producerVersion: '1.2',
    operatorSets: [{ domain: '', version: 15 }],
    metadata: [],
    ...change,
    graph: { ...GRAPH, ...graph },
  };
}

export function modelOf(change: DraftChange = {}): OnnxModel {
  return readModel(writeModel(draftModel(change)));
}

export function contractOf(change: DraftChange = {}, classes?: readonly string[]): ModelContract {
  const bytes = writeModel(draftModel(change));
  return buildContract(readModel(bytes), { bytes: bytes.length, classes });
}

/** Fields of a protobuf message by hand, for what the writer of models does not write. */
export type Field = readonly [number: number, value: number | string | Uint8Array];

export function message(...fields: readonly Field[]): Uint8Array {
  const writer = new PbfWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.writeVarintField(number, value);
    else if (typeof value === 'string') writer.writeStringField(number, value);
    else writer.writeBytesField(number, value);
  }
  return writer.finish().slice();
}

export type TensorParts = {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** Number in TensorProto.DataType; 1 is float. */
  readonly type?: number;
  readonly values?: Float32Array;
  readonly external?: Readonly<Record<string, string>>;
};

/** A TensorProto. */
export function tensor({ name, dimensions, type = 1, values, external }: TensorParts): Uint8Array {
  return message(
    ...dimensions.map((size): Field => [1, size]),
    [2, type],
    [8, name],
    ...(values ? ([[9, new Uint8Array(values.buffer)]] as const) : []),
    ...Object.entries(external ?? {}).map(([key, value]): Field => [13, message([1, key], [2, value])]),
  );
}

/** The bytes of a model with fields added to its graph and to itself. */
export function withFields(draft: ModelDraft, parts: { graph?: readonly Field[]; model?: readonly Field[] }) {
  const whole = readModel(writeModel(draft));
  return message(
    [1, draft.irVersion],
    ...draft.operatorSets.map(({ domain, version }): Field => [8, message([1, domain], [2, version])]),
    [7, Uint8Array.from([...whole.graph.bytes, ...message(...(parts.graph ?? []))])],
    ...(parts.model ?? []),
  );
}
