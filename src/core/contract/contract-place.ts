import { isNode, type LineCounter } from 'yaml';
import { InputError } from '../errors.ts';
import type { TextSpan, ValueTarget } from './accept-target.ts';

/** Where nodes of a contract stand, for messages, annotations and edits. */
export type ContractPlace = {
  readonly file: string;
  readonly text: string;
  /** Line of a node, from 1. */
  readonly lineOf: (node: unknown) => number;
};

/** A column of a contract. */
export type PropertyContext = {
  readonly place: ContractPlace;
  readonly column: string;
  /** Where the property lies: `schema[0].properties[2]`. */
  readonly path: string;
};

export function createPlace(file: string, lines: LineCounter, text: string): ContractPlace {
  return {
    file,
    text,
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

/** From the first character of a node to behind its last; undefined for what was not written. */
export function spanOf(node: unknown): TextSpan | undefined {
  if (!isNode(node) || !node.range) return undefined;
  return [node.range[0], node.range[1]];
}

/** A node as something that can be written anew. */
export function targetOf(node: unknown, path: string): ValueTarget | undefined {
  const span = spanOf(node);
  return span === undefined ? undefined : { path, span };
}
