import type { RowRuleResult } from '../data/row-rule.ts';
import type { ColumnDescription } from '../data/table.ts';
import type { Finding } from '../documents/validation.ts';
import { isPlainlyPersonal } from '../personal-data/detectors.ts';
import type { AcceptTarget } from './accept-target.ts';
import type { Contract, ContractRule } from './contract.ts';
import { acceptingReplacements, editOf, type Observation, type Replacement } from './contract-edit.ts';
import { describeBreach } from './describe-breach.ts';
import { describeLimit, judgeRows, keepsBounds } from './limit.ts';
import { describeMeasure, type Measured } from './measured.ts';

/** One data set as the contract sees it. */
export type CheckedDataset = {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnDescription[];
  /** Results of those rules that `applicableRules` gave which look at rows, in that order. */
  readonly results: readonly RowRuleResult[];
  /** What the rules about the whole data set came to; a row count needs none. */
  readonly measured?: ReadonlyMap<ContractRule, Measured>;
  /** Columns whose values are never printed. */
  readonly hidden: ReadonlySet<string>;
  /** Columns that may still be on their way, so that their absence says nothing. */
  readonly late?: ReadonlySet<string>;
};

/** A breach of a contract, with the change of its text that would accept it. */
export type Breach = { readonly finding: Finding; readonly replacements: readonly Replacement[] };

/** The rules that can be asked of a data set: those whose columns are there. */
export function applicableRules(
  contract: Contract,
  columns: readonly ColumnDescription[],
): readonly ContractRule[] {
  const names = new Set(columns.map((column) => column.name));
  return contract.rules.filter((rule) => columnsOf(rule).every((column) => names.has(column)));
}

/**
 * Everything a data set breaks, worst first where severities differ, else in the order of the contract, with the
 * pieces of the contract that would have to be written anew.
 */
export function findBreaches(contract: Contract, dataset: CheckedDataset): readonly Breach[] {
  const rules = applicableRules(contract, dataset.columns);
  const byRows = rules.filter((rule) => rule.rowRule !== undefined);
  const breaches = [
    ...missingColumns(contract, dataset),
    ...rules.flatMap((rule) => (rule.rowRule === undefined ? measureBreach(contract, rule, dataset) : [])),
    ...byRows.flatMap((rule, position) =>
      rowBreach({ contract, rule, dataset, result: dataset.results[position]! }),
    ),
  ];
  const order = { error: 0, warning: 1, info: 2 } as const;
  return breaches.toSorted((left, right) => order[left.finding.severity] - order[right.finding.severity]);
}

function missingColumns(contract: Contract, dataset: CheckedDataset): Breach[] {
  const present = new Set(dataset.columns.map((column) => column.name));
  return contract.columns
    .filter(({ name }) => !present.has(name) && !dataset.late?.has(name))
    .map(({ name, line, accept }) =>
      withEdit(
        contract,
        {
          check: 'column-missing',
          severity: 'error',
          dataset: dataset.name,
          column: name,
          message: `the column ${name} is missing; the data has ${[...present].join(', ')}`,
          examples: [],
          location: { file: contract.file, line },
        },
        { accept, seen: {} },
      ),
    );
}

function measureBreach(contract: Contract, rule: ContractRule, dataset: CheckedDataset): Breach[] {
  const measured: Measured | undefined =
    rule.measure?.kind === 'row-count' ? { value: dataset.rowCount } : dataset.measured?.get(rule);
  if (measured === undefined) return [];
  const base = {
    dataset: dataset.name,
    ...(rule.column === undefined ? {} : { column: rule.column }),
    examples: [],
    location: { file: contract.file, line: rule.line },
  };
  if ('notChecked' in measured) {
    const message = `not checked: ${rule.name ?? `the rule ${rule.check}`}: ${measured.notChecked}`;
    const severity = severityOfUnchecked(rule);
    return [{ finding: { ...base, check: 'not-checked', severity, message }, replacements: [] }];
  }
  if (keepsBounds(rule.limit, measured.value)) return [];
  const message = describeMeasure(rule, measured);
  const finding: Finding = { ...base, check: rule.check, severity: rule.severity, message };
  // A figure of hidden values must not be read off the edit either.
  const seen = measured.hidden ? {} : { amount: measured.value, limit: rule.limit };
  return [withEdit(contract, finding, { accept: rule.accept, seen })];
}

/** A query of data that are there and gives no number is a fault of the query or of the data, not of what is missing. */
function severityOfUnchecked({ measure, severity }: ContractRule): Finding['severity'] {
  return measure?.kind === 'sql' && severity !== 'info' ? 'warning' : 'info';
}

type RuleOutcome = {
  readonly contract: Contract;
  readonly rule: ContractRule;
  readonly dataset: CheckedDataset;
  readonly result: RowRuleResult;
};

function rowBreach({ contract, rule, dataset, result }: RuleOutcome): Breach[] {
  const judged = judgeRows(rule, result.failing, result.checked);
  if (judged.kept) return [];
  const hidden = isHidden(rule, dataset);
  const examples = result.examples.map((example) => ({
    ...example,
    // Of a missing value there is nothing to hide.
    value: example.value !== '' && (hidden || isPlainlyPersonal(example.value)) ? '(hidden)' : example.value,
  }));
  const [first] = examples;
  const chance =
    judged.pValue === undefined
      ? ''
      : `; ${judged.weak ? 'weak evidence' : 'evidence'} against it (p = ${judged.pValue.toPrecision(2)})`;
  const finding: Finding = {
    check: rule.check,
    severity: judged.weak && rule.severity === 'error' ? 'warning' : rule.severity,
    dataset: dataset.name,
    ...(rule.column === undefined ? {} : { column: rule.column }),
    message: `${result.failing} of ${result.checked} rows ${describeBreach(rule)}; allowed: ${describeLimit(rule.limit)}${chance}${first === undefined ? '' : `; first at ${first.file}:${first.line}${first.value === '' ? '' : `: ${JSON.stringify(first.value)}`}`}`,
    failing: result.failing,
    checked: result.checked,
    examples: [...examples],
    location: { file: contract.file, line: rule.line },
  };
  const { limit } = rule;
  const amount = limit.unit === 'percent' ? (100 * result.failing) / result.checked : result.failing;
  const type = dataset.columns.find((column) => column.name === rule.column)?.type;
  const seen: Observation = {
    amount,
    limit,
    ...(type === undefined ? {} : { type }),
    ...(hidden || result.extremes === undefined || isPersonalNumber(result.extremes)
      ? {}
      : { extremes: result.extremes }),
    ...(hidden || result.values === undefined || result.values.some(isPlainlyPersonal)
      ? {}
      : { values: result.values }),
  };
  return [withEdit(contract, finding, { accept: rule.accept, seen })];
}

function isPersonalNumber({ minimum, maximum }: NonNullable<RowRuleResult['extremes']>): boolean {
  return [minimum, maximum].some((value) => isPlainlyPersonal(String(value)));
}

/** Examples of a condition hold no values. */
function isHidden(rule: ContractRule, { hidden }: CheckedDataset): boolean {
  return columnsOf(rule).some((column) => hidden.has(column));
}

function withEdit(
  contract: Contract,
  finding: Finding,
  { accept, seen }: { readonly accept: AcceptTarget | undefined; readonly seen: Observation },
): Breach {
  const replacements = accept === undefined ? undefined : acceptingReplacements(contract.text, accept, seen);
  if (replacements === undefined) return { finding, replacements: [] };
  return { finding: { ...finding, edit: editOf(contract, replacements) }, replacements };
}

/** The columns without which a rule cannot be asked. */
export function columnsOf({ rowRule, reference, measure }: ContractRule): readonly string[] {
  if (reference !== undefined) return reference.columns;
  if (rowRule !== undefined) {
    if (rowRule.kind === 'condition') return [];
    return 'columns' in rowRule ? rowRule.columns : [rowRule.column];
  }
  return measure !== undefined && 'column' in measure && measure.column !== undefined ? [measure.column] : [];
}
