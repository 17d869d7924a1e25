import type { ColumnDescription } from '../data/table.ts';
import type { DatasetProfile } from '../documents/validation.ts';
import type { Contract } from './contract.ts';
import { applicableRules } from './evaluate-contract.ts';

/** The rules that a data set with these columns is held to, kept or not, in the order of the contract. */
export function askedRules(
  contract: Contract,
  columns: readonly ColumnDescription[],
): NonNullable<DatasetProfile['rules']> {
  return applicableRules(contract, columns).map(({ check, column, name, line }) => ({
    check,
    ...(column === undefined ? {} : { column }),
    ...(name === undefined ? {} : { name }),
    line,
  }));
}
