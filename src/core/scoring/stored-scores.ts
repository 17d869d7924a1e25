import type { Column, Table, TextColumn } from '../data/table.ts';

/**
 * The scores of a model as evidence and releases keep them. Ids are kept as a hash, since an id may name a
 * person and a release may be public; it still matches the rows of the same holdout.
 */

/** The id of a stored table: the first 32 hexadecimal digits of the SHA-256 of the id as text. */
export const ID_HASH_COLUMN = 'id_hash';

const HASH_DIGITS = 32;

/** Ids as stored tables have them; the same codes, another dictionary. */
export function hashIds(ids: TextColumn, sha256: (text: string) => string): TextColumn {
  return {
    ...ids,
    name: ID_HASH_COLUMN,
    dictionary: ids.dictionary.map((id) => sha256(id).slice(0, HASH_DIGITS)),
  };
}

export type StoredScoresRequest = {
  /** Ids of the rows that are judged, hashed. */
  readonly ids: TextColumn;
  /** Row-major, one for each class or one for each row; NaN where there is none. */
  readonly values: Float64Array;
  readonly width: number;
  readonly labels?: Int32Array;
  /** Empty for regression and ranking. */
  readonly classes: readonly string[];
};

/** A table that reads back as the scores it was made of: by class name, with the model's own decisions. */
export function buildStoredScores(request: StoredScoresRequest): Table {
  const { ids, values, width, labels, classes } = request;
  const rowCount = ids.codes.length;
  const names = classes.length === 0 ? ['score'] : classes.map((name) => `probability_${name}`);
  const scores = names.map(
    (name, at): Column => ({
      kind: 'number',
      name,
      values: Float64Array.from({ length: rowCount }, (_, row) => values[row * width + at]!),
    }),
  );
  const decisions: Column[] = labels
    ? [{ kind: 'text', name: 'label', codes: labels, dictionary: classes }]
    : [];
  return { rowCount, columns: [ids, ...scores, ...decisions] };
}
