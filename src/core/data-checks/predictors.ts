import { type Column, findColumn, type Table, takeRows } from '../data/table.ts';
import { FEWEST_ROWS, type Found } from './checks.ts';
import { severityOfFeature } from './columns.ts';
import { isCopy } from './copies.ts';
import type { ColumnRoles } from './roles.ts';
import {
  binNumbers,
  rankCorrelation,
  type Strength,
  strengthOfCategories,
  strengthOfOrder,
  type TargetSample,
} from './strength.ts';

/** A single column that tells the target so well gives it away: area under the ROC curve, or R² of ranks. */
const GIVES_AWAY = 0.95;

/** A column that means nothing tells the target so well at most; as R² of ranks about the same effect. */
const MEANS_NOTHING = { AUC: 0.55, 'R² of ranks': 0.01 } as const;

/** An id that follows time like this tells what time tells. */
const FOLLOWS_TIME = 0.8;

/** Some rows of a data set, of how many there are. */
export type PredictorSample = {
  readonly table: Table;
  readonly total: number;
  readonly roles: ColumnRoles;
  readonly target: string;
  /** Columns that name rows, declared or not. */
  readonly ids: readonly string[];
  readonly kind: TargetSample['kind'];
};

/** What the columns of some rows tell of the target: copies of it, columns that give it away, and ids that should not. */
export function checkPredictors(sample: PredictorSample): Found[] {
  const labelled = labelledRows(sample);
  if (labelled === undefined) return [];
  const { table, target, rows } = labelled;
  const { roles } = sample;
  const columns = table.columns.filter(({ name }) => name !== sample.target);
  const judged = columns
    .filter(({ name }) => roles.isFeature(name) && !sample.ids.includes(name))
    .flatMap((column) => checkFeature(column, target, sample));
  const ids = sample.ids.flatMap((name) => {
    const column = findColumn(table, name);
    return column === undefined || followsTime(column, table, roles) ? [] : checkId(column, target, sample);
  });
  const order = roles.timestamp === undefined ? checkOrder(rows, target, sample) : [];
  return [...judged, ...ids, ...order];
}

type Labelled = { readonly table: Table; readonly target: TargetSample; readonly rows: Uint32Array };

function labelledRows({ table, target, kind }: PredictorSample): Labelled | undefined {
  const column = findColumn(table, target);
  if (column === undefined) return undefined;
  const isLabelled = (row: number) =>
    column.kind === 'text' ? column.codes[row]! >= 0 : Number.isFinite(column.values[row]!);
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter(isLabelled);
  if (rows.length < FEWEST_ROWS) return undefined;
  const known = rows.length === table.rowCount ? table : takeRows(table, rows);
  const sample = targetOf(findColumn(known, target)!, kind);
  return sample && { table: known, target: sample, rows };
}

function targetOf(column: Column, kind: TargetSample['kind']): TargetSample | undefined {
  if (column.kind === 'number') return kind === 'number' ? { kind, values: column.values } : undefined;
  const classes = column.dictionary.length;
  if (kind === 'number' || classes < 2) return undefined;
  if (kind === 'classes') return { kind, codes: column.codes, classes };
  return classes === 2 ? { kind, labels: Uint8Array.from(column.codes) } : undefined;
}

function checkFeature(column: Column, target: TargetSample, sample: PredictorSample): Found[] {
  const { name } = column;
  const { roles } = sample;
  if (isCopy(target, column)) {
    return [
      {
        check: 'target-copy',
        severity: severityOfFeature('error', roles),
        column: name,
        message: `${name} is ${sample.target} in other words: each value of one belongs to one value of the other${extent(sample)}; exclude it${unlessLeftOut(roles)}`,
      },
    ];
  }
  const strength = strongest(column, target);
  if (strength === undefined || strength.value < GIVES_AWAY) return [];
  const isCertain = strength.interval.low >= GIVES_AWAY;
  return [
    {
      check: 'target-leakage',
      severity: isCertain ? severityOfFeature('warning', roles) : 'info',
      column: name,
      message: `${name} alone predicts ${sample.target}: ${describe(strength)}${extent(sample)}; is it known when the prediction is made?${unlessLeftOut(roles)}`,
    },
  ];
}

/** The better of what a column tells by its order and by its categories or intervals. */
function strongest(column: Column, target: TargetSample): Strength | undefined {
  if (column.kind === 'text') return strengthOfCategories(target, column.codes, GIVES_AWAY);
  // Of several classes the order of numbers tells the middle ones from neither side.
  const byOrder = target.kind === 'classes' ? undefined : strengthOfOrder(target, column.values);
  const byIntervals = strengthOfCategories(target, binNumbers(column.values), GIVES_AWAY);
  if (byOrder === undefined || byIntervals === undefined) return byOrder ?? byIntervals;
  return byIntervals.value > byOrder.value ? byIntervals : byOrder;
}

function checkId(column: Column, target: TargetSample, sample: PredictorSample): Found[] {
  const strength = strengthOfOrder(target, orderOf(column));
  if (strength === undefined || strength.interval.low <= MEANS_NOTHING[strength.measure]) return [];
  return [
    {
      check: 'predictive-id',
      severity: 'warning',
      column: column.name,
      message: `the order of ${column.name} predicts ${sample.target}: ${describe(strength)}${extent(sample)}; an id should tell nothing: were rows collected or numbered by their answer?`,
    },
  ];
}

function checkOrder(rows: Uint32Array, target: TargetSample, sample: PredictorSample): Found[] {
  const strength = strengthOfOrder(target, Float64Array.from(rows));
  if (strength === undefined || strength.interval.low <= MEANS_NOTHING[strength.measure]) return [];
  return [
    {
      check: 'predictive-id',
      severity: 'info',
      message: `the order of the rows predicts ${sample.target}: ${describe(strength)}${extent(sample)}; shuffle them before a training that reads them in order`,
    },
  ];
}

function followsTime(column: Column, table: Table, { timestamp }: ColumnRoles): boolean {
  const time = timestamp === undefined ? undefined : findColumn(table, timestamp);
  if (time === undefined) return false;
  const [own, other] = [orderOf(column), orderOf(time)];
  const rows = Uint32Array.from(own.keys()).filter(
    (row) => !Number.isNaN(own[row]!) && !Number.isNaN(other[row]!),
  );
  const along = rankCorrelation(
    Float64Array.from(rows, (row) => own[row]!),
    Float64Array.from(rows, (row) => other[row]!),
  );
  return along !== undefined && along.value >= FOLLOWS_TIME;
}

/** Numbers in the order of the values: texts by number where all are, else letter by letter. */
function orderOf(column: Column): Float64Array {
  if (column.kind === 'number') return column.values;
  const { codes, dictionary } = column;
  const isCount = dictionary.every((text) => /^\d{1,15}$/.test(text));
  const sorted = [...dictionary.keys()].sort((left, right) => {
    const [a, b] = [dictionary[left]!, dictionary[right]!];
    if (isCount) return Number(a) - Number(b);
    return a < b ? -1 : Number(a > b);
  });
  const ranks = new Float64Array(dictionary.length);
  for (const [rank, code] of sorted.entries()) ranks[code] = rank;
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : ranks[code]!));
}

function describe({ measure, value, interval }: Strength): string {
  return `${measure} ${shown(value)} [${shown(interval.low)}, ${shown(interval.high)}]`;
}

/** Three digits, and never 1 for what is not. */
function shown(value: number): string {
  const text = value.toFixed(3);
  return text === '1.000' && value < 1 ? '0.999+' : text;
}

function extent({ table, total }: PredictorSample): string {
  return table.rowCount === total ? '' : ` (on ${table.rowCount} of ${total} rows)`;
}

function unlessLeftOut(roles: ColumnRoles): string {
  return roles.isDerived ? ' (it matters where data.features hands it on)' : '';
}
