import type { Task } from '../../core/configuration/configuration.ts';
import type { ColumnProfile } from '../../core/data/profile.ts';
import type { RowRuleResult } from '../../core/data/row-rule.ts';
import type { KnownKeys } from '../../core/data-checks/overlap.ts';
import type { ColumnRoles } from '../../core/data-checks/roles.ts';
import type { Finding } from '../../core/documents/validation.ts';
import type { DataSet } from '../../ports/data-engine.ts';

export type DataChecksRequest = {
  readonly data: DataSet;
  readonly profiles: readonly ColumnProfile[];
  readonly roles: ColumnRoles;
  readonly task: Task;
  /** Whether every row should have a label. */
  readonly labelsExpected: boolean;
  /** Columns whose values are never printed. */
  readonly hidden: ReadonlySet<string>;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** What is known of the data set that this one is held to; absent for that one itself. */
  readonly first: KnownData | undefined;
};

/** What is kept of the first data set, so that others can be held to it. */
export type KnownData = {
  readonly name: string;
  readonly profiles: ReadonlyMap<string, ColumnProfile & { readonly rowCount: number }>;
  readonly labels?: ReadonlySet<string>;
  readonly time?: { readonly from: number; readonly to: number };
  /** Keys of its rows by what makes them: the values of all columns that identify a row, the id, the group. */
  readonly keys: ReadonlyMap<'values' | 'id' | 'group', KnownKeys>;
  /** Columns that the keys by values are made of. */
  readonly keyColumns: readonly string[];
};

/** What a finding tells of a rule that a column breaks; no value where it is never printed. */
export function shownResult(
  { failing, checked, examples }: RowRuleResult,
  column: string,
  { hidden }: Pick<DataChecksRequest, 'hidden'>,
): { readonly failing: number; readonly checked: number; readonly examples: Finding['examples'] } {
  const shown = examples.map((example) =>
    hidden.has(column) ? { ...example, value: '(hidden)' } : { ...example },
  );
  return { failing, checked, examples: shown };
}
