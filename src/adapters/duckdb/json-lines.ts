import type { DigestedFile } from './digest-file.ts';
import { explainError, type Session } from './session.ts';
import { quoteText } from './sql-text.ts';
import type { TextFileReader, TextFileShape } from './text-files.ts';

/** One JSON object on each line; nested values keep their type and can be reached by a features query. */
export const jsonLinesReader: TextFileReader = {
  canPack: false,
  describe,
  scan,
  explain,
  findBooleans: () => Promise.resolve(new Set<string>()),
  columnsToKeepAsText: () => Promise.resolve(new Set<string>()),
};

async function describe(
  session: Session,
  file: DigestedFile,
  options: { readonly subject: string; readonly wholeFile: boolean },
): Promise<TextFileShape> {
  const sampleRows = options.wholeFile ? -1 : undefined;
  const source = scanText(file, sampleRows);
  try {
    const columns = await session.columnsOf(`SELECT * FROM ${source}`);
    return { columns, isTyped: true, headerLines: 0, ...(sampleRows === undefined ? {} : { sampleRows }) };
  } catch (error) {
    throw explain(file, `${options.subject} is not JSON Lines (one object on each line)`, error);
  }
}

function explain(_file: DigestedFile, subject: string, error: unknown): Error {
  return explainError(subject, error);
}

function scan(file: DigestedFile, shape: TextFileShape): string {
  return scanText(file, shape.sampleRows);
}

function scanText(file: DigestedFile, sampleRows: number | undefined): string {
  const sample = sampleRows === undefined ? '' : `, sample_size = ${sampleRows}`;
  return `read_json(${quoteText(file.realPath)}, format = 'newline_delimited', hive_partitioning = false, records = true${sample})`;
}
