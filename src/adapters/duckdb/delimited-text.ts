import { InputError } from '../../core/errors.ts';
import type { DigestedFile } from './inspect-file.ts';
import { explainError, type Session, shortReason } from './session.ts';
import { quoteName, quoteText, shorten } from './sql-text.ts';
import type { TextFileReader, TextFileShape } from './text-files.ts';

const DELIMITERS = [',', ';', '\t', '|'];

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
export const delimitedTextReader: TextFileReader = { describe, scan, settleBooleans, columnsToKeepAsText };

async function describe(
  session: Session,
  file: DigestedFile,
  options: { readonly subject: string; readonly wholeFile: boolean },
): Promise<TextFileShape> {
  if (file.head.trim() === '') throw new InputError(`${options.subject} holds only blank lines`);
  const sniffed = await sniff(session, file, options);
  refuseRaggedLines(file, options.subject, sniffed);
  if (sniffed.hasHeader)
    refuseBadHeader(options.subject, splitRecords(file.head, sniffed.delimiter)[0] ?? []);
  return {
    columns: sniffed.columns.map(({ name, type }) => ({ name, sqlType: exactType(type, sniffed) })),
    booleans: sniffed.columns.filter(({ type }) => type === 'BOOLEAN').map(({ name }) => name),
    isTyped: false,
    headerLines: sniffed.hasHeader ? 1 : 0,
    delimiter: sniffed.delimiter,
  };
}

type Sniffed = {
  readonly delimiter: string;
  readonly skippedLines: number;
  readonly hasHeader: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
};

async function sniff(
  session: Session,
  file: DigestedFile,
  options: { readonly subject: string; readonly wholeFile: boolean },
): Promise<Sniffed> {
  const delimiter = /\.tsv(\.|$)/i.test(file.shownPath) ? ", delim = '\t'" : '';
  const sql = `SELECT Delimiter, SkipRows, HasHeader, Columns, DateFormat, TimestampFormat
    FROM sniff_csv(${quoteText(file.realPath)}, ${DIALECT}${delimiter},
      sample_size = ${options.wholeFile ? -1 : SAMPLE_ROWS})`;
  try {
    const row = (await session.rows(sql))[0]!;
    return {
      delimiter: String(row[0]),
      skippedLines: Number(row[1]),
      hasHeader: row[2] === true,
      columns: row[3] as Sniffed['columns'],
      dateFormat: row[4] as string | null,
      timestampFormat: row[5] as string | null,
    };
  } catch (error) {
    throw explainUnreadable(file, options.subject, error);
  }
}

const DIALECT = `comment = '', quote = '"', escape = '"', strict_mode = true,
  max_line_size = ${MAXIMUM_LINE_BYTES}, buffer_size = ${2 * MAXIMUM_LINE_BYTES}`;

function explainUnreadable(file: DigestedFile, subject: string, error: unknown): Error {
  const reason = shortReason(error);
  if (/not utf-8 encoded/i.test(reason)) {
    const line = /^line \d+/.exec(reason)?.[0];
    return new InputError(
      `${subject} is not UTF-8 text${line === undefined ? '' : ` (${line})`}; save it as UTF-8`,
      {
        cause: error,
      },
    );
  }
  if (!/automatically detect|invalid state/i.test(reason)) return explainError(subject, error);
  const newlines = new Set(file.head.match(/\r\n|\n|\r/g));
  if (newlines.size > 1) {
    return new InputError(`${subject} mixes kinds of line ends; save it with one kind (LF or CRLF)`, {
      cause: error,
    });
  }
  return new InputError(
    `${subject} is not delimited text: no delimiter of , ; | or tab gives every line the same number of columns (and quotes must be closed)`,
    { cause: error },
  );
}

/** A sniffer that finds no consistent table takes the end of the file, or whole lines as one column. */
function refuseRaggedLines(file: DigestedFile, subject: string, sniffed: Sniffed): void {
  if (sniffed.skippedLines === 0 && sniffed.columns.length > 1) return;
  for (const delimiter of sniffed.columns.length === 1 ? DELIMITERS : [sniffed.delimiter]) {
    const records = splitRecords(file.head, delimiter);
    const width = records[0]?.length ?? 0;
    const ragged = records.findIndex((record) => record.length !== width);
    if (ragged >= 0) {
      throw new InputError(
        `${subject}: row ${ragged + 1} has ${records[ragged]!.length} columns where the first has ${width}; every line needs the same number, and nothing may stand before the header`,
      );
    }
    if (width > 1 && sniffed.skippedLines === 0) {
      throw new InputError(
        `${subject}: a quotation mark is not closed or stands within a cell; double it ("") inside quoted cells`,
      );
    }
  }
  if (sniffed.skippedLines > 0) {
    throw new InputError(
      `${subject}: the first ${sniffed.skippedLines} lines do not belong to the table; remove them`,
    );
  }
}

function refuseBadHeader(subject: string, cells: readonly string[]): void {
  if (cells.length > 0 && cells.every((cell) => cell.trim() === '')) {
    throw new InputError(`${subject}: the first line should name the columns, but is blank`);
  }
  const seen = new Map<string, string>();
  for (const cell of cells) {
    const key = cell.trim().toLowerCase();
    const other = seen.get(key);
    if (other !== undefined && key !== '') {
      throw new InputError(
        `${subject} has two columns named "${shorten(other, 60)}" and "${shorten(cell, 60)}" (case does not count); rename one`,
      );
    }
    seen.set(key, cell);
  }
}

function exactType(type: string, sniffed: Sniffed): string {
  // DuckDB takes yes, t and 1 for true as well; what was written is looked at once it is loaded.
  if (type === 'BOOLEAN') return 'VARCHAR';
  const isIso = (format: string | null) => format === null || format === '' || format.startsWith('%Y-%m-%d');
  if (type === 'DATE') return isIso(sniffed.dateFormat) ? type : 'VARCHAR';
  if (type.startsWith('TIMESTAMP')) return isIso(sniffed.timestampFormat) ? type : 'VARCHAR';
  return type;
}

function scan(file: DigestedFile, shape: TextFileShape): string {
  const columns = shape.columns.map(({ name, sqlType }) => `${quoteText(name)}: ${quoteText(sqlType)}`);
  return `read_csv(${quoteText(file.realPath)}, auto_detect = false, ${DIALECT},
    delim = ${quoteText(shape.delimiter ?? ',')}, header = ${shape.headerLines > 0}, skip = 0,
    columns = {${columns.join(', ')}})`;
}

/** Makes columns boolean in which nothing but true and false is written. */
async function settleBooleans(
  session: Session,
  table: string,
  candidates: readonly string[],
): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set();
  const isBoolean = candidates.map(
    (name) => `coalesce(bool_and(lower(${quoteName(name)}) IN ('true', 'false')), false)`,
  );
  const found = (await session.rows(`SELECT ${isBoolean.join(', ')} FROM ${table}`))[0]!;
  const booleans = candidates.filter((_, index) => found[index] === true);
  for (const name of booleans) {
    await session.run(`ALTER TABLE ${table} ALTER COLUMN ${quoteName(name)} TYPE BOOLEAN`);
  }
  return new Set(booleans);
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

/** Records of delimited text; the last is left out when the text may have been cut within it. */
function splitRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[index++];
      else isQuoted = false;
    } else if (character === '"' && cell === '') {
      isQuoted = true;
    } else if (character === delimiter) {
      record.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[index + 1] === '\n') index++;
      record.push(cell);
      if (record.length > 1 || cell !== '') records.push(record);
      record = [];
      cell = '';
    } else {
      cell += character;
    }
  }
  const isCut = Buffer.byteLength(text) >= 1 << 18;
  if (!isCut && (record.length > 0 || cell !== '')) records.push([...record, cell]);
  return records;
}
