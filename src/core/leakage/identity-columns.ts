import type { Configuration } from '../configuration/configuration.ts';
import type { ColumnDescription, ColumnType } from '../data/table.ts';
import type { FingerprintSet, Identity } from './fingerprint.ts';

/** Columns that say which row is which. */
export type IdentityColumns = { readonly by: Identity; readonly columns: readonly ColumnDescription[] };

/**
 * By what rows of training data are known, before any features query: by their id where `data.id` is a column of
 * the data, and by the values of all columns but id, target, weight and the excluded ones. The label is no part: it may be mended without
 * the row becoming another.
 */
export function chooseIdentity(
  { data }: Pick<Configuration, 'data'>,
  columns: readonly ColumnDescription[],
): readonly IdentityColumns[] {
  const { id, target, weight, exclude } = data;
  const left = new Set([id, target, weight, ...exclude]);
  const identities: IdentityColumns[] = [
    { by: 'id', columns: columns.filter(({ name }) => name === id) },
    { by: 'values', columns: columns.filter(({ name }) => !left.has(name)) },
  ];
  return identities.filter((identity) => identity.columns.length > 0);
}

/** Why rows of other data cannot be told by these columns; undefined when they can. */
export function findObstacle(
  { columns }: Pick<FingerprintSet, 'columns'>,
  present: readonly ColumnDescription[],
): string | undefined {
  for (const { name, type } of columns) {
    const own = present.find((column) => column.name === name);
    const shown = JSON.stringify(name.slice(0, 100));
    if (own === undefined) return `the holdout has no column ${shown}, which the training data have`;
    if (FAMILY[own.type] !== FAMILY[type]) {
      return `the column ${shown} is ${FAMILY[own.type]} in the holdout and ${FAMILY[type]} in the training data`;
    }
  }
  return undefined;
}

/** Equal values of one family have equal hashes, whichever of its types a file gives them. */
const FAMILY: Readonly<Record<ColumnType, string>> = {
  integer: 'a number',
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  date: 'a time',
  timestamp: 'a time',
  other: 'of another type',
};
