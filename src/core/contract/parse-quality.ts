import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { AcceptTarget } from './accept-target.ts';
import { type ContractRule, LIMIT_OPERATORS, type Limit, type NotChecked } from './contract.ts';
import { type ContractPlace, refuse, spanOf, targetOf } from './contract-place.ts';
import { allowedShare } from './limit.ts';
import { readOwnWords } from './own-words.ts';
import { OWN_ENGINE, parseOwnCheck } from './parse-own-check.ts';
import { refuseImpossible, refuseInexact } from './possible-limits.ts';
import { requireStandardWords } from './standard-words.ts';
import { refusePattern } from './text-patterns.ts';

export type QualityContext = {
  readonly place: ContractPlace;
  readonly column?: string;
  /** Where the list lies: `schema[0].quality`. */
  readonly path: string;
  /** Names by which SQL may call the data set. */
  readonly tables: readonly string[];
};

type Quality = { readonly rules: readonly ContractRule[]; readonly notChecked: readonly NotChecked[] };

const TYPES = ['library', 'sql', 'custom', 'text'];

/** The `quality` list of a column or of the whole object: rules that can be checked, and the others by name. */
export function parseQuality(node: unknown, context: QualityContext): Quality {
  const rules: ContractRule[] = [];
  const notChecked: NotChecked[] = [];
  const { place, column } = context;
  if (node !== undefined && node !== null && !isSeq(node) && !(isScalar(node) && node.value === null)) {
    throw refuse(place, node, '`quality` is a list of rules');
  }
  for (const [index, item] of (isSeq(node) ? node.items : []).entries()) {
    if (!isMap(item)) throw refuse(place, item, 'a quality rule is a mapping');
    requireStandardWords(item, 'a quality rule', place);
    const type = item.get('type') ?? (item.has('query') && !item.has('metric') ? 'sql' : 'library');
    if (!TYPES.includes(String(type))) {
      throw refuse(
        place,
        item.get('type', true),
        `type is ${JSON.stringify(type)}; a rule is ${TYPES.join(', ')}`,
      );
    }
    // Rules as text are for people; the standard asks for no check of them.
    if (type === 'text') continue;
    const own = { ...context, path: `${context.path}[${index}]` };
    const rule = parseRule(item, String(type), own);
    if (rule !== undefined) rules.push(rule);
    else {
      const words = `${type} rule ${String(item.get('metric') ?? item.get('rule') ?? item.get('name') ?? '')}`;
      notChecked.push({
        words: column === undefined ? words.trim() : `${words.trim()} of ${column}`,
        line: place.lineOf(item),
        ...(column === undefined ? {} : { column }),
      });
    }
  }
  return { rules, notChecked };
}

function parseRule(item: YAMLMap, type: string, context: QualityContext): ContractRule | undefined {
  if (type === 'custom') {
    if (item.get('engine') !== OWN_ENGINE) return undefined;
    return parseOwnCheck(item, { ...context, severity: readSeverity(item), ...nameOf(item) });
  }
  return type === 'sql' ? sqlRule(item, context) : libraryRule(item, context);
}

function nameOf(item: YAMLMap): { readonly name?: string } {
  const name = item.get('name');
  return typeof name === 'string' && name !== '' ? { name } : {};
}

function sqlRule(item: YAMLMap, context: QualityContext): ContractRule {
  const { place, column, tables } = context;
  const query = item.get('query');
  if (typeof query !== 'string' || query.trim() === '') {
    throw refuse(place, item.get('query', true) ?? item, 'an sql rule needs a `query`');
  }
  const { limit, accept } = readLimit(item, context);
  refuseImpossible(item, { ...limit, unit: 'value' }, place);
  // The standard's words for the object and the column in a query.
  const filled = query
    .replace(/\$?\{(?:table|object|schema)\}/g, 'source')
    .replace(/\$?\{(?:column|property)\}/g, () =>
      column === undefined ? 'NULL' : `"${column.replaceAll('"', '""')}"`,
    );
  return {
    check: 'sql',
    severity: readSeverity(item),
    ...(column === undefined ? {} : { column }),
    ...nameOf(item),
    line: place.lineOf(item),
    measure: { kind: 'sql', query: filled, tables },
    limit: { ...limit, unit: 'value' },
    ...(accept ? { accept } : {}),
  };
}

function libraryRule(item: YAMLMap, context: QualityContext): ContractRule | undefined {
  const { place, column, path } = context;
  const metric = String(item.get('metric') ?? item.get('rule'));
  const unit = item.get('unit') ?? 'rows';
  // The standard allows any unit; rules in others than these two cannot be checked.
  if (unit !== 'rows' && unit !== 'percent') return undefined;
  const made = whatIsCounted(item, metric, context);
  if (made === undefined) return undefined;
  const { limit, accept } = readLimit(item, context);
  const { mode } = readOwnWords(item, { place, path, words: ['mode'] });
  const withUnit: Limit = { ...limit, unit };
  refuseImpossible(item, withUnit, place);
  if (mode === 'population' && allowedShare(withUnit) === undefined) {
    throw refuse(
      place,
      item,
      'mode population needs an upper limit in percent: `mustBeLessOrEqualTo: 1`, `unit: percent`',
    );
  }
  const values = made.rowRule?.kind === 'set' ? acceptValues(item, context) : undefined;
  const edit = values ?? accept;
  return {
    ...made,
    severity: readSeverity(item),
    line: place.lineOf(item),
    limit: withUnit,
    ...(made.check === 'row-count' || column === undefined ? {} : { column }),
    ...nameOf(item),
    ...(mode === undefined ? {} : { mode }),
    ...(edit === undefined ? {} : { accept: edit }),
  };
}

function whatIsCounted(
  item: YAMLMap,
  metric: string,
  { place, column }: QualityContext,
): Pick<ContractRule, 'check' | 'rowRule' | 'measure'> | undefined {
  if (metric === 'rowCount') return { check: 'row-count', measure: { kind: 'row-count' } };
  if (metric === 'duplicateValues') {
    const columns = column === undefined ? readColumns(item, place) : [column];
    return { check: 'unique', rowRule: { kind: 'unique', columns } };
  }
  if (column === undefined) return undefined;
  if (metric === 'nullValues') return { check: 'required', rowRule: { kind: 'present', column } };
  if (metric === 'missingValues') {
    const words = listOf(item, 'missingValues').filter((word) => word !== '');
    return {
      check: 'required',
      rowRule: { kind: 'present', column, ...(words.length > 0 ? { words } : {}) },
    };
  }
  if (metric !== 'invalidValues') {
    const known = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'];
    const node = item.get('metric', true) ?? item.get('rule', true) ?? item;
    throw refuse(
      place,
      node,
      `the standard has no metric ${JSON.stringify(metric)}; it has ${known.join(', ')}`,
    );
  }
  if (isSeq(argumentsOf(item)?.get('validValues', true))) {
    return { check: 'set', rowRule: { kind: 'set', column, values: listOf(item, 'validValues') } };
  }
  const pattern = argumentsOf(item)?.get('pattern');
  if (typeof pattern !== 'string') return undefined;
  const problem = refusePattern(pattern);
  if (problem === undefined) return { check: 'pattern', rowRule: { kind: 'pattern', column, pattern } };
  throw refuse(place, argumentsOf(item)?.get('pattern', true), `the pattern cannot be used: ${problem}`);
}

/** The texts of a list of arguments as they are written: 01 stays 01, and 1.50 stays 1.50. */
function listOf(item: YAMLMap, word: string): string[] {
  const list = argumentsOf(item)?.get(word, true);
  const listed = (isSeq(list) ? list.items : []).filter(isScalar).filter(({ value }) => value !== null);
  return listed.map(({ value, source }) => (typeof value === 'string' ? value : (source ?? String(value))));
}

function acceptValues(item: YAMLMap, { place, path }: QualityContext): AcceptTarget | undefined {
  const values = argumentsOf(item)?.get('validValues', true);
  const span = spanOf(values);
  if (!isSeq(values) || span === undefined) return undefined;
  const last = values.items.at(-1);
  const lastSpan = spanOf(last);
  const firstSpan = spanOf(values.items[0]);
  const flow = values.flow === true;
  if (!flow && (lastSpan === undefined || firstSpan === undefined)) return undefined;
  return {
    kind: 'values',
    path: `${path}.arguments.validValues`,
    offset: lastSpan?.[1] ?? span[1] - 1,
    flow,
    isEmpty: values.items.length === 0,
    // A block list starts at its first hyphen.
    indent: flow ? 0 : span[0] - (place.text.lastIndexOf('\n', span[0] - 1) + 1),
  };
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

/** The one comparison of a rule. @throws InputError where there is none, several, or no number in it. */
function readLimit(
  item: YAMLMap,
  { place, path }: QualityContext,
): { readonly limit: Pick<Limit, 'operator' | 'values'>; readonly accept?: AcceptTarget } {
  const used = LIMIT_OPERATORS.filter((operator) => item.has(operator));
  const [operator] = used;
  if (operator === undefined || used.length > 1) {
    throw refuse(
      place,
      item,
      `a rule that is checked has exactly one of ${LIMIT_OPERATORS.join(', ')}; this one has ${used.length === 0 ? 'none' : used.join(' and ')}`,
    );
  }
  const node = item.get(operator, true);
  const nodes = isSeq(node) ? node.items : [node];
  const wanted = operator.endsWith('Between') ? 2 : 1;
  const values = nodes.map((each) => numberOf(isScalar(each) ? each.value : undefined));
  const numbers = values.filter((value) => value !== undefined);
  if (numbers.length !== wanted || values.length !== wanted) {
    throw refuse(
      place,
      node ?? item,
      `${operator} needs ${wanted === 1 ? 'a number' : 'two numbers, the smaller first'}`,
    );
  }
  for (const each of nodes) refuseInexact(place, each, { word: operator, isInteger: false });
  const targets = nodes.flatMap((each, index) => {
    const target = targetOf(each, wanted === 1 ? `${path}.${operator}` : `${path}.${operator}[${index}]`);
    return target ? [target] : [];
  });
  return {
    limit: { operator, values: numbers },
    ...(targets.length === wanted ? { accept: { kind: 'limit', values: targets } } : {}),
  };
}

/** SQL may give true and false, which are 1 and 0. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
