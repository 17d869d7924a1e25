import type { Contract, ContractRule } from '../../core/contract/contract.ts';
import { applicableRules, type Breach, findBreaches } from '../../core/contract/evaluate-contract.ts';
import { columnNamedBy } from '../../core/contract/mentions.ts';
import type { Finding } from '../../core/documents/validation.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { measureRules } from './measure-rules.ts';
import type { OtherDataSets } from './other-data.ts';

export type HoldRequest = {
  readonly data: DataSet;
  readonly contract: Contract;
  readonly others: OtherDataSets;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Columns whose values are never printed. */
  readonly hidden: ReadonlySet<string>;
  /** Columns that may still be on their way: nothing is asked of them where they are missing. */
  readonly late: ReadonlySet<string>;
};

/** Everything a data set breaks, with the edits that would accept it, and what was not checked. */
export async function holdToContract(request: HoldRequest): Promise<readonly Breach[]> {
  const { data, contract, hidden, late } = request;
  const applicable = applicableRules(contract, data.columns).filter(
    (rule) => !(rule.check === 'required' && rule.column !== undefined && late.has(rule.column)),
  );
  const early = applicable.flatMap((rule) => notYet(rule, request));
  const ready = applicable.filter((rule) => !early.some((one) => one.rule === rule));
  const { rules, notChecked } = await readReferences(ready, request);
  const results = await data.check(rules.flatMap((rule) => (rule.rowRule ? [rule.rowRule] : [])));
  const asked: Contract = { ...contract, rules };
  const measured = await measureRules(rules, { ...request, file: contract.file });
  const { name, rowCount, columns } = data;
  const breaches = findBreaches(asked, { name, rowCount, columns, results, measured, hidden, late });
  const untold = [...early.map(({ finding }) => finding), ...notChecked];
  return [...breaches, ...untold.map((finding) => ({ finding, replacements: [] }))];
}

/** SQL about labels that are still on their way cannot be asked, and says nothing about the data. */
function notYet(
  rule: ContractRule,
  { data, contract, late }: HoldRequest,
): readonly { readonly rule: ContractRule; readonly finding: Finding }[] {
  const present = new Set(data.columns.map(({ name }) => name));
  const column = columnNamedBy(
    rule,
    [...late].filter((name) => !present.has(name)),
  );
  if (column === undefined) return [];
  const finding: Finding = {
    check: 'not-checked',
    severity: 'info',
    dataset: data.name,
    ...(rule.column === undefined ? {} : { column: rule.column }),
    message: `not checked: ${rule.name ?? `the rule ${rule.check}`}: ${data.name} has no column ${column} yet`,
    examples: [],
    location: { file: contract.file, line: rule.line },
  };
  return [{ rule, finding }];
}

/** Rules about other data sets as rules about rows, now that those can be read. */
async function readReferences(
  rules: readonly ContractRule[],
  { data, contract, others }: HoldRequest,
): Promise<{ readonly rules: readonly ContractRule[]; readonly notChecked: readonly Finding[] }> {
  const ready: ContractRule[] = [];
  const notChecked: Finding[] = [];
  for (const rule of rules) {
    if (rule.reference === undefined) {
      ready.push(rule);
      continue;
    }
    const { dataset, path, keys, columns } = rule.reference;
    const other = await others.open(dataset, path);
    const why = 'missing' in other ? other.missing : lacking(other.data, keys);
    if ('missing' in other || why !== undefined) {
      notChecked.push({
        check: 'not-checked',
        severity: 'info',
        dataset: data.name,
        ...(rule.column === undefined ? {} : { column: rule.column }),
        message: `not checked: the relationship to ${dataset}: ${why}`,
        examples: [],
        location: { file: contract.file, line: rule.line },
      });
      continue;
    }
    ready.push({ ...rule, rowRule: { kind: 'reference', columns, keys: await readKeys(other.data, keys) } });
  }
  return { rules: ready, notChecked };
}

function lacking(data: DataSet, keys: readonly string[]): string | undefined {
  const gone = keys.filter((key) => !data.columns.some((column) => column.name === key));
  return gone.length === 0 ? undefined : `${data.name} has no column ${gone.join(', ')}`;
}

/** The distinct keys of another data set; a row that misses a part of one is none. */
async function readKeys(data: DataSet, names: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { columns, rowCount } = await data.read(names.map((name) => ({ name, as: 'text' })));
  const found = new Map<string, readonly string[]>();
  for (let row = 0; row < rowCount; row++) {
    const key = columns.map((column) =>
      column.kind === 'text' ? column.dictionary[column.codes[row]!] : undefined,
    );
    if (key.every((part) => part !== undefined)) found.set(JSON.stringify(key), key);
  }
  return [...found.values()];
}
