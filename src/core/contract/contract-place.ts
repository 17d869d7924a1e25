import type { LineCounter } from 'yaml';
import { InputError } from '../errors.ts';

/** Where nodes of a contract stand, for messages and annotations. */
export type ContractPlace = {
  readonly file: string;
  /** Line of a node, from 1. */
  readonly lineOf: (node: unknown) => number;
};

export function createPlace(file: string, lines: LineCounter): ContractPlace {
  return {
    file,
    lineOf(node) {
      const range = (node as { range?: readonly number[] } | null | undefined)?.range;
      return range?.[0] === undefined ? 1 : lines.linePos(range[0]).line;
    },
  };
}

/** One message for a place in a contract. */
export function refuse(place: ContractPlace, node: unknown, words: string): InputError {
  const line = place.lineOf(node);
  return new InputError(`${place.file}:${line}: ${words}`, { location: { file: place.file, line } });
}
