import type { RowRule, RowRuleResult } from '../../ports/data-engine.ts';
import { OCCURRENCES } from './count-values.ts';
import { placesOfRows, ROW_COLUMN } from './loaded-rows.ts';
import type { RowCondition } from './row-condition.ts';
import { countSteps, isQueryRule, queryRule } from './row-rule-queries.ts';
import { rowConditionOf, uniqueColumnsOf } from './row-rules.ts';
import type { RowSet } from './row-set.ts';
import { userConditionOf } from './row-user-condition.ts';
import { explainError } from './session.ts';

const EXAMPLES = 5;

/** More new values than this are no new words of a list but other data. */
const MOST_VALUES = 50;

/**
 * Counts the rows that break each rule: rules about one column on the table of its values where there is one, all
 * other rules about single rows in one scan of them, rules about several rows each in its own.
 */
export async function checkRows(rows: RowSet, rules: readonly RowRule[]): Promise<readonly RowRuleResult[]> {
  const conditions: (RowCondition | undefined)[] = [];
  for (const rule of rules) conditions.push(await conditionOf(rows, rule));
  try {
    const counts = await countFailing(rows, groupConditions(rows, rules, conditions));
    const results: RowRuleResult[] = [];
    for (const [index, rule] of rules.entries()) {
      const condition = conditions[index];
      if (condition !== undefined) results.push(await withExamples(rows, condition, counts.get(condition)!));
      else if (rule.kind === 'unique') results.push(await checkUnique(rows, rule.columns));
      else if (isQueryRule(rule)) results.push(await checkQueried(rows, rule));
    }
    return results;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

/** The SQL of a rule over single rows; undefined for one that looks at several. */
async function conditionOf(rows: RowSet, rule: RowRule): Promise<RowCondition | undefined> {
  if (rule.kind === 'unique' || isQueryRule(rule)) return undefined;
  return rule.kind === 'condition' ? await userConditionOf(rows, rule) : rowConditionOf(rows, rule);
}

async function checkQueried(rows: RowSet, rule: Parameters<typeof queryRule>[1]): Promise<RowRuleResult> {
  const kept = rule.kind === 'monotonic' ? await countSteps(rows, rule) : undefined;
  if (kept !== undefined) return { checked: kept, failing: 0, examples: [] };
  await using query = await queryRule(rows, rule);
  return await withExamples({ ...rows, relation: query.relation }, query.condition, query.counts);
}

type Counts = { readonly checked: number; readonly failing: number };

/** Conditions by the relation that they are counted on, with the number of rows that a row of it stands for. */
type ConditionGroup = {
  readonly relation: string;
  readonly weight: string;
  readonly conditions: RowCondition[];
};

function groupConditions(
  rows: RowSet,
  rules: readonly RowRule[],
  conditions: readonly (RowCondition | undefined)[],
): readonly ConditionGroup[] {
  const groups = new Map<string, ConditionGroup>();
  for (const [index, condition] of conditions.entries()) {
    if (condition === undefined) continue;
    const rule = rules[index]!;
    const table = 'column' in rule ? rows.counted.get(rule.column)?.table : undefined;
    const relation = table ?? rows.relation;
    const weight = table === undefined ? '1' : OCCURRENCES;
    const group = groups.get(relation) ?? { relation, weight, conditions: [] };
    group.conditions.push(condition);
    groups.set(relation, group);
  }
  return [...groups.values()];
}

async function countFailing(
  rows: RowSet,
  groups: readonly ConditionGroup[],
): Promise<ReadonlyMap<RowCondition, Counts>> {
  const counts = new Map<RowCondition, Counts>();
  for (const { relation, weight, conditions } of groups) {
    const rowsWhere = (what: string) =>
      weight === '1' ? `count_if(${what})` : `coalesce(sum(${weight}) FILTER (WHERE ${what}), 0)::BIGINT`;
    const measures = conditions.map(
      ({ applies, fails }) => `${rowsWhere(applies)}, ${rowsWhere(`(${applies}) AND (${fails})`)}`,
    );
    const [found] = await rows.session.rows(`SELECT ${measures.join(', ')} FROM ${relation}`);
    for (const [index, condition] of conditions.entries()) {
      counts.set(condition, { checked: Number(found![2 * index]), failing: Number(found![2 * index + 1]) });
    }
  }
  return counts;
}

async function withExamples(rows: RowSet, condition: RowCondition, counts: Counts): Promise<RowRuleResult> {
  if (counts.failing === 0) return { ...counts, examples: [] };
  const found = await rows.session.rows(
    `SELECT ${ROW_COLUMN}, ${condition.value} FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails}) ORDER BY ${ROW_COLUMN} LIMIT ${EXAMPLES}`,
  );
  return {
    ...counts,
    examples: await toExamples(rows, found),
    ...(await findExtremes(rows, condition)),
    ...(await listValues(rows, condition)),
  };
}

/** How far the failing rows lie out, for an edit of the contract that lets them in. */
async function findExtremes(rows: RowSet, condition: RowCondition): Promise<Pick<RowRuleResult, 'extremes'>> {
  if (condition.measure === undefined) return {};
  const [found] = await rows.session.rows(
    `SELECT min(${condition.measure})::DOUBLE, max(${condition.measure})::DOUBLE FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails})`,
  );
  const [minimum, maximum] = found!.map(Number);
  return Number.isFinite(minimum) && Number.isFinite(maximum)
    ? { extremes: { minimum: minimum!, maximum: maximum! } }
    : {};
}

async function listValues(rows: RowSet, condition: RowCondition): Promise<Pick<RowRuleResult, 'values'>> {
  if (condition.listsValues !== true) return {};
  const found = await rows.session.rows(
    `SELECT ${condition.value} AS text, count(*) AS occurrences FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails})
     GROUP BY 1 ORDER BY occurrences DESC, text LIMIT ${MOST_VALUES + 1}`,
  );
  return found.length > MOST_VALUES ? {} : { values: found.map(([text]) => String(text)) };
}

async function checkUnique(rows: RowSet, names: readonly string[]): Promise<RowRuleResult> {
  const counted = names.length === 1 ? rows.counted.get(names[0]!) : undefined;
  if (counted?.present === counted?.distinct && counted !== undefined)
    return { checked: counted.present, failing: 0, examples: [] };
  const unique = uniqueColumnsOf(rows, names);
  const [found] = await rows.session.rows(
    `SELECT coalesce(sum(occurrences), 0)::BIGINT, coalesce(sum(occurrences - 1), 0)::BIGINT
     FROM (SELECT count(*) AS occurrences FROM ${rows.relation} WHERE ${unique.applies} GROUP BY ${unique.keys})`,
  );
  const counts = { checked: Number(found![0]), failing: Number(found![1]) };
  if (counts.failing === 0) return { ...counts, examples: [] };
  const examples = await rows.session.rows(
    `SELECT ${ROW_COLUMN}, ${unique.value} FROM ${rows.relation} WHERE ${unique.applies}
     QUALIFY row_number() OVER (PARTITION BY ${unique.keys} ORDER BY ${ROW_COLUMN}) > 1
     ORDER BY ${ROW_COLUMN} LIMIT ${EXAMPLES}`,
  );
  return { ...counts, examples: await toExamples(rows, examples) };
}

async function toExamples(
  rows: RowSet,
  found: readonly (readonly unknown[])[],
): Promise<RowRuleResult['examples']> {
  const places = await placesOfRows(
    rows.parts,
    found.map(([row]) => Number(row)),
  );
  return found.map(([, value], index) => ({ ...places[index]!, value: String(value ?? '') }));
}
