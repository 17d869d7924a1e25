import { InputError } from '../../core/errors.ts';
import { findDialect, lineEndsOf, refuseBadHeader, refuseBrokenHeader } from './csv-dialect.ts';
import type { DigestedFile } from './digest-file.ts';
import { explainError, type Session, shortReason } from './session.ts';
import { quoteName, quoteText } from './sql-text.ts';
import type { TextFileReader, TextFileShape } from './text-files.ts';

/** One cell or line may be this long. */
const MAXIMUM_LINE_BYTES = 16 * 1024 * 1024;

/** Values beyond this are spelled by more digits than a DOUBLE holds. */
const LARGEST_EXACT_INTEGER = 2 ** 53;

/** Rows the types are judged by, until a later row contradicts. */
const SAMPLE_ROWS = 20_480;

/**
 * Delimited text by RFC 4180: quotes are double quotes, doubled inside; nothing is skipped, padded or taken
 * as a comment. Dates and times are read as such only when written as ISO 8601, since 01/02/2020 would be
 * a guess; integers with leading zeros, or too long to be exact, stay text, and so do yes and no.
 */
export const delimitedTextReader: TextFileReader = {
  canPack: true,
  describe,
  scan,
  explain,
  findBooleans,
  columnsToKeepAsText,
};

async function describe(
  session: Session,
  file: DigestedFile,
  options: { readonly subject: string; readonly wholeFile: boolean },
): Promise<TextFileShape> {
  const { subject } = options;
  if (file.head.trim() === '') throw new InputError(`${subject} holds only blank lines`);
  if (/^[\r\n]/.test(file.head))
    throw new InputError(`${subject}: line 1 is blank; remove the blank lines before the header`);
  const isTabSeparated = /\.tsv(\.|$)/i.test(file.shownPath);
  const { delimiter, first } = findDialect(subject, file, isTabSeparated ? '\t' : undefined);
  refuseBrokenHeader(subject, file.head, first);
  const sniffed = await sniff(session, { file, delimiter, ...options });
  if (sniffed.columns.length !== first.length && !file.isHeadCut)
    throw await explainStructure(session, { file, subject, delimiter, width: first.length });
  if (sniffed.hasHeader) refuseBadHeader(subject, first);
  return {
    columns: sniffed.columns.map(({ name, type }) => ({ name, sqlType: exactType(type, sniffed) })),
    booleans: sniffed.columns.filter(({ type }) => type === 'BOOLEAN').map(({ name }) => name),
    isTyped: false,
    headerLines: sniffed.hasHeader ? 1 : 0,
    delimiter,
  };
}

type Sniffed = {
  readonly hasHeader: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
};

type SniffRequest = {
  readonly file: DigestedFile;
  readonly delimiter: string;
  readonly subject: string;
  readonly wholeFile: boolean;
};

async function sniff(session: Session, request: SniffRequest): Promise<Sniffed> {
  const { file, delimiter, subject } = request;
  const sql = `SELECT HasHeader, Columns, DateFormat, TimestampFormat
    FROM sniff_csv(${quoteText(file.realPath)}, ${DIALECT}, delim = ${quoteText(delimiter)}, skip = 0,
      sample_size = ${request.wholeFile ? -1 : SAMPLE_ROWS})`;
  try {
    const row = (await session.rows(sql))[0]!;
    return {
      hasHeader: row[0] === true,
      columns: row[1] as Sniffed['columns'],
      dateFormat: row[2] as string | null,
      timestampFormat: row[3] as string | null,
    };
  } catch (error) {
    if (!/automatically detect|invalid state/i.test(shortReason(error))) throw explain(file, subject, error);
    const { first } = findDialect(subject, file, delimiter);
    throw await explainStructure(session, { file, subject, delimiter, width: first.length });
  }
}

const DIALECT = `comment = '', quote = '"', escape = '"', strict_mode = true,
  max_line_size = ${MAXIMUM_LINE_BYTES}, buffer_size = ${2 * MAXIMUM_LINE_BYTES}`;

/** Why the records do not make a table: read as mere text, DuckDB names the line. */
async function explainStructure(
  session: Session,
  text: {
    readonly file: DigestedFile;
    readonly subject: string;
    readonly delimiter: string;
    readonly width: number;
  },
): Promise<Error> {
  const { file, subject, delimiter, width } = text;
  const columns = Array.from({ length: width }, (_, index) => ({
    name: `column${index}`,
    sqlType: 'VARCHAR',
  }));
  const shape = { columns, isTyped: false, headerLines: 0, delimiter };
  try {
    await session.rows(`SELECT count(${columns[0]!.name}) FROM ${scan(file, shape)}`);
  } catch (error) {
    return explain(file, subject, error);
  }
  return new InputError(
    `${subject} is not delimited text: its lines do not have the same number of columns, or mix kinds of line ends`,
  );
}

function explain(file: DigestedFile, subject: string, error: unknown): Error {
  const reason = shortReason(error);
  const line = /^line \d+/.exec(reason)?.[0];
  const refused = (problem: string) =>
    new InputError(`${subject}${line === undefined ? '' : `: ${line}`} ${problem}`, { cause: error });
  if (/not utf-8 encoded|invalid unicode/i.test(reason)) {
    return refused(
      'is not UTF-8 text; save it as UTF-8, or declare what it is written in: {path: …, encoding: windows-1252}',
    );
  }
  const widths = /Expected Number of Columns: (\d+) Found: (\d+)/i.exec(reason);
  if (widths !== null) {
    return refused(
      `has ${widths[2]} ${widths[2] === '1' ? 'column' : 'columns'} where the first line has ${widths[1]}; give every line the same number of columns, and quote cells that hold the delimiter`,
    );
  }
  if (/unterminated quote|quote should be followed|quoted value/i.test(reason)) {
    return refused(
      'has a quotation mark that is not closed or stands within a cell; double it ("") inside quoted cells',
    );
  }
  if (lineEndsOf(file.head).size > 1 && /new.?line|automatically detect|state machine/i.test(reason)) {
    return refused('mixes kinds of line ends; save it with one kind (LF or CRLF)');
  }
  if (/maximum line size/i.test(reason)) {
    return refused(
      `is longer than ${MAXIMUM_LINE_BYTES / 2 ** 20} MB, often for a quotation mark that is not closed; shorten it, or write the data as Parquet`,
    );
  }
  return explainError(subject, error);
}

function exactType(type: string, sniffed: Sniffed): string {
  // DuckDB takes yes, t and 1 for true as well; what was written is looked at once it is loaded.
  if (type === 'BOOLEAN') return 'VARCHAR';
  // A time of day is no number and no moment; as text it stays what was written.
  if (type === 'TIME') return 'VARCHAR';
  const isIso = (format: string | null) => format === null || format === '' || format.startsWith('%Y-%m-%d');
  if (type === 'DATE') return isIso(sniffed.dateFormat) ? type : 'VARCHAR';
  if (type.startsWith('TIMESTAMP')) return isIso(sniffed.timestampFormat) ? type : 'VARCHAR';
  return type;
}

function scan(file: DigestedFile, shape: TextFileShape): string {
  const columns = shape.columns.map(({ name, sqlType }) => `${quoteText(name)}: ${quoteText(sqlType)}`);
  return `read_csv(${quoteText(file.realPath)}, auto_detect = false, hive_partitioning = false, ${DIALECT},
    delim = ${quoteText(shape.delimiter ?? ',')}, header = ${shape.headerLines > 0}, skip = 0,
    columns = {${columns.join(', ')}})`;
}

/** The columns in which nothing but true and false is written. */
async function findBooleans(
  session: Session,
  table: string,
  candidates: readonly string[],
): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set();
  const isBoolean = candidates.map(
    (name) => `coalesce(bool_and(lower(${quoteName(name)}) IN ('true', 'false')), false)`,
  );
  const found = (await session.rows(`SELECT ${isBoolean.join(', ')} FROM ${table}`))[0]!;
  return new Set(candidates.filter((_, index) => found[index] === true));
}

/**
 * Columns read as DOUBLE in which some value is an integer of more digits than a DOUBLE holds: card and
 * account numbers, which must not change.
 */
async function columnsToKeepAsText(
  session: Session,
  table: string,
  files: readonly { readonly file: DigestedFile; readonly shape: TextFileShape }[],
): Promise<ReadonlySet<string>> {
  const doubles = files[0]!.shape.columns
    .filter(({ sqlType }) => sqlType === 'DOUBLE')
    .map(({ name }) => name);
  if (doubles.length === 0) return new Set();
  const isLarge = doubles.map(
    (name) =>
      `coalesce(bool_or(abs(${quoteName(name)}) >= ${LARGEST_EXACT_INTEGER} AND isfinite(${quoteName(name)})), false)`,
  );
  const large = (await session.rows(`SELECT ${isLarge.join(', ')} FROM ${table}`))[0]!;
  const suspects = doubles.filter((_, index) => large[index] === true);
  const kept = new Set<string>();
  for (const { file, shape } of suspects.length === 0 ? [] : files) {
    const asText = { ...shape, columns: shape.columns.map(({ name }) => ({ name, sqlType: 'VARCHAR' })) };
    const spelled = suspects.map(
      (name) => `coalesce(bool_or(regexp_full_match(trim(${quoteName(name)}), '[+-]?\\d{16,}')), false)`,
    );
    const found = (await session.rows(`SELECT ${spelled.join(', ')} FROM ${scan(file, asText)}`))[0]!;
    for (const [index, name] of suspects.entries()) if (found[index] === true) kept.add(name);
  }
  return kept;
}
