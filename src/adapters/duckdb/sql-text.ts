/** A name as a quoted SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as an SQL list literal. */
export function quoteTexts(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(', ')}]`;
}

/** A number as an SQL DOUBLE that reads back to the same bits; SQL's own decimals would be read as DECIMAL. */
export function doubleLiteral(value: number): string {
  return `CAST(${quoteText(String(value))} AS DOUBLE)`;
}

/** Text of the data or of a user's SQL, made short enough for one line of a message. */
export function shorten(text: string, maximumLength = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maximumLength ? line : `${line.slice(0, maximumLength - 1)}…`;
}
