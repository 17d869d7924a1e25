import { InputError } from '../../core/errors.ts';
import { shorten } from './sql-text.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The first part of a delimited text, and whether the file goes on behind it. */
export type TextHead = { readonly head: string; readonly isHeadCut: boolean };

/** A record and the line it begins on, from 1. */
type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

type CsvRecords = {
  readonly records: readonly CsvRecord[];
  /** Where a quoted cell begins that does not end. */
  readonly unclosed?: number;
};

export type CsvDialect = {
  readonly delimiter: string;
  /** The cells of the first record, which may be the header. */
  readonly first: readonly string[];
};

/**
 * Finds the delimiter that gives every record the same number of cells; of several the one that gives most.
 * @throws InputError naming the line that has another number of cells, or the quotation mark that is not closed.
 */
export function findDialect(subject: string, text: TextHead, delimiter?: string): CsvDialect {
  const candidates = (delimiter === undefined ? DELIMITERS : [delimiter]).map((candidate) => ({
    delimiter: candidate,
    ...splitRecords(text, candidate),
  }));
  const even = candidates.filter(({ records, unclosed }) => isEven(records) && unclosed === undefined);
  const wide = even.filter(({ records }) => widthOf(records) > 1);
  const [best] = wide.toSorted((left, right) => widthOf(right.records) - widthOf(left.records));
  const chosen = best ?? (even.length === candidates.length ? even[0] : undefined);
  if (chosen === undefined) throw uneven(subject, candidates);
  return { delimiter: chosen.delimiter, first: chosen.records[0]?.cells ?? [] };
}

function widthOf(records: readonly CsvRecord[]): number {
  return records[0]?.cells.length ?? 0;
}

function isEven(records: readonly CsvRecord[]): boolean {
  return records.every(({ cells }) => cells.length === widthOf(records));
}

/** What is wrong, by the delimiter that cuts most. */
function uneven(subject: string, candidates: readonly CsvRecords[]): InputError {
  const cuts = ({ records }: CsvRecords) => records.reduce((sum, { cells }) => sum + cells.length - 1, 0);
  const { records, unclosed } = candidates.toSorted((left, right) => cuts(right) - cuts(left))[0]!;
  const [first] = records;
  const other = records.find(({ cells }) => cells.length !== widthOf(records));
  if (first !== undefined && other !== undefined) return unevenLine(subject, first, other);
  return new InputError(
    `${subject}: line ${unclosed ?? 1}: a quotation mark is not closed; close it, and double it ("") inside quoted cells`,
  );
}

function unevenLine(subject: string, first: CsvRecord, other: CsvRecord): InputError {
  const advice =
    first.cells.length === 1
      ? 'remove what stands before the header, such as a title or a comment'
      : 'give every line the same number of columns, and quote cells that hold the delimiter';
  return new InputError(
    `${subject}: line ${other.line} has ${countOf(other)} where line ${first.line} has ${first.cells.length}; ${advice}`,
  );
}

function countOf({ cells }: CsvRecord): string {
  return cells.length === 1 ? '1 column' : `${cells.length} columns`;
}

/** @throws InputError for a header without names, or with the same name twice. */
export function refuseBadHeader(subject: string, cells: readonly string[]): void {
  if (cells.length > 0 && cells.every((cell) => cell.trim() === '')) {
    throw new InputError(`${subject}: the first line should name the columns, but is blank`);
  }
  const seen = new Map<string, string>();
  for (const cell of cells) {
    const key = cell.trim().toLowerCase();
    const other = seen.get(key);
    if (other !== undefined && key !== '') {
      throw new InputError(
        `${subject} has two columns named "${shorten(other, 60)}" and "${shorten(cell, 60)}" (case and outer spaces do not count); rename one`,
      );
    }
    seen.set(key, cell);
  }
}

/**
 * The engine takes the first line break of a file for the one that ends its lines, within quotes or not.
 * @throws InputError for a name of a column that holds another line break than the one between the lines.
 */
export function refuseBrokenHeader(subject: string, head: string, cells: readonly string[]): void {
  const inNames = LINE_END.exec(cells.join(' '))?.[0];
  const between = LINE_END.exec(withoutQuoted(head))?.[0];
  if (inNames === undefined || between === undefined || inNames === between) return;
  const broken = cells.find((cell) => LINE_END.test(cell)) ?? '';
  throw new InputError(
    `${subject}: the header has a line break (${nameOf(inNames)}) within the name ${JSON.stringify(shorten(broken, 60))}, and the lines end with ${nameOf(between)}, which cannot be read; write each name on one line`,
  );
}

const LINE_END = /\r\n|\n|\r/;

function nameOf(lineEnd: string): string {
  return lineEnd.replace('\r', 'CR').replace('\n', 'LF');
}

/** Kinds of line ends between lines; those within quotes are part of a cell. */
export function lineEndsOf(head: string): ReadonlySet<string> {
  return new Set(withoutQuoted(head).match(/\r\n|\n|\r/g));
}

function withoutQuoted(head: string): string {
  return head.replace(/"[^"]*(?:"|$)/g, '');
}

/** Records by RFC 4180, without blank lines; the last is left out when the text may have been cut within it. */
function splitRecords({ head, isHeadCut }: TextHead, delimiter: string): CsvRecords {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let firstLine = 1;
  let quotedSince: number | undefined;
  const end = (): void => {
    if (cells.length > 0 || cell !== '') records.push({ line: firstLine, cells: [...cells, cell] });
    cells = [];
    cell = '';
  };
  for (let index = 0; index < head.length; index++) {
    const character = head[index]!;
    const isLineEnd = character === '\n' || (character === '\r' && head[index + 1] !== '\n');
    if (isLineEnd) line += 1;
    if (quotedSince !== undefined) {
      if (character !== '"') cell += character;
      else if (head[index + 1] === '"') cell += head[index++];
      else quotedSince = undefined;
    } else if (character === '"' && cell === '') {
      quotedSince = line;
    } else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (isLineEnd) {
      end();
      firstLine = line;
    } else if (character !== '\r') {
      cell += character;
    }
  }
  if (isHeadCut) return { records };
  if (quotedSince !== undefined) return { records, unclosed: quotedSince };
  end();
  return { records };
}
