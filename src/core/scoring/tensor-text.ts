import type { ModelSignature } from '../documents/training.ts';

/** The shape of a tensor as people write it, open sizes as `?`. */
export function describeTensor(tensor: ModelSignature['inputs'][number]): string {
  return `[${tensor.shape.map((size) => size ?? '?').join(', ')}]`;
}

/** A name in a message; a very long one is cut. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
