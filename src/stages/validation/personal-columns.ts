import type { Contract, ContractRule } from '../../core/contract/contract.ts';
import type { ColumnProfile } from '../../core/data/profile.ts';
import type { Finding } from '../../core/documents/validation.ts';
import { personalFinding, redact } from '../../core/personal-data/describe-personal.ts';
import { findPersonal, formsOf, type PersonalColumn } from '../../core/personal-data/find-personal.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import type { Discretion } from './hidden-columns.ts';

/** Hash of a value under a key that is not handed out, in hexadecimal digits. */
export type HashValue = (text: string) => string;

/** Where more distinct values could be personal data, a share of the values is looked at. */
const MOST_VALUES = 50_000;

/** The columns of a data set that hold personal data; some may be left out, such as those declared to. */
export async function findPersonalColumns(
  data: DataSet,
  profiles: readonly ColumnProfile[],
  leftOut: ReadonlySet<string>,
): Promise<readonly PersonalColumn[]> {
  const requests = profiles
    .filter(({ name, type, distinct }) => canHold(type) && distinct > 0 && !leftOut.has(name))
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

function canHold(type: ColumnProfile['type']): boolean {
  return type === 'string' || type === 'integer' || type === 'number';
}

/** What is said of columns that hold personal data. A rule of the contract may say how much it matters. */
export function personalFindings(
  columns: readonly PersonalColumn[],
  request: {
    readonly data: DataSet;
    readonly contract: Contract | undefined;
    readonly discretion: Discretion;
    readonly hash: HashValue | undefined;
  },
): Finding[] {
  const { data, contract, discretion, hash } = request;
  return columns.map((column) => {
    const examples = column.examples.map(({ file, line, value }) => ({
      file,
      line,
      value: hash === undefined ? '(hidden)' : redact(value, hash, discretion.tracked),
    }));
    const rule = contract && ruleOf(contract, column.name);
    const { severity } = rule ?? { severity: 'warning' };
    const finding = personalFinding({ dataset: data.name, column, severity, examples });
    return rule && contract ? { ...finding, location: { file: contract.file, line: rule.line } } : finding;
  });
}

/** The rule about this column, else about all columns. */
function ruleOf({ rules }: Contract, column: string): ContractRule | undefined {
  const about = rules.filter((rule) => rule.check === 'personal-data');
  return about.find((rule) => rule.column === column) ?? about.find((rule) => rule.column === undefined);
}
