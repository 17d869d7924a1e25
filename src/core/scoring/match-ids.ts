import type { TextColumn } from '../data/table.ts';

/** A few of the rows that something is wrong with, and how many there are. */
export type FoundRows = { readonly count: number; readonly first: readonly number[] };

/** Positions of rows that keep scores from being matched; of the holdout or of the score table. */
export type IdProblems = {
  /** Rows of the holdout that repeat the id of an earlier one. */
  readonly doubledInHoldout: FoundRows;
  /** Labelled rows of the holdout without an id. */
  readonly withoutIdInHoldout: FoundRows;
  /** Labelled rows of the holdout whose id is not in the table. */
  readonly missing: FoundRows;
  /** Rows of the table that repeat the id of an earlier one. */
  readonly doubled: FoundRows;
  readonly withoutId: FoundRows;
  /** Rows of the table whose id no row of the holdout has. */
  readonly unknown: FoundRows;
};

export type IdMatch = {
  /** Position in the table of each labelled row of the holdout, in their order; whole where there is no problem. */
  readonly rows: Int32Array;
  readonly problems: IdProblems;
};

export type IdMatchRequest = {
  /** Ids of all rows of the holdout. */
  readonly holdout: TextColumn;
  /** Positions of the rows that have a label. */
  readonly labelled: Uint32Array;
  /** Ids of the score table. */
  readonly table: TextColumn;
};

const MOST_NAMED = 3;

/**
 * Matches the rows of a score table with the labelled rows of the holdout. Ids of unlabelled rows may be there
 * or not. Texts are compared once for each distinct id, all else is done in codes.
 */
export function matchIds({ holdout, labelled, table }: IdMatchRequest): IdMatch {
  const own = firstRows(table);
  const codes = new Map<string, number>();
  for (const [code, text] of table.dictionary.entries()) codes.set(text, code);
  const known = new Uint8Array(table.dictionary.length);
  const rowOfId = Int32Array.from(holdout.dictionary, (text) => {
    const code = codes.get(text);
    if (code === undefined) return -1;
    known[code] = 1;
    return own.rows[code]!;
  });
  const unknown = collect();
  table.codes.forEach((code, row) => {
    if (code >= 0 && known[code] === 0) unknown.add(row);
  });
  const [missing, withoutIdInHoldout] = [collect(), collect()];
  const rows = Int32Array.from(labelled, (holdoutRow) => {
    const code = holdout.codes[holdoutRow]!;
    const row = code < 0 ? -1 : rowOfId[code]!;
    if (code < 0) withoutIdInHoldout.add(holdoutRow);
    else if (row < 0) missing.add(holdoutRow);
    return row;
  });
  return {
    rows,
    problems: {
      doubledInHoldout: firstRows(holdout).doubled.found(),
      withoutIdInHoldout: withoutIdInHoldout.found(),
      missing: missing.found(),
      doubled: own.doubled.found(),
      withoutId: own.withoutId.found(),
      unknown: unknown.found(),
    },
  };
}

/** The first row of every id, the rows that repeat one, and those without. */
function firstRows({ codes, dictionary }: TextColumn) {
  const rows = new Int32Array(dictionary.length).fill(-1);
  const [doubled, withoutId] = [collect(), collect()];
  codes.forEach((code, row) => {
    if (code < 0) withoutId.add(row);
    else if (rows[code] === -1) rows[code] = row;
    else doubled.add(row);
  });
  return { rows, doubled, withoutId };
}

function collect() {
  const first: number[] = [];
  let count = 0;
  return {
    add(row: number): void {
      count++;
      if (first.length < MOST_NAMED) first.push(row);
    },
    found: (): FoundRows => ({ count, first }),
  };
}

/** Rows as messages name them, by file and line, since ids are never printed: `holdout data/x.csv line 7`. */
export type NamedRows = { readonly count: number; readonly places: readonly string[] };

export type NamedIdProblems = Readonly<Record<keyof IdProblems, NamedRows>>;

/** What is wrong with the ids; empty when nothing is. What is wrong with the holdout itself comes alone. */
export function describeIdProblems(problems: NamedIdProblems, idName: string): string {
  const id = JSON.stringify(idName);
  const own = [
    ...say(problems.doubledInHoldout, `of the holdout with the ${id} of an earlier row`),
    ...say(problems.withoutIdInHoldout, `of the holdout with a label but without ${id}`),
  ];
  if (own.length > 0) return `${own.join('; ')}; scores are matched by ${id}, which must tell all rows apart`;
  const given = [
    ...say(problems.missing, 'of the holdout without a score'),
    ...say(problems.doubled, `with the ${id} of an earlier row`),
    ...say(problems.withoutId, `without ${id}`),
    ...say(problems.unknown, `with an ${id} that the holdout does not have`),
  ];
  if (given.length === 0) return '';
  return `${given.join('; ')}; give every labelled row of the holdout exactly one score`;
}

function say({ count, places }: NamedRows, words: string): readonly string[] {
  if (count === 0) return [];
  const more = count - places.length;
  const where = `${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [`${count} ${count === 1 ? 'row' : 'rows'} ${words} (${where})`];
}
