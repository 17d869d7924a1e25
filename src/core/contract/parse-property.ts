import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { RowRule, RowValueType } from '../data/row-rule.ts';
import type { AcceptTarget } from './accept-target.ts';
import type { ContractRule, NotChecked } from './contract.ts';
import { type PropertyContext, refuse, targetOf } from './contract-place.ts';
import { limitOfMostly, NO_ROWS } from './mostly.ts';
import { type OwnWords, readOwnWords } from './own-words.ts';
import { readTypeOptions } from './parse-type-options.ts';
import { readFlag, requireKnownWords, TYPE_OPTIONS } from './standard-words.ts';

const VALUE_TYPES: readonly RowValueType[] = [
  ...(['integer', 'number', 'boolean', 'date', 'timestamp', 'time', 'string'] as const),
];

/** What the custom property `contender` of a column may say. */
export const PROPERTY_WORDS = ['severity', 'mostly', 'mode', 'checks'] as const;

/** The rules that a column has by the words of the standard; `contender` says how strictly they are held. */
export function parseProperty(
  property: YAMLMap,
  context: PropertyContext,
): { readonly rules: readonly ContractRule[]; readonly notChecked: readonly NotChecked[] } {
  const { place, column, path } = context;
  const own = readOwnWords(property, { place, path, words: PROPERTY_WORDS });
  const type = readType(property, context);
  const options = property.get('logicalTypeOptions', true);
  const read = isMap(options)
    ? readTypeOptions(options, { ...context, type, path: `${path}.logicalTypeOptions` })
    : { rules: [], notChecked: [], formats: false };
  const add = ruleMaker(property, { context, own });
  const known = VALUE_TYPES.find((candidate) => candidate === type);
  const rules = [
    // Times in a format of their own are no ISO 8601; the format says what they must be.
    ...(known && !read.formats ? [add('logicalType', typeRule(property, { context, type: known }))] : []),
    ...flagRules(property, context).map(({ word, rule }) => add(word, rule)),
    ...read.rules.map(({ node, ...rule }) => ({
      ...add('logicalTypeOptions', rule),
      line: place.lineOf(node),
    })),
  ];
  const unchecked =
    type !== undefined && known === undefined
      ? [{ words: `logicalType ${type} of ${column}`, line: place.lineOf(property.get('logicalType', true)) }]
      : [];
  return { rules, notChecked: [...unchecked, ...read.notChecked].map((words) => ({ ...words, column })) };
}

function readType(property: YAMLMap, { place }: PropertyContext): string | undefined {
  const node = property.get('logicalType', true);
  if (node === undefined) return undefined;
  const type = isScalar(node) ? node.value : undefined;
  if (typeof type === 'string' && Object.hasOwn(TYPE_OPTIONS, type)) {
    const options = property.get('logicalTypeOptions', true);
    if (isMap(options)) {
      const part = `logicalTypeOptions of a ${type}`;
      requireKnownWords(options, { part, words: TYPE_OPTIONS[type]! }, place);
    }
    return type;
  }
  throw refuse(
    place,
    node,
    `logicalType is ${JSON.stringify(type)}; the standard has ${Object.keys(TYPE_OPTIONS).join(', ')}`,
  );
}

type MadeRule = Pick<ContractRule, 'check' | 'rowRule'> & { readonly accept?: AcceptTarget | undefined };

function ruleMaker(
  property: YAMLMap,
  { context, own }: { readonly context: PropertyContext; readonly own: OwnWords },
): (word: string, rule: MadeRule) => ContractRule {
  const { place, column } = context;
  const { mostly, mode, severity = 'error' } = own;
  return (word, { accept, ...rule }) => ({
    ...rule,
    severity,
    column,
    line: place.lineOf(property.get(word, true) ?? property),
    limit: mostly === undefined ? NO_ROWS : limitOfMostly(mostly.share),
    ...(mode === undefined ? {} : { mode }),
    ...(accept === undefined ? {} : { accept }),
  });
}

function typeRule(
  property: YAMLMap,
  { context, type }: { readonly context: PropertyContext; readonly type: RowValueType },
): MadeRule {
  const { column, path } = context;
  const value = targetOf(property.get('logicalType', true), `${path}.logicalType`);
  return {
    check: 'type',
    rowRule: { kind: 'type', column, type },
    // Options belong to a type; with another one they would break the standard.
    ...(value === undefined || property.has('logicalTypeOptions') ? {} : { accept: { kind: 'type', value } }),
  };
}

function flagRules(
  property: YAMLMap,
  { place, column, path }: PropertyContext,
): { readonly word: string; readonly rule: MadeRule }[] {
  const made = (word: string, check: 'required' | 'unique', rowRule: RowRule) => {
    if (!readFlag(property, word, place)) return [];
    const value = targetOf(property.get(word, true), `${path}.${word}`);
    const accept = value && ({ kind: 'replace', value, by: 'false' } as const);
    return [{ word, rule: { check, rowRule, ...(accept ? { accept } : {}) } }];
  };
  return [
    ...made('required', 'required', { kind: 'present', column }),
    ...made('unique', 'unique', { kind: 'unique', columns: [column] }),
  ];
}
