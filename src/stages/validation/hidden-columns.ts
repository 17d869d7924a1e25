import type { DataConfiguration } from '../../core/configuration/configuration.ts';
import type { ColumnProfile } from '../../core/data/profile.ts';
import type { DatasetProfile } from '../../core/documents/validation.ts';
import { isPlainlyPersonal } from '../../core/personal-data/detectors.ts';

type ProfiledColumn = DatasetProfile['columns'][number];

/** What may be told of the values of a data set. */
export type Discretion = {
  /** Columns that identify or describe a person: no value of them is ever printed. */
  readonly personal: ReadonlySet<string>;
  /** Whether the data lie in the repository, where everyone who reads a report can read them anyway. */
  readonly tracked: boolean;
};

/**
 * What may be told of columns.
 * @param columns those of the data: one that is declared in other capitals is meant all the same, since no data set
 *   has two that differ by those.
 */
export function chooseDiscretion(
  data: DataConfiguration,
  tracked: boolean,
  columns: readonly string[],
): Discretion {
  const declared = declaredColumns(data);
  const lower = new Set(declared.map((name) => name.toLowerCase()));
  const meant = columns.filter((name) => lower.has(name.toLowerCase()));
  return { personal: new Set([...declared, ...meant]), tracked };
}

/** Columns that the config says are not to be shown. */
export function declaredColumns({ id, group, exclude, sensitive }: DataConfiguration): readonly string[] {
  return [id, group, ...exclude, ...sensitive].filter((name) => name !== undefined);
}

/** Names that no column has, whatever the capitals. */
export function lackingColumns(
  names: readonly (string | undefined)[],
  columns: readonly string[],
): readonly string[] {
  const known = new Set(columns.map((name) => name.toLowerCase()));
  return names.flatMap((name) => (name === undefined || known.has(name.toLowerCase()) ? [] : [name]));
}

/** The same with columns that were found to hold personal data. */
export function alsoHiding(discretion: Discretion, names: Iterable<string>): Discretion {
  return { ...discretion, personal: new Set([...discretion.personal, ...names]) };
}

/** The columns of a data set whose single values are not printed. */
export function hiddenColumns(names: readonly string[], { personal, tracked }: Discretion): Set<string> {
  return new Set(tracked ? names.filter((name) => personal.has(name)) : names);
}

/** A profile that is written already, without the values of columns that turned out to be personal. */
export function concealWritten(profile: DatasetProfile, personal: ReadonlySet<string>): DatasetProfile {
  const columns = profile.columns.map((column) => {
    const { name, type, missing, distinct } = column;
    return personal.has(name) ? { name, type, missing, distinct } : column;
  });
  return { ...profile, columns };
}

/**
 * A profile without what must not be read from it: of personal columns only counts are left; of data outside
 * of the repository mean and standard deviation too, but nothing that is the value of a single row.
 */
export function concealProfile(profile: ColumnProfile, discretion: Discretion): ProfiledColumn {
  const { name, type, missing, distinct, mean, standardDeviation } = profile;
  const counts = { name, type, missing, distinct };
  if (discretion.personal.has(name)) return counts;
  if (discretion.tracked) return copyProfile(profile);
  return {
    ...counts,
    ...(mean === undefined ? {} : { mean }),
    ...(standardDeviation === undefined ? {} : { standardDeviation }),
  };
}

function copyProfile(profile: ColumnProfile): ProfiledColumn {
  const { quantiles, histogram, parts, top, ...numbers } = profile;
  return {
    ...numbers,
    ...(quantiles ? { quantiles: { ...quantiles } } : {}),
    ...(histogram ? { histogram: [...histogram] } : {}),
    ...(parts ? { parts: { borders: [...parts.borders], counts: [...parts.counts] } } : {}),
    ...(top ? { top: top.filter(({ value }) => !isPlainlyPersonal(value)) } : {}),
  };
}
