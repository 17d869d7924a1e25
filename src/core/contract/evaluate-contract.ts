import type { RowRuleResult } from '../data/row-rule.ts';
import type { ColumnDescription } from '../data/table.ts';
import type { Finding } from '../documents/validation.ts';
import { type Contract, type ContractRule, describeLimit, keepsLimit } from './contract.ts';

/** One data set as the contract sees it. */
export type CheckedDataset = {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnDescription[];
  /** Results of those rules that `applicableRules` gave which look at rows, in that order. */
  readonly results: readonly RowRuleResult[];
  /** Columns whose values are never printed. */
  readonly hidden: ReadonlySet<string>;
};

/** The rules that can be asked of a data set: those whose columns are there. */
export function applicableRules(
  contract: Contract,
  columns: readonly ColumnDescription[],
): readonly ContractRule[] {
  const names = new Set(columns.map((column) => column.name));
  return contract.rules.filter((rule) => columnsOf(rule).every((column) => names.has(column)));
}

/** Everything a data set breaks, worst first where severities differ, else in the order of the contract. */
export function evaluateContract(contract: Contract, dataset: CheckedDataset): readonly Finding[] {
  const rules = applicableRules(contract, dataset.columns);
  const byRows = rules.filter((rule) => rule.rowRule !== undefined);
  const findings = [
    ...missingColumns(contract, dataset),
    ...rules.flatMap((rule) => (rule.rowRule === undefined ? rowCountFinding(contract, rule, dataset) : [])),
    ...byRows.flatMap((rule, position) =>
      ruleFinding({ contract, rule, dataset, result: dataset.results[position]! }),
    ),
  ];
  const order = { error: 0, warning: 1, info: 2 } as const;
  return findings.toSorted((left, right) => order[left.severity] - order[right.severity]);
}

function missingColumns(contract: Contract, dataset: CheckedDataset): Finding[] {
  const present = new Set(dataset.columns.map((column) => column.name));
  return contract.columns
    .filter((column) => !present.has(column.name))
    .map(({ name, line }) => ({
      check: 'column-missing',
      severity: 'error',
      dataset: dataset.name,
      column: name,
      message: `the column ${name} is missing; the data has ${[...present].join(', ')}`,
      examples: [],
      location: { file: contract.file, line },
    }));
}

function rowCountFinding(contract: Contract, rule: ContractRule, dataset: CheckedDataset): Finding[] {
  if (keepsLimit(rule.limit, dataset.rowCount, dataset.rowCount)) return [];
  return [
    {
      check: rule.check,
      severity: rule.severity,
      dataset: dataset.name,
      message: `${dataset.rowCount} rows; the contract asks for ${describeLimit(rule.limit)}`,
      examples: [],
      location: { file: contract.file, line: rule.line },
    },
  ];
}

type RuleOutcome = {
  readonly contract: Contract;
  readonly rule: ContractRule;
  readonly dataset: CheckedDataset;
  readonly result: RowRuleResult;
};

function ruleFinding({ contract, rule, dataset, result }: RuleOutcome): Finding[] {
  if (keepsLimit(rule.limit, result.failing, result.checked)) return [];
  const hidden = columnsOf(rule).some((column) => dataset.hidden.has(column));
  const examples = hidden
    ? result.examples.map((example) => ({ ...example, value: '(hidden)' }))
    : result.examples;
  const [first] = examples;
  return [
    {
      check: rule.check,
      severity: rule.severity,
      dataset: dataset.name,
      ...(rule.column === undefined ? {} : { column: rule.column }),
      message: `${result.failing} of ${result.checked} rows ${describeBreach(rule)}; allowed: ${describeLimit(rule.limit)}${first === undefined ? '' : `; first at ${first.file}:${first.line}: ${JSON.stringify(first.value)}`}`,
      failing: result.failing,
      checked: result.checked,
      examples: [...examples],
      location: { file: contract.file, line: rule.line },
    },
  ];
}

function describeBreach(rule: ContractRule): string {
  const { rowRule } = rule;
  switch (rowRule?.kind) {
    case 'type':
      return `of ${rowRule.column} are no ${rowRule.type}`;
    case 'present':
      return `have no ${rowRule.column}`;
    case 'range':
      return `have a ${rowRule.column} outside of ${describeRange(rowRule)}`;
    case 'set':
      return `have a ${rowRule.column} that is none of ${listValues(rowRule.values)}`;
    case 'unique':
      return `repeat a value of ${rowRule.columns.join(' + ')}`;
    case undefined:
      return 'break the rule';
  }
}

function describeRange(range: Extract<NonNullable<ContractRule['rowRule']>, { kind: 'range' }>): string {
  const low = range.exclusiveMinimum ?? range.minimum;
  const high = range.exclusiveMaximum ?? range.maximum;
  const from =
    low === undefined ? '(no minimum' : `${range.exclusiveMinimum === undefined ? '[' : '('}${low}`;
  const to =
    high === undefined ? 'no maximum)' : `${high}${range.exclusiveMaximum === undefined ? ']' : ')'}`;
  return `${from}, ${to}`;
}

const LISTED_VALUES = 10;

function listValues(values: readonly string[]): string {
  const listed = values.slice(0, LISTED_VALUES).join(', ');
  return values.length > LISTED_VALUES ? `${listed}, … (${values.length} values)` : listed;
}

function columnsOf(rule: ContractRule): readonly string[] {
  if (rule.rowRule === undefined) return [];
  return rule.rowRule.kind === 'unique' ? rule.rowRule.columns : [rule.rowRule.column];
}
