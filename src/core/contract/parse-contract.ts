import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { RowValueType } from '../data/row-rule.ts';
import { InputError } from '../errors.ts';
import type { Contract, ContractRule } from './contract.ts';
import { type ContractPlace, createPlace, refuse } from './contract-place.ts';
import { parseQuality } from './parse-quality.ts';

const VALUE_TYPES: readonly RowValueType[] = ['integer', 'number', 'boolean', 'date', 'timestamp', 'string'];

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
  const place = createPlace(file, lines);
  const root = document.contents;
  if (!isMap(root))
    throw refuse(place, root, 'a data contract is a mapping with `apiVersion`, `kind` and `schema`');
  checkStandard(root, place);
  return readSchema(pickSchema(root, { place, dataNames }), place);
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
}

function pickSchema(
  root: YAMLMap,
  request: { readonly place: ContractPlace; readonly dataNames: readonly string[] },
): YAMLMap {
  const { place, dataNames } = request;
  const schema = root.get('schema', true);
  const objects = isSeq(schema) ? schema.items.filter(isMap) : [];
  const [only] = objects;
  if (only === undefined)
    throw refuse(place, schema, '`schema` must list at least one object with its properties');
  if (objects.length === 1) return only;
  for (const name of dataNames) {
    const named = objects.find((object) => object.get('name') === name);
    if (named) return named;
  }
  const names = objects.map((object) => String(object.get('name')));
  throw refuse(
    place,
    schema,
    `the contract has the objects ${names.join(', ')}; call the one that describes the data ${dataNames.join(' or ')}`,
  );
}

function readSchema(schema: YAMLMap, place: ContractPlace): Contract {
  const properties = schema.get('properties', true);
  const columns: { name: string; line: number }[] = [];
  const rules: ContractRule[] = [];
  const notChecked: { words: string; line: number }[] = [];
  const primaryKey: { name: string; line: number }[] = [];
  for (const property of isSeq(properties) ? properties.items : []) {
    if (!isMap(property)) throw refuse(place, property, 'a property is a mapping with a `name`');
    const name = property.get('physicalName') ?? property.get('name');
    if (typeof name !== 'string' || name === '') throw refuse(place, property, 'a property needs a `name`');
    const line = place.lineOf(property);
    columns.push({ name, line });
    rules.push(...propertyRules(property, name, place));
    if (property.get('primaryKey') === true)
      primaryKey.push({ name, line: place.lineOf(property.get('primaryKey', true)) });
    const quality = parseQuality(property.get('quality', true), { place, column: name });
    rules.push(...quality.rules);
    notChecked.push(
      ...uncheckedType(property, name, place),
      ...uncheckedOptions(property, name, place),
      ...quality.notChecked,
    );
  }
  if (primaryKey[0])
    rules.push(...keyRules(primaryKey, primaryKey[0].line).filter((rule) => !isSaid(rule, rules)));
  const whole = parseQuality(schema.get('quality', true), { place });
  return {
    file: place.file,
    columns,
    rules: [...rules, ...whole.rules],
    notChecked: [...notChecked, ...whole.notChecked],
  };
}

/** Whether a column asks for the same by itself already. */
function isSaid(rule: ContractRule, rules: readonly ContractRule[]): boolean {
  return rules.some(
    (other) => other.check === rule.check && other.column === rule.column && rule.column !== undefined,
  );
}

function propertyRules(property: YAMLMap, column: string, place: ContractPlace): ContractRule[] {
  const rules: ContractRule[] = [];
  const add = (key: string, rule: Pick<ContractRule, 'check' | 'rowRule'>) => {
    const line = place.lineOf(property.get(key, true) ?? property);
    rules.push({ ...rule, severity: 'error', column, line, limit: NO_ROWS });
  };
  const type = VALUE_TYPES.find((known) => known === property.get('logicalType'));
  if (type) add('logicalType', { check: 'type', rowRule: { kind: 'type', column, type } });
  if (property.get('required') === true)
    add('required', { check: 'required', rowRule: { kind: 'present', column } });
  if (property.get('unique') === true)
    add('unique', { check: 'unique', rowRule: { kind: 'unique', columns: [column] } });
  const range = readRange(property.get('logicalTypeOptions', true), { column, place });
  if (range) add('logicalTypeOptions', { check: 'range', rowRule: range });
  return rules;
}

const NO_ROWS = { operator: 'mustBe', values: [0], unit: 'rows' } as const;

function keyRules(key: readonly { readonly name: string }[], line: number): ContractRule[] {
  const columns = key.map(({ name }) => name);
  const unique: ContractRule = {
    check: 'unique',
    severity: 'error',
    line,
    ...(columns.length === 1 ? { column: columns[0]! } : {}),
    rowRule: { kind: 'unique', columns },
    limit: NO_ROWS,
  };
  const present = columns.map(
    (column): ContractRule => ({
      check: 'required',
      severity: 'error',
      column,
      line,
      rowRule: { kind: 'present', column },
      limit: NO_ROWS,
    }),
  );
  return [unique, ...present];
}

const RANGE_OPTIONS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
const RANGE_OPTION_NAMES: readonly string[] = RANGE_OPTIONS;

function readRange(
  options: unknown,
  { column, place }: { readonly column: string; readonly place: ContractPlace },
): ContractRule['rowRule'] | undefined {
  if (!isMap(options)) return undefined;
  const bounds: Partial<Record<(typeof RANGE_OPTIONS)[number], number>> = {};
  for (const option of RANGE_OPTIONS) {
    const value = options.get(option);
    if (value === undefined) continue;
    if (typeof value !== 'number') {
      // Dates have bounds as text; those are named as not checked.
      if (typeof value === 'string') continue;
      throw refuse(
        place,
        options.get(option, true),
        `${option} of ${column} is ${JSON.stringify(value)}; a number is needed`,
      );
    }
    bounds[option] = value;
  }
  return Object.keys(bounds).length === 0 ? undefined : { kind: 'range', column, ...bounds };
}

function uncheckedType(
  property: YAMLMap,
  column: string,
  place: ContractPlace,
): { words: string; line: number }[] {
  const type = property.get('logicalType');
  if (type === undefined || VALUE_TYPES.some((known) => known === type)) return [];
  return [
    {
      words: `logicalType ${String(type)} of ${column}`,
      line: place.lineOf(property.get('logicalType', true)),
    },
  ];
}

function uncheckedOptions(
  property: YAMLMap,
  column: string,
  place: ContractPlace,
): { words: string; line: number }[] {
  const options = property.get('logicalTypeOptions', true);
  if (!isMap(options)) return [];
  return options.items.flatMap((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const value = isScalar(pair.value) ? pair.value.value : undefined;
    if (RANGE_OPTION_NAMES.includes(key) && typeof value === 'number') return [];
    return [{ words: `${key} of ${column}`, line: place.lineOf(pair.key) }];
  });
}
