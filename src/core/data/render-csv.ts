import { type Column, cellText, type Table } from './table.ts';

const ROWS_PER_CHUNK = 10_000;

/** A table as CSV (RFC 4180, header, line feeds), in chunks; missing cells are empty. */
export function* renderCsv(table: Table): Generator<string> {
  yield `${table.columns.map((column) => quoteCell(column.name)).join(',')}\n`;
  for (let start = 0; start < table.rowCount; start += ROWS_PER_CHUNK) {
    const lines: string[] = [];
    const end = Math.min(start + ROWS_PER_CHUNK, table.rowCount);
    for (let row = start; row < end; row++) lines.push(renderRow(table.columns, row));
    yield `${lines.join('\n')}\n`;
  }
}

function renderRow(columns: readonly Column[], row: number): string {
  return columns.map((column) => quoteCell(cellText(column, row))).join(',');
}

/** An empty text is quoted, so that it can be told from a missing one. */
function quoteCell(text: string | undefined): string {
  if (text === undefined) return '';
  return text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
