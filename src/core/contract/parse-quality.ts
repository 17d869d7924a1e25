import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { RowRule } from '../data/row-rule.ts';
import type { ContractRule, Limit, LimitOperator } from './contract.ts';
import { type ContractPlace, refuse } from './contract-place.ts';

const OPERATORS: readonly LimitOperator[] = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
];

type QualityContext = { readonly place: ContractPlace; readonly column?: string };
type Quality = {
  readonly rules: readonly ContractRule[];
  readonly notChecked: readonly { readonly words: string; readonly line: number }[];
};

/** The `quality` list of a column or of the whole object: library rules become rules, others are named. */
export function parseQuality(node: unknown, context: QualityContext): Quality {
  const rules: ContractRule[] = [];
  const notChecked: { words: string; line: number }[] = [];
  for (const item of isSeq(node) ? node.items : []) {
    if (!isMap(item)) throw refuse(context.place, item, 'a quality rule is a mapping');
    const type = item.get('type') ?? 'library';
    // Rules as text are for people; the standard asks for no check of them.
    if (type === 'text') continue;
    const metric = item.get('metric') ?? item.get('rule');
    const checked = type === 'library' && unitOf(item) !== undefined;
    const rule = checked ? libraryRule(item, String(metric), context) : undefined;
    if (rule) rules.push(rule);
    else
      notChecked.push({
        words: `${type} rule ${String(metric ?? item.get('name') ?? '')}`.trim(),
        line: context.place.lineOf(item),
      });
  }
  return { rules, notChecked };
}

function libraryRule(item: YAMLMap, metric: string, context: QualityContext): ContractRule | undefined {
  const { place, column } = context;
  const limit = readLimit(item, place);
  const base = { severity: readSeverity(item), line: place.lineOf(item), limit } as const;
  if (metric === 'rowCount') return { ...base, check: 'row-count' };
  if (metric === 'duplicateValues') {
    const columns = column === undefined ? readColumns(item, place) : [column];
    const named = column === undefined ? {} : { column };
    return { ...base, ...named, check: 'unique', rowRule: { kind: 'unique', columns } };
  }
  if (column === undefined) return undefined;
  if (metric === 'nullValues' || (metric === 'missingValues' && !namesOtherMissing(item))) {
    return { ...base, column, check: 'required', rowRule: { kind: 'present', column } };
  }
  if (metric !== 'invalidValues') return undefined;
  const rowRule = readValidValues(item, column);
  return rowRule === undefined ? undefined : { ...base, column, check: 'set', rowRule };
}

/** Whether a rule counts words such as "n/a" as missing too, which the data do not. */
function namesOtherMissing(item: YAMLMap): boolean {
  const values = argumentsOf(item)?.get('missingValues', true);
  const listed: unknown[] = isSeq(values) ? values.toJSON() : [];
  return listed.some((value) => value !== null && value !== '');
}

function readValidValues(item: YAMLMap, column: string): RowRule | undefined {
  const values = argumentsOf(item)?.get('validValues', true);
  if (!isSeq(values)) return undefined;
  const listed: unknown[] = values.toJSON();
  return { kind: 'set', column, values: listed.filter((value) => value !== null).map(String) };
}

function readColumns(item: YAMLMap, place: ContractPlace): readonly string[] {
  const columns = argumentsOf(item)?.get('properties', true);
  if (isSeq(columns) && columns.items.length > 0) return (columns.toJSON() as unknown[]).map(String);
  throw refuse(
    place,
    item,
    'duplicateValues of the whole object needs `arguments: {properties: [column, …]}`',
  );
}

function argumentsOf(item: YAMLMap): YAMLMap | undefined {
  const given = item.get('arguments', true);
  return isMap(given) ? given : undefined;
}

/** The standard allows any word; one that is not known is taken for the gravest. */
function readSeverity(item: YAMLMap): ContractRule['severity'] {
  const severity = item.get('severity');
  return severity === 'warning' || severity === 'info' ? severity : 'error';
}

/** The standard allows any unit; rules in others than these two cannot be checked. */
function unitOf(item: YAMLMap): Limit['unit'] | undefined {
  const unit = item.get('unit') ?? 'rows';
  return unit === 'rows' || unit === 'percent' ? unit : undefined;
}

function readLimit(item: YAMLMap, place: ContractPlace): Limit {
  const used = OPERATORS.filter((operator) => item.has(operator));
  const [operator] = used;
  if (operator === undefined || used.length > 1) {
    throw refuse(
      place,
      item,
      `a library rule has exactly one of ${OPERATORS.join(', ')}; this one has ${used.length === 0 ? 'none' : used.join(' and ')}`,
    );
  }
  const node = item.get(operator, true);
  const values: unknown[] = isSeq(node) ? node.toJSON() : [item.get(operator)];
  const wanted = operator.endsWith('Between') ? 2 : 1;
  const numbers = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  if (numbers.length !== wanted || values.length !== wanted) {
    throw refuse(
      place,
      node ?? item,
      `${operator} needs ${wanted === 1 ? 'a number' : 'two numbers, the smaller first'}`,
    );
  }
  return { operator, values: numbers, unit: unitOf(item) ?? 'rows' };
}
