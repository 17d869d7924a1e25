import type { Finding } from '../documents/validation.ts';

/**
 * Checks of data sets that need no contract. A contract may set the severity of each, or turn it off, for a data
 * set or a column (`checks`). docs/data-checks.md says what each finds, its limit and where that comes from.
 */
export const DATA_CHECKS = [
  ...(['row-count', 'columns-differ', 'types-differ', 'declared-column'] as const),
  ...(['target-missing', 'labels-missing'] as const),
  ...(['constant-column', 'mostly-missing', 'undeclared-id', 'mixed-types', 'value-variants'] as const),
  ...(['non-finite', 'future-time', 'duplicate-rows', 'personal-data'] as const),
  ...(['target-type', 'class-count', 'class-rows', 'label-variants', 'new-label'] as const),
  ...(['conflicting-labels', 'target-copy', 'target-leakage', 'predictive-id'] as const),
  ...(['shared-ids', 'shared-rows', 'shared-groups', 'time-overlap'] as const),
] as const;
export type DataCheck = (typeof DATA_CHECKS)[number];

export type Severity = Finding['severity'];

/** What an owner of data says of one of the checks, for all columns or one. */
export type CheckSetting = {
  readonly check: DataCheck;
  readonly column?: string;
  readonly severity: Severity | 'off';
};

/** What one finding is made of; `rows` are positions in reading order that examples are made of. */
export type Found = {
  readonly check: DataCheck;
  readonly severity: Severity;
  readonly column?: string;
  readonly message: string;
  readonly failing?: number;
  readonly checked?: number;
  /** The first few rows that show it. */
  readonly rows?: readonly number[];
  readonly examples?: Finding['examples'];
};

/** Too few rows to judge a column by: chance alone makes constants, keys and copies of so few. */
export const FEWEST_ROWS = 30;

/**
 * Findings as the contract of their data set wants them: another severity, or none at all. What a setting says of
 * a column wins over what another says of all.
 */
export function applySettings(
  findings: readonly Finding[],
  settings: ReadonlyMap<string, readonly CheckSetting[]>,
): Finding[] {
  return findings.flatMap((finding) => {
    const severity = chosenSeverity(settings.get(finding.dataset) ?? [], finding);
    if (severity === undefined) return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

/** What settings say of a check of a column; undefined where they leave it as it is. */
export function chosenSeverity(
  settings: readonly CheckSetting[],
  about: { readonly check: string; readonly column?: string | undefined },
): CheckSetting['severity'] | undefined {
  const own = settings.filter(({ check }) => check === about.check);
  const setting =
    own.find(({ column }) => column !== undefined && column === about.column) ??
    own.find(({ column }) => column === undefined);
  return setting?.severity;
}

/** A share in percent with as many digits as it needs: 4.7 %, 0.02 %. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || value === 100) return `${value} %`;
  // Nearly all is not all.
  const digits = value >= 99 || value < 1 ? 2 : 1;
  const text = value.toFixed(digits);
  if (Number(text) === 100) return 'more than 99.99 %';
  return Number(text) === 0 ? 'less than 0.01 %' : `${Number(text)} %`;
}

/** A few values of a column for a message, or how many there are where they are never printed. */
export function shownValues(values: readonly string[], isHidden: boolean): string {
  if (isHidden) return `${values.length} ${values.length === 1 ? 'value' : 'values'} (hidden)`;
  const listed = values.slice(0, 5).map((value) => JSON.stringify(value.slice(0, 40)));
  return values.length > 5 ? `${listed.join(', ')}, … (${values.length})` : listed.join(', ');
}
