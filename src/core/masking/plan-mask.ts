import { lackingColumn } from '../data/lacking-column.ts';
import { InputError } from '../errors.ts';

/** What becomes of the values of a column; missing ones stay missing. */
export type ColumnChange =
  | { readonly kind: 'drop' }
  /** HMAC-SHA-256 of the text of the value, the first 32 hexadecimal digits. */
  | { readonly kind: 'hash' }
  /** The first characters of a text, the first digits of a whole number, or so many significant digits. */
  | { readonly kind: 'shorten'; readonly to: number }
  /** A date or timestamp set back to the start of its year, month, day or hour. */
  | { readonly kind: 'coarsen'; readonly unit: TimeUnit };

const TIME_UNITS = ['year', 'month', 'day', 'hour'] as const;
type TimeUnit = (typeof TIME_UNITS)[number];

export type MaskOptions = {
  readonly hash: readonly string[];
  /** `COLUMN:N` or `COLUMN:month`. */
  readonly truncate: readonly string[];
  readonly drop: readonly string[];
};

export type DeclaredColumns = {
  readonly id?: string;
  readonly group?: string;
  readonly sensitive: readonly string[];
  readonly exclude: readonly string[];
};

/**
 * What is asked for each column. @throws InputError for a column that is named twice, and for a truncation that
 * says neither a whole number above 0 nor a unit of time.
 */
export function readMaskOptions({ hash, truncate, drop }: MaskOptions): ReadonlyMap<string, ColumnChange> {
  const changes = new Map<string, ColumnChange>();
  const add = (column: string, change: ColumnChange) => {
    if (changes.has(column)) {
      throw new InputError(`column ${JSON.stringify(column)} is named twice; say once what becomes of it`);
    }
    changes.set(column, change);
  };
  for (const column of hash) add(column, { kind: 'hash' });
  for (const option of truncate) {
    const { column, change } = readTruncation(option);
    add(column, change);
  }
  for (const column of drop) add(column, { kind: 'drop' });
  return changes;
}

function readTruncation(option: string): { readonly column: string; readonly change: ColumnChange } {
  const place = option.lastIndexOf(':');
  const [column, to] = [option.slice(0, place), option.slice(place + 1)];
  const unit = TIME_UNITS.find((candidate) => candidate === to);
  if (place > 0 && unit !== undefined) return { column, change: { kind: 'coarsen', unit } };
  if (place > 0 && /^[1-9]\d{0,3}$/.test(to)) return { column, change: { kind: 'shorten', to: Number(to) } };
  throw new InputError(
    `--truncate ${JSON.stringify(option)} does not say to what; write COLUMN:N for characters or digits (zip:3), or COLUMN:${TIME_UNITS.join('|')}`,
  );
}

const ADVICE =
  'the config or an option says that it is not to be shared; name the columns of this file with --id, --group, --sensitive and --exclude';

/**
 * The changes asked for, and those of the config for columns of which nothing was asked: id and group are hashed, so
 * that rows still belong together, sensitive and excluded columns dropped.
 * @throws InputError for a column of the config that the data lack: another spelling of it would be shared as it is.
 */
export function planMask(
  asked: ReadonlyMap<string, ColumnChange>,
  declared: DeclaredColumns,
  columns: readonly string[],
): ReadonlyMap<string, ColumnChange> {
  const changes = new Map(asked);
  const known = new Set(columns);
  const add = (names: readonly (string | undefined)[], kind: 'hash' | 'drop') => {
    for (const name of names) {
      if (name === undefined || changes.has(name)) continue;
      if (!known.has(name)) throw lackingColumn(name, columns, ADVICE);
      changes.set(name, { kind });
    }
  };
  add([...declared.sensitive, ...declared.exclude], 'drop');
  add([declared.id, declared.group], 'hash');
  return changes;
}
