/** One line of a benchmark. */
export type BenchmarkRow = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Ours over the peer's, where there is a peer. */
  readonly ratio?: number;
  /** What the ratio, or without one the value, must not exceed. */
  readonly limit?: number;
};

export type Benchmark = {
  readonly rows: readonly BenchmarkRow[];
  /** What was not measured and why. */
  readonly notes: readonly string[];
};

/** Whether a row keeps its limit; undefined where it has none. */
export function keepsLimit({ value, ratio, limit }: BenchmarkRow): boolean | undefined {
  return limit === undefined ? undefined : (ratio ?? value) <= limit;
}

/** The rows as an aligned table of text. */
export function renderRows(rows: readonly BenchmarkRow[]): string {
  const head = ['name', 'value', 'unit', 'ratio', 'limit', ''];
  const cells = rows.map((row) => [
    row.name,
    formatNumber(row.value),
    row.unit,
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.limit === undefined ? '' : `${row.limit}${row.ratio === undefined ? ` ${row.unit}` : ' x'}`,
    { true: 'ok', false: 'OVER', undefined: '' }[String(keepsLimit(row))] ?? '',
  ]);
  const table = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table.map((line) => renderLine(line, widths)).join('\n');
}

/** Numbers to the right, words to the left. */
function renderLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) =>
      column === 1 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    .join('  ')
    .trimEnd();
}

function formatNumber(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}
