import type { Found } from '../../core/data-checks/checks.ts';
import { AHEAD_MILLISECONDS, futureFinding } from '../../core/data-checks/times.ts';
import type { RowRule } from '../../ports/data-engine.ts';
import { type DataChecksRequest, shownExamples } from './checks-request.ts';

const KINDS = ['infinite', 'nan'] as const;

/** Infinite numbers, and those that are written as NaN. */
export async function checkNumbers(request: DataChecksRequest): Promise<Found[]> {
  const { data } = request;
  const rules = data.columns
    .filter(({ type }) => type === 'number')
    .flatMap(({ name }) => KINDS.map((of) => ({ kind: 'finite', column: name, of }) as const));
  if (rules.length === 0 || data.rowCount === 0) return [];
  const results = await data.check(rules satisfies RowRule[]);
  return rules.flatMap(({ column, of }, index): Found[] => {
    const { failing, checked } = results[index]!;
    if (failing === 0) return [];
    const what =
      of === 'nan'
        ? 'are NaN in the file; they count as missing'
        : 'are infinite: no mean or model is made for that; write them as missing';
    return [
      {
        check: 'non-finite',
        severity: of === 'nan' ? 'info' : 'warning',
        column,
        message: `${failing} of ${checked} values of ${column} ${what}`,
        failing,
        checked,
        examples: shownExamples(results[index]!, column, request),
      },
    ];
  });
}

/** Times that have not come yet. */
export async function checkFuture(request: DataChecksRequest): Promise<Found[]> {
  const { data, now } = request;
  const column = timeColumn(request);
  if (column === undefined) return [];
  const [result] = await data.check([
    { kind: 'time-range', column, of: 'instant', maximum: now + AHEAD_MILLISECONDS },
  ]);
  const { failing, checked } = result!;
  const examples = shownExamples(result!, column, request);
  return futureFinding({ failing, checked, examples }, column);
}

/** The declared column of times, where this data set has it and its values can be times. */
export function timeColumn({ data, roles }: Pick<DataChecksRequest, 'data' | 'roles'>): string | undefined {
  const column = data.columns.find(({ name }) => name === roles.timestamp);
  const isTime = column !== undefined && ['date', 'timestamp', 'string'].includes(column.type);
  return isTime && data.rowCount > 0 ? column.name : undefined;
}
