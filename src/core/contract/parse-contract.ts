import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { CheckSetting } from '../data-checks/checks.ts';
import { InputError } from '../errors.ts';
import { readCheckSettings } from './check-settings.ts';
import type { Contract, ContractRule, NotChecked } from './contract.ts';
import { type ContractPlace, createPlace, refuse, spanOf } from './contract-place.ts';
import { NO_ROWS } from './mostly.ts';
import { findOwnProperty } from './own-words.ts';
import { PROPERTY_WORDS, parseProperty } from './parse-property.ts';
import { parseQuality } from './parse-quality.ts';
import { readReferences } from './parse-references.ts';
import { readServiceLevels } from './parse-service-levels.ts';
import { readFlag, requireStandardWords } from './standard-words.ts';

/**
 * Reads an Open Data Contract Standard (v3) file into rules.
 * @param dataNames which schema object to take when the contract has several, the first that is there (of the
 *   data set, else of the model).
 * @throws InputError with file and line when it is no such contract or a rule cannot be understood.
 */
export function parseContract(text: string, file: string, dataNames: readonly string[]): Contract {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = document.errors;
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new InputError(`${file}:${line}:${col}: not YAML: ${problem.message}`, {
      location: { file, line, column: col },
    });
  }
  const place = createPlace(file, lines, text);
  const root = document.contents;
  if (!isMap(root))
    throw refuse(place, root, 'a data contract is a mapping with `apiVersion`, `kind` and `schema`');
  checkStandard(root, place);
  const picked = pickSchema(root, { place, dataNames });
  return readSchema({ root, place, ...picked });
}

function checkStandard(root: YAMLMap, place: ContractPlace): void {
  const kind = root.get('kind');
  if (kind !== 'DataContract') {
    throw refuse(
      place,
      root.get('kind', true),
      `kind is ${JSON.stringify(kind)}; a data contract has \`kind: DataContract\``,
    );
  }
  const version = root.get('apiVersion');
  if (typeof version !== 'string' || !/^v3\./.test(version)) {
    throw refuse(
      place,
      root.get('apiVersion', true),
      `apiVersion is ${JSON.stringify(version)}; version 3 of the Open Data Contract Standard is read (such as v3.1.0)`,
    );
  }
  requireStandardWords(root, 'a data contract', place);
}

type Picked = { readonly object: YAMLMap; readonly index: number };

function pickSchema(
  root: YAMLMap,
  request: { readonly place: ContractPlace; readonly dataNames: readonly string[] },
): Picked {
  const { place, dataNames } = request;
  const schema = root.get('schema', true);
  const objects = isSeq(schema)
    ? schema.items.flatMap((object, index) => (isMap(object) ? [{ object, index }] : []))
    : [];
  const [only] = objects;
  if (only === undefined)
    throw refuse(place, schema, '`schema` must list at least one object with its properties');
  if (objects.length === 1) return only;
  for (const name of dataNames) {
    const named = objects.find(({ object }) => object.get('name') === name);
    if (named) return named;
  }
  const names = objects.map(({ object }) => String(object.get('name')));
  throw refuse(
    place,
    schema,
    `the contract has the objects ${names.join(', ')}; call the one that describes the data ${dataNames.join(' or ')}`,
  );
}

type Schema = Picked & { readonly root: YAMLMap; readonly place: ContractPlace };

function readSchema({ root, place, object, index }: Schema): Contract {
  requireStandardWords(object, 'an object of `schema`', place);
  const path = `schema[${index}]`;
  const tables = [object.get('name'), object.get('physicalName')].filter((name) => typeof name === 'string');
  const node = object.get('properties', true);
  const properties = isSeq(node) ? node : undefined;
  const read = readProperties(properties, { place, path: `${path}.properties`, tables });
  const key = read.primaryKey[0]
    ? keyRules(read.primaryKey, read.primaryKey[0].line).filter((rule) => !isSaid(rule, read.rules))
    : [];
  const whole = parseQuality(object.get('quality', true), { place, path: `${path}.quality`, tables });
  const references = readReferences(root, object, place);
  const levels = readServiceLevels(root, { place, tables });
  const next = properties && nextColumn(properties, place);
  const checks = [...read.checks, ...checkSettings(object, { place, words: ['checks'] })];
  return {
    file: place.file,
    text: place.text,
    columns: read.columns,
    ...(next ? { nextColumn: next } : {}),
    ...(checks.length === 0 ? {} : { checks }),
    rules: [...read.rules, ...key, ...whole.rules, ...references.rules, ...levels.rules],
    ...lackingWords(root, object, place),
    notChecked: [...read.notChecked, ...whole.notChecked, ...references.notChecked, ...levels.notChecked],
  };
}

type OwnRequest = Parameters<typeof findOwnProperty>[1] & { readonly column?: string };

function checkSettings(map: YAMLMap, request: OwnRequest): readonly CheckSetting[] {
  const own = findOwnProperty(map, request);
  return own === undefined ? [] : readCheckSettings(own.value, request);
}

/** What other tools refuse a contract for, though nothing here depends on it. */
function lackingWords(root: YAMLMap, object: YAMLMap, place: ContractPlace): Pick<Contract, 'lacking'> {
  const words = ['version', 'id', 'status'].filter((word) => !root.has(word));
  if (words.length === 0) return {};
  const name = String(root.get('name') ?? object.get('name') ?? 'data');
  return { lacking: { words, name, line: place.lineOf(root.get('apiVersion', true)) } };
}

type KeyColumn = { readonly name: string; readonly line: number };
type ReadProperties = {
  readonly columns: Contract['columns'];
  readonly rules: readonly ContractRule[];
  readonly notChecked: readonly NotChecked[];
  readonly checks: readonly CheckSetting[];
  readonly primaryKey: readonly KeyColumn[];
};

function readProperties(
  properties: YAMLSeq | undefined,
  context: { readonly place: ContractPlace; readonly path: string; readonly tables: readonly string[] },
): ReadProperties {
  const { place, tables } = context;
  const columns: Contract['columns'][number][] = [];
  const rules: ContractRule[] = [];
  const notChecked: NotChecked[] = [];
  const checks: CheckSetting[] = [];
  const primaryKey: KeyColumn[] = [];
  for (const [index, property] of (properties?.items ?? []).entries()) {
    if (!isMap(property)) throw refuse(place, property, 'a property is a mapping with a `name`');
    requireStandardWords(property, 'a property', place);
    const column = property.get('physicalName') ?? property.get('name');
    if (typeof column !== 'string' || column === '')
      throw refuse(place, property, 'a property needs a `name`');
    const line = place.lineOf(property);
    const path = `${context.path}[${index}]`;
    columns.push({ name: column, line, ...removal(property, path, properties) });
    if (readFlag(property, 'primaryKey', place))
      primaryKey.push({ name: column, line: place.lineOf(property.get('primaryKey', true)) });
    const own = parseProperty(property, { place, column, path });
    const quality = parseQuality(property.get('quality', true), {
      place,
      column,
      path: `${path}.quality`,
      tables,
    });
    rules.push(...own.rules, ...quality.rules);
    notChecked.push(...own.notChecked, ...quality.notChecked);
    checks.push(...checkSettings(property, { place, column, words: PROPERTY_WORDS }));
  }
  return { columns, rules, notChecked, checks, primaryKey };
}

/** A column goes with all its lines; one of a list in brackets is left to people. */
function removal(
  property: YAMLMap,
  path: string,
  properties: YAMLSeq | undefined,
): Pick<Contract['columns'][number], 'accept'> {
  const span = spanOf(property);
  if (span === undefined || properties?.flow === true) return {};
  return { accept: { kind: 'remove', value: { path, span } } };
}

function nextColumn(properties: YAMLSeq, place: ContractPlace): Contract['nextColumn'] {
  const start = spanOf(properties)?.[0];
  const last = spanOf(properties.items.at(-1));
  if (properties.flow === true || start === undefined || last === undefined) return undefined;
  return { offset: last[1], indent: start - (place.text.lastIndexOf('\n', start - 1) + 1) };
}

/** Whether a column asks for the same by itself already. */
function isSaid(rule: ContractRule, rules: readonly ContractRule[]): boolean {
  return rules.some(
    (other) => other.check === rule.check && other.column === rule.column && rule.column !== undefined,
  );
}

function keyRules(key: readonly KeyColumn[], line: number): ContractRule[] {
  const columns = key.map(({ name }) => name);
  const common = { severity: 'error', line, limit: NO_ROWS } as const;
  return [
    {
      ...common,
      check: 'unique',
      ...(columns.length === 1 ? { column: columns[0]! } : {}),
      rowRule: { kind: 'unique', columns },
    },
    ...columns.map(
      (column): ContractRule => ({
        ...common,
        check: 'required',
        column,
        rowRule: { kind: 'present', column },
      }),
    ),
  ];
}
