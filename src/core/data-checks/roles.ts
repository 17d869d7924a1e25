import type { DataConfiguration } from '../configuration/configuration.ts';

/** What the columns of a data set are there for. */
export type ColumnRoles = Pick<DataConfiguration, 'target' | 'id' | 'timestamp' | 'group' | 'weight'> & {
  readonly exclude: ReadonlySet<string>;
  /** Whether a model is given the column; with a features query, whether the query may hand it on. */
  readonly isFeature: (column: string) => boolean;
  /** Whether a query makes the features, so that columns of the files are none by themselves. */
  readonly isDerived: boolean;
};

/** The roles that the config gives; features are what training would take by itself. */
export function columnRoles(data: DataConfiguration): ColumnRoles {
  const { target, id, timestamp, group, weight, columns, features, exclude } = data;
  const reserved = new Set([target, id, timestamp, group, weight, ...exclude]);
  const isDerived = features !== undefined;
  const listed = columns === undefined || isDerived ? undefined : new Set(columns);
  return {
    ...(target === undefined ? {} : { target }),
    ...(id === undefined ? {} : { id }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(group === undefined ? {} : { group }),
    ...(weight === undefined ? {} : { weight }),
    exclude: new Set(exclude),
    isFeature: (column) => column !== target && (listed?.has(column) ?? !reserved.has(column)),
    isDerived,
  };
}

/** The columns whose equal values make two rows the same row: all but id, target, weight and the excluded ones. */
export function identifyingColumns(names: readonly string[], roles: ColumnRoles): readonly string[] {
  const { id, target, weight, exclude } = roles;
  return names.filter((name) => name !== id && name !== target && name !== weight && !exclude.has(name));
}
