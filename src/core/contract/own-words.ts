import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { ValueTarget } from './accept-target.ts';
import type { ContractRule } from './contract.ts';
import { type ContractPlace, refuse, targetOf } from './contract-place.ts';
import { requireKnownWords } from './standard-words.ts';

/** What a custom property named `contender` says of the rules of a column, or of one rule. */
export type OwnWords = {
  readonly severity?: ContractRule['severity'];
  /** Share of the rows with a value that must keep the rules, above 0 to 1. */
  readonly mostly?: { readonly share: number; readonly target: ValueTarget | undefined };
  readonly mode?: 'observed' | 'population';
};

/** All words of the custom property: those of rules, and what is said of checks that need no rule. */
type OwnWord = keyof OwnWords | 'checks';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export const MODES = ['observed', 'population'] as const;

const OWN_PROPERTY = 'contender';

type OwnRequest = {
  readonly place: ContractPlace;
  readonly path: string;
  /** The words that mean something here. */
  readonly words: readonly OwnWord[];
};

/**
 * Reads the custom property `contender` of a column or of a rule; other custom properties are other people's.
 * @throws InputError with the line of a word that is not known or has a value it cannot have.
 */
export function readOwnWords(map: YAMLMap, request: OwnRequest): OwnWords {
  const own = findOwnProperty(map, request);
  if (own === undefined) return {};
  const { place, path } = request;
  const severity = chooseWord(own.value, { word: 'severity', allowed: SEVERITIES, place });
  const mode = chooseWord(own.value, { word: 'mode', allowed: MODES, place });
  const mostly = readMostly(own.value, place, `${path}.customProperties[${own.index}].value`);
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(mode === undefined ? {} : { mode }),
    ...(mostly === undefined ? {} : { mostly }),
  };
}

/**
 * The mapping of the custom property `contender`, and its place in the list.
 * @throws InputError with the line of a word that is not known.
 */
export function findOwnProperty(
  map: YAMLMap,
  { place, words }: Pick<OwnRequest, 'place' | 'words'>,
): { readonly value: YAMLMap; readonly index: number } | undefined {
  const list = map.get('customProperties', true);
  for (const [index, item] of (isSeq(list) ? list.items : []).entries()) {
    if (!isMap(item) || item.get('property') !== OWN_PROPERTY) continue;
    const value = item.get('value', true);
    if (!isMap(value)) {
      throw refuse(place, value, `the value of \`contender\` is a mapping with ${words.join(', ')}`);
    }
    requireKnownWords(value, { part: '`contender`', words }, place);
    return { value, index };
  }
  return undefined;
}

/** One of the allowed words; undefined where none is written. @throws InputError with its line. */
export function chooseWord<const Word extends string>(
  map: YAMLMap,
  request: { readonly word: string; readonly allowed: readonly Word[]; readonly place: ContractPlace },
): Word | undefined {
  const { word, allowed, place } = request;
  const node = map.get(word, true);
  if (node === undefined) return undefined;
  const written = isScalar(node) ? node.value : undefined;
  const found = allowed.find((candidate) => candidate === written);
  if (found !== undefined) return found;
  throw refuse(place, node, `${word} is ${shown(written)}; allowed: ${allowed.join(', ')}`);
}

/** The share of `mostly`. @throws InputError unless it is a number above 0, at most 1. */
export function readMostly(map: YAMLMap, place: ContractPlace, path: string): OwnWords['mostly'] {
  const node = map.get('mostly', true);
  if (node === undefined) return undefined;
  const share = isScalar(node) ? node.value : undefined;
  if (typeof share !== 'number' || !(share > 0 && share <= 1)) {
    throw refuse(
      place,
      node,
      `mostly is ${shown(share)}; write a share of the rows above 0, at most 1 (0.99)`,
    );
  }
  return { share, target: targetOf(node, `${path}.mostly`) };
}

/** A text. @throws InputError with its line where it is missing, empty or something else. */
export function requireText(map: YAMLMap, word: string, place: ContractPlace): string {
  const node = map.get(word, true);
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (node === undefined) throw refuse(place, map, `\`${word}\` is missing`);
  throw refuse(place, node, `${word} is ${shown(value)}; write a text`);
}

export function shown(value: unknown): string {
  return value === undefined ? 'no plain value' : JSON.stringify(value).slice(0, 80);
}
