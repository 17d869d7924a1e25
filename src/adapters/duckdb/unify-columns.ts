import { InputError } from '../../core/errors.ts';
import { columnTypeOf } from './column-types.ts';
import { shorten } from './sql-text.ts';

export type SqlColumn = { readonly name: string; readonly sqlType: string };

export type FileColumns = {
  readonly path: string;
  readonly columns: readonly SqlColumn[];
  /** Whether the types are the file's own; else they were guessed from text. */
  readonly isTyped: boolean;
};

/**
 * The columns of several files read as one data set, in the order of the first file: each must have the
 * same names; numbers widen, and text whose look differs between files stays text.
 * @throws InputError naming both files and the columns when names differ or types cannot be united.
 */
export function unifyColumns(name: string, files: readonly FileColumns[]): readonly SqlColumn[] {
  const first = files[0]!;
  for (const other of files.slice(1)) refuseDifferentNames(name, first, other);
  return first.columns.map((column) => {
    let { sqlType } = column;
    for (const other of files.slice(1)) {
      const otherType = other.columns.find((candidate) => candidate.name === column.name)!.sqlType;
      const united = uniteTypes(sqlType, otherType, first.isTyped && other.isTyped);
      if (united === undefined) {
        throw new InputError(
          `${name}: column "${shorten(column.name, 60)}" is ${sqlType} in ${first.path} but ${otherType} in ${other.path}; write it with one type`,
        );
      }
      sqlType = united;
    }
    return { name: column.name, sqlType };
  });
}

function refuseDifferentNames(name: string, first: FileColumns, other: FileColumns): void {
  const missing = namesNotIn(first, other);
  const added = namesNotIn(other, first);
  if (missing.length === 0 && added.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`only ${first.path} has ${missing.join(', ')}`] : []),
    ...(added.length > 0 ? [`only ${other.path} has ${added.join(', ')}`] : []),
  ];
  throw new InputError(
    `${name}: the files do not have the same columns: ${parts.join('; ')}; files read together need the same columns`,
  );
}

function namesNotIn(file: FileColumns, other: FileColumns): readonly string[] {
  const names = new Set(other.columns.map((column) => column.name));
  const absent = file.columns.filter((column) => !names.has(column.name));
  const shown = absent.slice(0, 5).map((column) => shorten(column.name, 60));
  return absent.length > 5 ? [...shown, `and ${absent.length - 5} more`] : shown;
}

function uniteTypes(left: string, right: string, isTyped: boolean): string | undefined {
  if (left === right) return left;
  // JSON is what a column without a single value is read as.
  if (left === 'JSON') return right;
  if (right === 'JSON') return left;
  const kinds = [columnTypeOf(left), columnTypeOf(right)];
  if (kinds.every((kind) => kind === 'integer')) {
    return /HUGEINT|UBIGINT|DECIMAL|BIGNUM/.test(left + right) ? 'HUGEINT' : 'BIGINT';
  }
  if (kinds.every((kind) => kind === 'integer' || kind === 'number')) return 'DOUBLE';
  return isTyped ? undefined : 'VARCHAR';
}
