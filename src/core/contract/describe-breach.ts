import type { RowRule } from '../data/row-rule.ts';
import type { ContractRule } from './contract.ts';
import { TEXT_FORMATS } from './text-patterns.ts';
import { writeTimeOfDay, writeTimestamp } from './time-words.ts';

/** What rows do that break a rule, as the end of "3 of 98 rows …". */
export function describeBreach({ rowRule, name, check }: ContractRule): string {
  if (rowRule === undefined) return 'break the rule';
  switch (rowRule.kind) {
    case 'type':
      return `of ${rowRule.column} are no ${rowRule.type}`;
    case 'present':
      return `have no ${rowRule.column}`;
    case 'range':
      return `have a value of ${rowRule.column} outside of ${describeRange(rowRule, String)}`;
    case 'finite':
      return `have a value of ${rowRule.column} that is ${rowRule.of === 'nan' ? 'NaN' : 'infinite'}`;
    case 'time-range':
      return `have a value of ${rowRule.column} outside of ${describeRange(rowRule, rowRule.of === 'instant' ? writeTimestamp : writeTimeOfDay)}`;
    case 'length':
      return `have a value of ${rowRule.column} whose length is outside of ${describeRange(rowRule, String)}`;
    case 'set':
      return `have a value of ${rowRule.column} that is none of ${listValues(rowRule.values)}`;
    case 'pattern':
      return `have a value of ${rowRule.column} that ${describePattern(rowRule.pattern, check === 'format')}`;
    case 'multiple-of':
      return `have a value of ${rowRule.column} that is no multiple of ${rowRule.divisor}`;
    case 'time-format':
      return `have a value of ${rowRule.column} that is no time in the format ${rowRule.format}`;
    case 'unique':
      return `repeat a value of ${rowRule.columns.join(' + ')}`;
    case 'condition':
      return `do not keep ${name ?? `the condition ${rowRule.expression.replace(/\s+/g, ' ').slice(0, 120)}`}`;
    case 'monotonic':
      return `have a value of ${rowRule.column} that is not ${rowRule.strict ? 'strictly ' : ''}${rowRule.direction}`;
    case 'reference':
      return `have a value of ${rowRule.columns.join(' + ')} that the other data set does not have`;
  }
}

/** What the formats of a text are called, in the words of `TEXT_FORMATS`. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  uuid: 'UUID',
  uri: 'URI',
  hostname: 'host name',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  byte: 'Base64 text',
};

function describePattern(pattern: string, isFormat: boolean): string {
  const format = Object.keys(FORMAT_NAMES).find((word) => TEXT_FORMATS[word] === pattern);
  if (isFormat && format !== undefined) return `is no ${FORMAT_NAMES[format]}`;
  return `does not match ${pattern.slice(0, 80)}`;
}

type Bounds = Pick<
  Extract<RowRule, { kind: 'range' }>,
  'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
>;

function describeRange(range: Bounds, write: (value: number) => string): string {
  const low = range.exclusiveMinimum ?? range.minimum;
  const high = range.exclusiveMaximum ?? range.maximum;
  const from =
    low === undefined ? '(no minimum' : `${range.exclusiveMinimum === undefined ? '[' : '('}${write(low)}`;
  const to =
    high === undefined ? 'no maximum)' : `${write(high)}${range.exclusiveMaximum === undefined ? ']' : ')'}`;
  return `${from}, ${to}`;
}

const LISTED_VALUES = 10;

function listValues(values: readonly string[]): string {
  const listed = values.slice(0, LISTED_VALUES).join(', ');
  return values.length > LISTED_VALUES ? `${listed}, … (${values.length} values)` : listed;
}
