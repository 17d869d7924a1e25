/** Rows of public data to plant faults into. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedPath } from './shared-data.ts';

export type Rows = { header: string[]; cells: string[][] };
export type Subject = {
  readonly path: string;
  readonly header?: string;
  /** A measured number, a whole number, a category, a key, and a time where there is one. */
  readonly number: string;
  readonly whole: string;
  readonly category: string;
  readonly key: string;
  readonly time?: string;
};

const ROWS = 1200;

export const SUBJECTS: Readonly<Record<string, Subject>> = {
  adult: {
    path: 'data/tabular/adult/adult-train.csv.gz',
    header:
      'age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,capital_loss,hours_per_week,native_country,income',
    number: 'fnlwgt',
    whole: 'age',
    category: 'sex',
    key: 'row_id',
  },
  telco: {
    path: 'data/tabular/telco_churn/Telco-Customer-Churn.csv',
    number: 'MonthlyCharges',
    whole: 'tenure',
    category: 'Contract',
    key: 'customerID',
  },
  bike: {
    path: 'data/tabular/bike_sharing/hour.csv.gz',
    number: 'windspeed',
    whole: 'registered',
    category: 'season',
    key: 'instant',
    time: 'dteday',
  },
  fraud: {
    path: 'data/fraud/sparkov_kaggle_slice/fraudTrain.csv',
    number: 'amt',
    whole: 'city_pop',
    category: 'category',
    key: 'trans_num',
    time: 'trans_date_trans_time',
  },
};

export const at = (rows: Rows, column: string) => rows.header.indexOf(column);
export const set = (rows: Rows, column: string, change: (cell: string, row: number) => string) => {
  const index = at(rows, column);
  for (const [row, cells] of rows.cells.entries()) cells[index] = change(cells[index]!, row);
};
/** A change of one row. */
export const only = (which: number, value: (cell: string) => string) => (cell: string, row: number) =>
  row === which ? value(cell) : cell;
/** The lines of a file of the shared data, and its header where that is a line of it. */
export function readLines({ path, header }: Pick<Subject, 'path' | 'header'>): {
  readonly lines: readonly string[];
  readonly header: string;
} {
  const bytes = readFileSync(sharedPath(path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replaceAll('\r\n', '\n');
  const lines = text.trimEnd().split('\n');
  return { header: header ?? lines.shift()!, lines };
}

/** Rows spread over the whole file, and all that have a value which few have. */
export function readRows(
  { path, header }: Subject,
  rare?: { readonly column: string; readonly value: string },
): Rows {
  const { lines, header: first } = readLines({ path, ...(header === undefined ? {} : { header }) });
  const names = first.split(',').map((name) => name || 'row');
  const step = Math.floor(lines.length / ROWS);
  if (rare === undefined) {
    return {
      header: names,
      cells: Array.from({ length: ROWS }, (_, index) => splitLine(lines[index * step]!)),
    };
  }
  const column = names.indexOf(rare.column);
  const cells = lines.map(splitLine);
  const isRare = cells.map((row) => row[column] === rare.value);
  const left = ROWS - isRare.filter(Boolean).length;
  const every = Math.floor(lines.length / left);
  return { header: names, cells: cells.filter((_, row) => isRare[row] || row % every === 0) };
}

function splitLine(line: string): string[] {
  return (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [])
    .slice(0, -1)
    .map((cell) => cell.replace(/,$/, '').trim());
}

/** As a CSV. */
export const write = ({ header, cells }: Rows) =>
  `${[header, ...cells].map((row) => row.join(',')).join('\n')}\n`;
