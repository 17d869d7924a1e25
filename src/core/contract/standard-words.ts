import { isMap, isScalar, type YAMLMap } from 'yaml';
import { nearestName } from '../configuration/nearest-name.ts';
import { type ContractPlace, refuse } from './contract-place.ts';

/**
 * The words that the Open Data Contract Standard (JSON Schema of v3.1.0, which holds those of v3.0) has for the
 * parts that are acted on. It allows no others there; further matter goes into `customProperties`.
 */
const ELEMENT = [
  ...['id', 'name', 'physicalType', 'description', 'businessName', 'authoritativeDefinitions', 'tags'],
  'customProperties',
] as const;

export const STANDARD_WORDS = {
  'a data contract': [
    ...['version', 'kind', 'apiVersion', 'id', 'name', 'tenant', 'tags', 'status', 'servers', 'dataProduct'],
    ...['description', 'domain', 'schema', 'support', 'price', 'team', 'roles', 'slaDefaultElement'],
    ...['slaProperties', 'authoritativeDefinitions', 'customProperties', 'contractCreatedTs'],
  ],
  'an object of `schema`': [
    ...ELEMENT,
    ...[
      'logicalType',
      'physicalName',
      'dataGranularityDescription',
      'properties',
      'relationships',
      'quality',
    ],
  ],
  'a property': [
    ...ELEMENT,
    ...['primaryKey', 'primaryKeyPosition', 'logicalType', 'logicalTypeOptions', 'physicalName', 'required'],
    ...['unique', 'partitioned', 'partitionKeyPosition', 'classification', 'encryptedName'],
    ...['transformSourceObjects', 'transformLogic', 'transformDescription', 'examples'],
    ...['criticalDataElement', 'relationships', 'quality', 'items', 'properties'],
  ],
  'a quality rule': [
    ...['id', 'authoritativeDefinitions', 'businessImpact', 'customProperties', 'description', 'dimension'],
    ...['method', 'name', 'schedule', 'scheduler', 'severity', 'tags', 'type', 'unit', 'metric', 'rule'],
    ...['arguments', 'query', 'engine', 'implementation'],
    ...['mustBe', 'mustNotBe', 'mustBeGreaterThan', 'mustBeGreaterOrEqualTo', 'mustBeLessThan'],
    ...['mustBeLessOrEqualTo', 'mustBeBetween', 'mustNotBeBetween'],
  ],
} as const;

const TIME_OPTIONS = ['format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** What `logicalTypeOptions` may hold, by logical type. */
export const TYPE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  date: TIME_OPTIONS,
  timestamp: [...TIME_OPTIONS, 'timezone', 'defaultTimezone'],
  time: [...TIME_OPTIONS, 'timezone', 'defaultTimezone'],
  number: [...TIME_OPTIONS, 'multipleOf'],
  integer: [...TIME_OPTIONS, 'multipleOf'],
  object: ['minProperties', 'maxProperties', 'required'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  boolean: [],
};

/** Refuses a word that a part of a contract does not have. @throws InputError with the nearest one that it has. */
export function requireKnownWords(
  map: YAMLMap,
  known: { readonly part: string; readonly words: readonly string[] },
  place: ContractPlace,
): void {
  for (const { key } of map.items) {
    const word = isScalar(key) ? String(key.value) : '';
    if (known.words.includes(word)) continue;
    const near = nearestName(word, known.words);
    const hint = near === undefined ? `its words are ${known.words.join(', ')}` : `did you mean ${near}?`;
    throw refuse(place, key, `${known.part} has no word ${JSON.stringify(word.slice(0, 60))}; ${hint}`);
  }
}

/** The same for a part that the standard knows. */
export function requireStandardWords(
  map: YAMLMap,
  part: keyof typeof STANDARD_WORDS,
  place: ContractPlace,
): void {
  requireKnownWords(map, { part, words: STANDARD_WORDS[part] }, place);
}

/** The flag of a map; @throws InputError for anything but true and false. */
export function readFlag(map: YAMLMap, word: string, place: ContractPlace): boolean {
  const value = map.get(word);
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  const shown = JSON.stringify(isMap(value) ? 'a mapping' : value);
  throw refuse(place, map.get(word, true), `${word} is ${shown}; write true or false`);
}
