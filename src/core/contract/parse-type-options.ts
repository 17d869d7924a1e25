import { isScalar, type YAMLMap } from 'yaml';
import type { RowRule } from '../data/row-rule.ts';
import type { AcceptTarget } from './accept-target.ts';
import type { ContractCheck, NotChecked } from './contract.ts';
import { type PropertyContext, refuse, targetOf } from './contract-place.ts';
import { isEmptyRange, refuseInexact } from './possible-limits.ts';
import { NUMBER_FORMATS, refusePattern, TEXT_FORMATS } from './text-patterns.ts';
import { parseInstant, parseTimeOfDay, strptimeFormat } from './time-words.ts';

export type OptionRule = {
  readonly check: ContractCheck;
  readonly rowRule: RowRule;
  readonly node: unknown;
  readonly accept?: AcceptTarget;
};

type OptionsContext = PropertyContext & { readonly type: string | undefined };

export type ReadOptions = {
  readonly rules: readonly OptionRule[];
  readonly notChecked: readonly NotChecked[];
  /** Whether times have a format that is checked in the place of their type. */
  readonly formats: boolean;
};

/** The options of a logical type as rules. @throws InputError with the line of one that means nothing. */
export function readTypeOptions(options: YAMLMap, context: OptionsContext): ReadOptions {
  const rules = [
    ...readBounds(options, context),
    ...readLength(options, context),
    ...readPattern(options, context),
    ...readMultiple(options, context),
    ...readFormat(options, context),
  ];
  const used = new Set([
    ...WORDS_OF_RULES,
    ...(rules.some(({ check }) => check === 'format') ? ['format'] : []),
  ]);
  const notChecked = options.items.flatMap(({ key }) => {
    const word = isScalar(key) ? String(key.value) : '';
    if (used.has(word)) return [];
    return [{ words: `${word} of ${context.column}`, line: context.place.lineOf(key) }];
  });
  return { rules, notChecked, formats: rules.some(({ rowRule }) => rowRule.kind === 'time-format') };
}

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
const WORDS_OF_RULES = [...BOUNDS, 'minLength', 'maxLength', 'pattern', 'multipleOf'];

type Bounds = Partial<Record<(typeof BOUNDS)[number], number>>;

function readBounds(options: YAMLMap, context: OptionsContext): OptionRule[] {
  const { column, type } = context;
  const written = BOUNDS.filter((word) => options.has(word));
  const [first] = written;
  if (first === undefined) return [];
  const isTime = type === 'date' || type === 'timestamp' || type === 'time';
  const bounds: Bounds = Object.fromEntries(written.map((word) => [word, readBound(options, word, context)]));
  refuseEmptyRange(options, written, { ...context, bounds });
  const accept: AcceptTarget = {
    kind: 'bounds',
    written: isTime ? type : 'number',
    ...boundTarget(options, 'minimum', { context, bounds }),
    ...boundTarget(options, 'maximum', { context, bounds }),
  };
  const rowRule: RowRule = isTime
    ? { kind: 'time-range', column, of: type === 'time' ? 'time-of-day' : 'instant', ...bounds }
    : { kind: 'range', column, ...bounds };
  return [{ check: 'range', rowRule, node: options.get(first, true), accept }];
}

function refuseEmptyRange(
  options: YAMLMap,
  words: readonly string[],
  { column, place, bounds }: OptionsContext & { readonly bounds: Bounds },
): void {
  if (!isEmptyRange(bounds)) return;
  const written = words.map((word) => `${word} ${JSON.stringify(options.get(word))}`).join(' and ');
  throw refuse(
    place,
    options.get(words.at(-1)!, true),
    `no value of ${column} can keep ${written}; write a minimum below the maximum`,
  );
}

function boundTarget(
  options: YAMLMap,
  end: 'minimum' | 'maximum',
  { context, bounds }: { readonly context: OptionsContext; readonly bounds: Bounds },
): Pick<Extract<AcceptTarget, { kind: 'bounds' }>, 'minimum' | 'maximum'> {
  const exclusive = end === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  const word = options.has(end) ? end : exclusive;
  const target = targetOf(options.get(word, true), `${context.path}.${word}`);
  const value = bounds[word];
  if (target === undefined || value === undefined || (options.has(end) && options.has(exclusive))) return {};
  return { [end]: word === end ? { ...target, value } : { ...target, value, exclusive: true } };
}

function readBound(options: YAMLMap, word: string, { column, type, place }: OptionsContext): number {
  const node = options.get(word, true);
  const value = isScalar(node) ? node.value : undefined;
  const parse =
    type === 'time' ? parseTimeOfDay : type === 'date' || type === 'timestamp' ? parseInstant : undefined;
  const number = parse === undefined ? value : typeof value === 'string' ? parse(value) : undefined;
  refuseInexact(place, node, { word: `${word} of ${column}`, isInteger: type === 'integer' });
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  const wanted =
    parse === undefined
      ? 'a number is needed'
      : `write ${type === 'time' ? 'a time such as "08:30:00"' : type === 'date' ? 'a date such as "2024-01-31"' : 'a time such as "2024-01-31 08:30:00"'}`;
  throw refuse(place, node, `${word} of ${column} is ${JSON.stringify(value)}; ${wanted}`);
}

function readLength(options: YAMLMap, { column, place, path }: OptionsContext): OptionRule[] {
  const words = (['minLength', 'maxLength'] as const).filter((word) => options.has(word));
  if (words[0] === undefined) return [];
  const length = (word: string) => {
    const node = options.get(word, true);
    if (node === undefined) return undefined;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    throw refuse(place, node, `${word} of ${column} is ${JSON.stringify(value)}; a whole number is needed`);
  };
  const minimum = length('minLength');
  const maximum = length('maxLength');
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    throw refuse(
      place,
      options.get('maxLength', true),
      `no value of ${column} can keep minLength ${minimum} and maxLength ${maximum}; write a minLength of at most the maxLength`,
    );
  }
  const low = targetOf(options.get('minLength', true), `${path}.minLength`);
  const high = targetOf(options.get('maxLength', true), `${path}.maxLength`);
  return [
    {
      check: 'length',
      node: options.get(words[0], true),
      rowRule: {
        kind: 'length',
        column,
        ...(minimum === undefined ? {} : { minimum }),
        ...(maximum === undefined ? {} : { maximum }),
      },
      accept: {
        kind: 'bounds',
        written: 'number',
        ...(low && minimum !== undefined ? { minimum: { ...low, value: minimum } } : {}),
        ...(high && maximum !== undefined ? { maximum: { ...high, value: maximum } } : {}),
      },
    },
  ];
}

function readPattern(options: YAMLMap, { column, place }: OptionsContext): OptionRule[] {
  const node = options.get('pattern', true);
  if (node === undefined) return [];
  const pattern = isScalar(node) ? node.value : undefined;
  if (typeof pattern !== 'string') {
    throw refuse(place, node, `pattern of ${column} is ${JSON.stringify(pattern)}; a text is needed`);
  }
  const problem = refusePattern(pattern);
  if (problem !== undefined) throw refuse(place, node, `pattern of ${column} cannot be used: ${problem}`);
  return [{ check: 'pattern', node, rowRule: { kind: 'pattern', column, pattern } }];
}

function readMultiple(options: YAMLMap, { column, place }: OptionsContext): OptionRule[] {
  const node = options.get('multipleOf', true);
  if (node === undefined) return [];
  const divisor = isScalar(node) ? node.value : undefined;
  if (typeof divisor !== 'number' || !(divisor > 0) || !Number.isFinite(divisor)) {
    throw refuse(
      place,
      node,
      `multipleOf of ${column} is ${JSON.stringify(divisor)}; write a number above 0`,
    );
  }
  return [{ check: 'multiple-of', node, rowRule: { kind: 'multiple-of', column, divisor } }];
}

function readFormat(options: YAMLMap, { column, type, place }: OptionsContext): OptionRule[] {
  const node = options.get('format', true);
  if (node === undefined) return [];
  const format = isScalar(node) ? node.value : undefined;
  if (typeof format !== 'string') {
    throw refuse(place, node, `format of ${column} is ${JSON.stringify(format)}; a text is needed`);
  }
  const rowRule = formatRule(type, format, column);
  return rowRule === undefined ? [] : [{ check: 'format', node, rowRule }];
}

function formatRule(type: string | undefined, format: string, column: string): RowRule | undefined {
  if (type === 'string') {
    const pattern = Object.hasOwn(TEXT_FORMATS, format) ? TEXT_FORMATS[format] : undefined;
    return pattern === undefined ? undefined : { kind: 'pattern', column, pattern };
  }
  if (type === 'number' || type === 'integer') {
    const range = Object.hasOwn(NUMBER_FORMATS, format) ? NUMBER_FORMATS[format] : undefined;
    return range === undefined ? undefined : { kind: 'range', column, ...range };
  }
  if (type !== 'date' && type !== 'timestamp' && type !== 'time') return undefined;
  const directives = strptimeFormat(format);
  return directives === undefined ? undefined : { kind: 'time-format', column, format: directives };
}
