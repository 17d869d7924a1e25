import type { Found } from '../../core/data-checks/checks.ts';
import { AHEAD_MILLISECONDS, futureFinding } from '../../core/data-checks/times.ts';
import type { DataSet, RowRule } from '../../ports/data-engine.ts';
import { type DataChecksRequest, shownResult } from './checks-request.ts';

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
        ...shownResult(results[index]!, column, request),
      },
    ];
  });
}

/** Times that have not come yet, and text among them that is no time. */
export async function checkFuture(request: DataChecksRequest): Promise<Found[]> {
  const { data, now } = request;
  const column = timeColumn(request);
  if (column === undefined) return [];
  const [ahead, words] = await data.check([
    { kind: 'time-range', column, of: 'instant', maximum: now + AHEAD_MILLISECONDS },
    { kind: 'type', column, type: 'timestamp' },
  ]);
  const future = futureFinding(shownResult(ahead!, column, request), column);
  if (words!.failing === 0) return future;
  const mixed: Found = {
    check: 'mixed-types',
    severity: 'warning',
    column,
    message: `${words!.failing} of ${words!.checked} values of ${column} are no times; write ISO 8601 (2020-06-21 12:14:00)`,
    ...shownResult(words!, column, request),
  };
  return [...future, mixed];
}

/** First and last time of the declared column; undefined where some text of it is none. */
export async function timesOf(request: DataChecksRequest): ReturnType<DataSet['timeRange']> {
  const column = timeColumn(request);
  if (column === undefined) return undefined;
  const [words] = await request.data.check([{ kind: 'type', column, type: 'timestamp' }]);
  return words!.failing > 0 ? undefined : await request.data.timeRange(column);
}

/** The declared column of times, where this data set has it and its values can be times. */
export function timeColumn({ data, roles }: Pick<DataChecksRequest, 'data' | 'roles'>): string | undefined {
  const column = data.columns.find(({ name }) => name === roles.timestamp);
  const isTime = column !== undefined && ['date', 'timestamp', 'string'].includes(column.type);
  return isTime && data.rowCount > 0 ? column.name : undefined;
}
