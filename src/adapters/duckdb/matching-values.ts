import { LEAST_NUMBER } from '../../core/personal-data/find-personal.ts';
import type { MatchingValues, MatchRequest } from '../../ports/data-engine.ts';
import { type EngineColumn, presentExpression, textExpression } from './column-types.ts';
import { ROW_COLUMN } from './loaded-rows.ts';
import { requireColumn } from './require-column.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';

type Search = {
  readonly request: MatchRequest;
  readonly column: EngineColumn;
  /** True where it is worth while to write the value as text. */
  readonly isPossible: string;
  /** True where the value matches. */
  readonly matches: string;
};

/** Values that repeat this often are told apart before they are matched, which is cheaper. */
const OFTEN_REPEATED = 4;

/** Characters of a value that are handed out. */
const MOST_CHARACTERS = 4096;

/** One scan counts the rows of all columns that match; only columns that have some are read for their values. */
export async function findMatchingValues(
  rows: RowSet,
  requests: readonly MatchRequest[],
): Promise<readonly MatchingValues[]> {
  const searches = requests.map((request): Search => {
    const column = requireColumn(rows, request.column);
    return { request, column, ...matchConditions(column, request.expressions) };
  });
  try {
    const counts = await countMatches(rows, searches);
    const found: MatchingValues[] = [];
    for (const search of searches) found.push(await readValues(rows, search, counts.get(search)));
    return found;
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

function matchConditions(
  column: EngineColumn,
  expressions: readonly string[],
): Pick<Search, 'isPossible' | 'matches'> {
  const expression = quoteText(expressions.map((each) => `(?:${each})`).join('|'));
  const matches = `coalesce(regexp_matches(${textExpression(column)}, ${expression}), false)`;
  const value = presentExpression(column);
  if (column.type === 'string') return { isPossible: `${value} IS NOT NULL`, matches };
  return { isPossible: `coalesce(${value} >= ${LEAST_NUMBER}, false)`, matches };
}

/** The matching rows of columns whose values do not repeat much. */
async function countMatches(rows: RowSet, searches: readonly Search[]): Promise<ReadonlyMap<Search, number>> {
  const counted = searches.filter(({ request }) => request.distinct * OFTEN_REPEATED > rows.rowCount);
  if (counted.length === 0) return new Map();
  const measures = counted.map(
    ({ isPossible, matches }) => `count_if(CASE WHEN ${isPossible} THEN ${matches} ELSE false END)`,
  );
  const [found] = await rows.session.rows(`SELECT ${measures.join(', ')} FROM ${rows.relation}`);
  return new Map(counted.map((search, index) => [search, Number(found![index])]));
}

/** @param matching - rows that match, where they were counted */
async function readValues(
  rows: RowSet,
  { request, column, isPossible, matches }: Search,
  matching: number | undefined,
): Promise<MatchingValues> {
  const { column: name, distinct, present, most } = request;
  if (matching === 0) return { column: name, checked: present, values: [] };
  const text = textExpression(column);
  const divisor = Math.ceil(Math.min(distinct, matching ?? distinct) / most);
  const share = divisor > 1 ? `hash(${text}) % ${divisor} = 0` : undefined;
  const isGrouped = matching === undefined;
  const found = await rows.session.rows(
    `SELECT left(${text}, ${MOST_CHARACTERS}), contender_count, contender_first FROM (
       SELECT ${presentExpression(column)} AS ${quoteName(name)}, count(*) AS contender_count,
         min(${ROW_COLUMN}) AS contender_first
       FROM ${rows.relation} WHERE ${isPossible} AND ${share ?? 'true'} AND ${isGrouped ? 'true' : matches}
       GROUP BY 1
     ) WHERE ${isGrouped ? matches : 'true'} ORDER BY contender_first`,
  );
  return {
    column: name,
    checked: share === undefined ? present : await countShare(rows, column, share),
    values: found.map(([value, count, row]) => ({
      value: String(value),
      count: Number(count),
      row: Number(row),
    })),
  };
}

/** Rows with a value of the share of values that was looked at. */
async function countShare(rows: RowSet, column: EngineColumn, share: string): Promise<number> {
  return await rows.session.count(
    `SELECT count(*) FROM ${rows.relation} WHERE ${presentExpression(column)} IS NOT NULL AND ${share}`,
  );
}
