import type { ModelSignature } from '../documents/training.ts';
import { logLine } from '../report/log-text.ts';

/** The shape of a tensor as people write it, open sizes as `?`. */
export function describeTensor(tensor: ModelSignature['inputs'][number]): string {
  return `[${tensor.shape.slice(0, MOST_SIZES).map(sizeText).join(', ')}]`;
}

/** Sizes that are shown; no tensor that rows can be fed to has more. */
const MOST_SIZES = 8;

function sizeText(size: number | string | null): string {
  return size === null ? '?' : logLine(String(size), 60);
}

/** A name in a message; a very long one is cut. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
