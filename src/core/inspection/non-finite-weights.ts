import { MessageReader } from '../onnx/message-reader.ts';
import type { OnnxAttribute, OnnxModel, OnnxTensor } from '../onnx/model.ts';
import { eachGraph, eachNode, LEARNING_DOMAIN } from '../onnx/walk-model.ts';

/** Bytes of weights that are looked at; the rest of a larger model is left unseen. */
const MOST_BYTES = 256 * 1024 ** 2;

/**
 * Attributes of ai.onnx.ml that hold weights. Thresholds of trees are not among them, nor keys and defaults of
 * encoders: there infinity and NaN have a meaning.
 */
const WEIGHTS = new Set([
  'coefficients',
  'intercepts',
  'target_weights',
  'class_weights',
  'base_values',
  'leaf_weights',
  'support_vectors',
  'rho',
  'prob_a',
  'prob_b',
  'scale',
  'offset',
]);

export type NonFiniteWeights = {
  /** Tensors and attributes that hold such values. */
  readonly places: readonly string[];
  readonly nan: number;
  readonly infinite: number;
};

/** Weights that are no finite number, as far as they lie in the model file itself. */
export function findNonFiniteWeights(model: OnnxModel): NonFiniteWeights {
  const found = { places: [] as string[], nan: 0, infinite: 0 };
  let left = MOST_BYTES;
  for (const { name, pieces } of eachWeight(model)) {
    const before = found.nan + found.infinite;
    for (const { bytes, width } of pieces()) {
      left -= bytes.length;
      if (left < 0) return found;
      count(bytes, width, found);
    }
    if (found.nan + found.infinite > before) found.places.push(name);
  }
  return found;
}

type Piece = { readonly bytes: Uint8Array; readonly width: 4 | 8 };
type Weight = { readonly name: string; readonly pieces: () => Generator<Piece> };

function* eachWeight(model: OnnxModel): Generator<Weight> {
  for (const graph of eachGraph(model)) {
    for (const tensor of [...graph.initializers, ...graph.sparseInitializers]) {
      // A single value is a bound or a mask rather than a weight, and may well be infinite.
      if (tensor.dimensions.some((size) => size > 1)) {
        yield { name: tensor.name, pieces: () => tensorPieces(tensor) };
      }
    }
  }
  for (const node of eachNode(model)) {
    if (node.domain !== LEARNING_DOMAIN) continue;
    for (const attribute of node.attributes) {
      if (!WEIGHTS.has(attribute.name)) continue;
      const name = `${attribute.name} of ${node.opType}`;
      yield { name, pieces: () => attributePieces(attribute) };
    }
  }
}

/** Fields of AttributeProto: one float 2, floats 7. */
function* attributePieces(attribute: OnnxAttribute): Generator<Piece> {
  const reader = new MessageReader(attribute.bytes, `attribute ${attribute.name}`);
  while (reader.next()) {
    if (reader.field === 2 || reader.field === 7) yield { bytes: reader.numbers(), width: 4 };
  }
  for (const tensor of attribute.tensors) yield* tensorPieces(tensor);
}

/** Fields of TensorProto: float_data 4, raw_data 9, double_data 10. */
function* tensorPieces({ elementType, name, bytes }: OnnxTensor): Generator<Piece> {
  if (elementType !== 'float' && elementType !== 'double') return;
  const width = elementType === 'float' ? 4 : 8;
  const field = elementType === 'float' ? 4 : 10;
  const reader = new MessageReader(bytes, `tensor ${name}`);
  while (reader.next()) {
    if (reader.field === 9 || reader.field === field) yield { bytes: reader.numbers(), width };
  }
}

function count(bytes: Uint8Array, width: 4 | 8, found: { nan: number; infinite: number }): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + width <= bytes.length; offset += width) {
    const value = width === 4 ? view.getFloat32(offset, true) : view.getFloat64(offset, true);
    if (Number.isFinite(value)) continue;
    if (Number.isNaN(value)) found.nan += 1;
    else found.infinite += 1;
  }
}
