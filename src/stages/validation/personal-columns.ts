import type { ColumnProfile } from '../../core/data/profile.ts';
import { type CheckSetting, chosenSeverity } from '../../core/data-checks/checks.ts';
import type { Finding } from '../../core/documents/validation.ts';
import { personalFinding, redact } from '../../core/personal-data/describe-personal.ts';
import {
  findPersonal,
  formsOf,
  LEAST_NUMBER,
  type PersonalColumn,
} from '../../core/personal-data/find-personal.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import type { Discretion } from './hidden-columns.ts';

/** Hash of a value under a key that is not handed out, in hexadecimal digits. */
export type HashValue = (text: string) => string;

/** Where more distinct values could be personal data, a share of the values is looked at. */
const MOST_VALUES = 50_000;

/**
 * The columns of a data set that hold personal data.
 * @param leftOut columns that are declared to hold it, which need no search.
 * @param settings what the contract says of the checks: a column of which this one is off is said to hold none.
 */
export async function findPersonalColumns(
  data: DataSet,
  profiles: readonly ColumnProfile[],
  {
    leftOut,
    settings = [],
  }: { readonly leftOut: ReadonlySet<string>; readonly settings?: readonly CheckSetting[] },
): Promise<readonly PersonalColumn[]> {
  const isOff = (column: string) => chosenSeverity(settings, { check: 'personal-data', column }) === 'off';
  const requests = profiles
    .filter((profile) => canHold(profile) && !leftOut.has(profile.name) && !isOff(profile.name))
    .map(({ name, distinct, missing }) => ({
      column: name,
      present: data.rowCount - missing,
      expressions: formsOf(name),
      distinct,
      most: MOST_VALUES,
    }));
  if (requests.length === 0) return [];
  const found = await data.matchingValues(requests);
  return found.flatMap(
    ({ column, checked, values }) => findPersonal({ name: column, checked, values }) ?? [],
  );
}

function canHold({ type, distinct, maximum = 0 }: ColumnProfile): boolean {
  if (type === 'string') return distinct > 0;
  return (type === 'integer' || type === 'number') && maximum >= LEAST_NUMBER;
}

/** What is said of columns that hold personal data. */
export async function personalFindings(
  columns: readonly PersonalColumn[],
  request: {
    readonly data: DataSet;
    readonly discretion: Discretion;
    readonly hash: HashValue | undefined;
  },
): Promise<Finding[]> {
  const { data, discretion, hash } = request;
  const findings: Finding[] = [];
  for (const column of columns) {
    const places = await data.places(column.examples.map(({ row }) => row));
    const examples = column.examples.map(({ value }, index) => ({
      ...places[index]!,
      value: hash === undefined ? '(hidden)' : redact(value, hash, discretion.tracked),
    }));
    findings.push(personalFinding({ dataset: data.name, column, examples }));
  }
  return findings;
}
