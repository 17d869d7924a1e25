import type { RowRule, RowRuleResult } from '../../ports/data-engine.ts';
import { placeOfRow, ROW_COLUMN } from './loaded-rows.ts';
import { type RowCondition, rowConditionOf, uniqueColumnsOf } from './row-rules.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';

const EXAMPLES = 5;

/** Counts the rows that break each rule: all rules about single rows in one scan, each `unique` in its own. */
export async function checkRows(rows: RowSet, rules: readonly RowRule[]): Promise<readonly RowRuleResult[]> {
  const conditions = rules.map((rule) => (rule.kind === 'unique' ? undefined : rowConditionOf(rows, rule)));
  const uniques = rules.map((rule) => (rule.kind === 'unique' ? uniqueColumnsOf(rows, rule) : undefined));
  try {
    const counts = await countFailing(
      rows,
      conditions.filter((condition) => condition !== undefined),
    );
    const results: RowRuleResult[] = [];
    for (const [index] of rules.entries()) {
      const condition = conditions[index];
      if (condition === undefined) results.push(await checkUnique(rows, uniques[index]!));
      else results.push(await withExamples(rows, condition, counts.get(condition)!));
    }
    return results;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

type Counts = { readonly checked: number; readonly failing: number };

async function countFailing(
  rows: RowSet,
  conditions: readonly RowCondition[],
): Promise<ReadonlyMap<RowCondition, Counts>> {
  if (conditions.length === 0) return new Map();
  const measures = conditions.map(
    ({ applies, fails }) => `count_if(${applies}), count_if((${applies}) AND (${fails}))`,
  );
  const [found] = await rows.session.rows(`SELECT ${measures.join(', ')} FROM ${rows.relation}`);
  return new Map(
    conditions.map((condition, index) => [
      condition,
      { checked: Number(found![2 * index]), failing: Number(found![2 * index + 1]) },
    ]),
  );
}

async function withExamples(rows: RowSet, condition: RowCondition, counts: Counts): Promise<RowRuleResult> {
  if (counts.failing === 0) return { ...counts, examples: [] };
  const found = await rows.session.rows(
    `SELECT ${ROW_COLUMN}, ${condition.value} FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails}) ORDER BY ${ROW_COLUMN} LIMIT ${EXAMPLES}`,
  );
  return { ...counts, examples: toExamples(rows, found) };
}

async function checkUnique(
  rows: RowSet,
  unique: { readonly applies: string; readonly keys: string; readonly value: string },
): Promise<RowRuleResult> {
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
  return { ...counts, examples: toExamples(rows, examples) };
}

function toExamples(rows: RowSet, found: readonly (readonly unknown[])[]): RowRuleResult['examples'] {
  return found.map(([row, value]) => ({
    ...placeOfRow(rows.parts, Number(row)),
    value: String(value ?? ''),
  }));
}
