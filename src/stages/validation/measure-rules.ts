import type { ContractRule, Measure } from '../../core/contract/contract.ts';
import { measureChange, measureDistribution } from '../../core/contract/measure-change.ts';
import type { Measured } from '../../core/contract/measured.ts';
import { writeTimestamp } from '../../core/contract/time-words.ts';
import type { Column } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import type { DataSet, QueryMeasured } from '../../ports/data-engine.ts';
import type { OtherDataSets } from './other-data.ts';

export type MeasureContext = {
  readonly data: DataSet;
  readonly others: OtherDataSets;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The contract, for messages about SQL. */
  readonly file: string;
  /** Columns whose values are never printed. */
  readonly hidden: ReadonlySet<string>;
};

/** The numbers that rules about the whole data set are held to. */
export async function measureRules(
  rules: readonly ContractRule[],
  context: MeasureContext,
): Promise<ReadonlyMap<ContractRule, Measured>> {
  const measured = new Map<ContractRule, Measured>();
  for (const rule of rules) {
    if (rule.measure === undefined || rule.measure.kind === 'row-count') continue;
    measured.set(rule, await measure(rule, rule.measure, context));
  }
  return measured;
}

async function measure(rule: ContractRule, measure: Measure, context: MeasureContext): Promise<Measured> {
  switch (measure.kind) {
    case 'row-count':
      return { value: context.data.rowCount };
    case 'freshness':
      return await measureAge(measure.column, context);
    case 'sql':
      return await measureSql(rule, measure, context);
    case 'change':
      return await compareFigures(measure, context);
    case 'distribution':
      return await compareValues(measure, context);
  }
}

const MILLISECONDS_AN_HOUR = 3_600_000;

async function measureAge(column: string, { data, now, hidden }: MeasureContext): Promise<Measured> {
  const found = await readTimes(data, column);
  if (found === 'none') return { notChecked: `${column} holds values that are no times` };
  if (found === undefined) return { notChecked: `${column} has no value` };
  const value = (now - found.to) / MILLISECONDS_AN_HOUR;
  // With the time of the check, an age is the value itself.
  return hidden.has(column)
    ? { value, hidden: true }
    : { value, words: `of ${writeTimestamp(found.to)} UTC` };
}

/** The engine's own message quotes the value that is no time, which may have to be hidden. */
async function readTimes(data: DataSet, column: string) {
  try {
    return await data.timeRange(column);
  } catch (error) {
    if (error instanceof InputError) return 'none';
    throw error;
  }
}

async function measureSql(
  { line, name }: ContractRule,
  { query, tables }: Extract<Measure, { readonly kind: 'sql' }>,
  { data, file, hidden }: MeasureContext,
): Promise<Measured> {
  const subject = `${file}:${line}: ${name ?? 'the query'}`;
  const { value, reach } = await data.measure({ sql: query, subject, tables });
  if (value === undefined) return { notChecked: 'the query gives NULL' };
  return mayTell(reach, hidden) ? { value, hidden: true } : { value };
}

/** Whether a number may be a value of a hidden column. */
function mayTell(reach: QueryMeasured['reach'], hidden: ReadonlySet<string>): boolean {
  if (hidden.size === 0 || reach.kind === 'row-count') return false;
  if (reach.kind === 'anything') return true;
  const lower = new Set([...hidden].map((name) => name.toLowerCase()));
  return reach.names.some((name) => lower.has(name.toLowerCase()));
}

async function compareFigures(
  measure: Extract<Measure, { readonly kind: 'change' }>,
  { data, others, hidden }: MeasureContext,
): Promise<Measured> {
  const other = await others.open(measure.against);
  if ('missing' in other) return { notChecked: other.missing };
  const { column } = measure;
  if (column !== undefined && !hasColumn(other.data, column)) return lacks(measure.against, column);
  const figures = async (set: DataSet) => ({
    rows: set.rowCount,
    profile: column === undefined ? undefined : (await set.profile([column]))[0],
  });
  return measureChange(measure.of, {
    earlier: await figures(other.data),
    now: await figures(data),
    hidden: column !== undefined && hidden.has(column),
  });
}

async function compareValues(
  measure: Extract<Measure, { readonly kind: 'distribution' }>,
  { data, others, hidden }: MeasureContext,
): Promise<Measured> {
  const { column, against } = measure;
  const other = await others.open(against);
  if ('missing' in other) return { notChecked: other.missing };
  if (!hasColumn(other.data, column)) return lacks(against, column);
  const as = [data, other.data].every((set) => isNumeric(set, column)) ? 'number' : 'text';
  const read = async (set: DataSet): Promise<Column> => (await set.read([{ name: column, as }])).columns[0]!;
  const columns = { earlier: await read(other.data), now: await read(data) };
  return measureDistribution(measure, { ...columns, hidden: hidden.has(column) });
}

function lacks(dataset: string, column: string): Measured {
  return { notChecked: `${dataset} has no column ${column}` };
}

function hasColumn(data: DataSet, name: string): boolean {
  return data.columns.some((column) => column.name === name);
}

function isNumeric(data: DataSet, name: string): boolean {
  const type = data.columns.find((column) => column.name === name)?.type;
  return type !== undefined && type !== 'string' && type !== 'other';
}
