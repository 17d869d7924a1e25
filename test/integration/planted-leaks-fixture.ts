/** Faults that need no contract to be found, ready to be planted into public data. */

import type { Finding } from '../../src/core/documents/validation.ts';
import { runValidateData } from '../../src/stages/validation/validate-data.ts';
import { at, type Rows, readRows, SUBJECTS, type Subject, set, write } from '../support/planted-data.ts';
import type { DataStage } from './data-stage-fixture.ts';

const TRAINING_ROWS = 900;

export type Labelled = Subject & {
  readonly target: string;
  readonly task: string;
  readonly exclude: readonly string[];
  /** Two labels, where there are classes. */
  readonly classes?: readonly [string, string];
  /** Warnings that the clean data give, and why they are right. */
  readonly warnings: readonly string[];
};

export const LABELLED: Readonly<Record<string, Labelled>> = {
  adult: {
    ...SUBJECTS.adult!,
    ...{ target: 'income', task: 'binary-classification', exclude: [], classes: ['<=50K', '>50K'] },
    warnings: [],
  },
  telco: {
    ...SUBJECTS.telco!,
    ...{ target: 'Churn', task: 'binary-classification', exclude: ['customerID'], classes: ['No', 'Yes'] },
    warnings: [],
  },
  // The two parts of the sum are no features of it.
  bike: {
    ...SUBJECTS.bike!,
    ...{ target: 'cnt', task: 'regression', exclude: ['casual', 'registered', 'instant'], whole: 'hr' },
    warnings: [],
  },
  fraud: {
    ...SUBJECTS.fraud!,
    path: 'data/fraud/sparkov_small/transactions.csv.gz',
    ...{
      target: 'is_fraud',
      task: 'binary-classification',
      exclude: ['trans_num', 'first', 'last', 'unix_time', 'cc_num'],
    },
    classes: ['0', '1'],
    warnings: [],
  },
};

export type Sides = { readonly training: Rows; readonly holdout: Rows };
export type Fault = {
  readonly found: string;
  readonly plant: (sides: Sides, subject: Labelled) => void;
  readonly applies?: (subject: Labelled) => boolean;
  /** Whether a holdout is needed to see it; without one half the data are read. */
  readonly needsHoldout?: boolean;
  /** Other checks that find this fault as well, and should. */
  readonly also?: readonly string[];
  readonly more?: string;
};

/** Faults of one column look alike everywhere: two subjects are enough. */
const isTelcoOrBike = ({ key }: Labelled) => key === 'customerID' || key === 'instant';
const isClassified = ({ classes }: Labelled) => classes !== undefined;
const hasWords = ({ classes }: Labelled) => classes !== undefined && classes[0] !== '0';
const isTimed = ({ time }: Labelled) => time !== undefined;
const isUntimed = ({ time }: Labelled) => time === undefined;

const both =
  (change: (rows: Rows) => void) =>
  ({ training, holdout }: Sides) => {
    change(training);
    change(holdout);
  };
const each =
  (column: (subject: Labelled) => string, change: (cell: string, row: number) => string) =>
  (sides: Sides, subject: Labelled) =>
    both((rows) => set(rows, column(subject), change))(sides);
const add = (rows: Rows, name: string, value: (cells: readonly string[], row: number) => string) => {
  for (const [row, cells] of rows.cells.entries()) cells.push(value(cells, row));
  rows.header.push(name);
};
/** One row takes the place of another and keeps its id. */
const copy = (from: Rows, to: Rows, [source, place]: readonly [number, number]) => {
  const id = at(to, 'row_id');
  to.cells[place] = from.cells[source]!.map((cell, column) =>
    column === id ? to.cells[place]![column]! : cell,
  );
};
const otherClass = ({ classes }: Labelled, cell: string) =>
  cell === classes![0] ? classes![1] : classes![0];
const scattered = (row: number) => (row * 7919) % 1_000_003;

export const FAULTS: Readonly<Record<string, Fault>> = {
  'one value': {
    found: 'constant-column',
    applies: isTelcoOrBike,
    plant: each(
      ({ whole }) => whole,
      () => '7',
    ),
  },
  'no value': {
    found: 'constant-column',
    applies: isTelcoOrBike,
    plant: each(
      ({ number }) => number,
      () => '',
    ),
  },
  'hardly any value': {
    found: 'mostly-missing',
    applies: isTelcoOrBike,
    plant: each(
      ({ number }) => number,
      (cell, row) => (row % 33 === 0 ? cell : ''),
    ),
  },
  'an id that nobody declared': {
    found: 'undeclared-id',
    applies: isTelcoOrBike,
    plant: both((rows) => add(rows, 'reference', (_, row) => `R-${scattered(row)}`)),
  },
  'words among numbers': {
    found: 'mixed-types',
    applies: isTelcoOrBike,
    plant: each(
      ({ number }) => number,
      (cell, row) => (row % 50 === 3 ? 'unknown' : cell),
    ),
  },
  'infinite numbers': {
    found: 'non-finite',
    applies: isTelcoOrBike,
    plant: each(
      ({ number }) => number,
      (cell, row) => (row % 100 === 3 ? 'inf' : cell),
    ),
  },
  'a category in other letters': {
    found: 'value-variants',
    applies: hasWords,
    plant: each(
      ({ category }) => category,
      (cell, row) => (row % 20 === 3 ? cell.toUpperCase() : cell),
    ),
  },
  'rows twice': {
    found: 'duplicate-rows',
    plant: ({ training }) => {
      for (let row = 0; row < 80; row++) copy(training, training, [row, 300 + row]);
    },
  },
  'rows with another label': {
    found: 'conflicting-labels',
    plant: ({ training }, subject) => {
      const target = at(training, subject.target);
      for (let row = 0; row < 80; row++) {
        copy(training, training, [row, 300 + row]);
        const label = training.cells[300 + row]![target]!;
        training.cells[300 + row]![target] = subject.classes
          ? otherClass(subject, label)
          : String(Number(label) + 400);
      }
    },
  },
  'rows of training in the holdout': {
    found: 'shared-rows',
    needsHoldout: true,
    // The times of the rows come along.
    also: ['time-overlap'],
    plant: ({ training, holdout }) => {
      for (let row = 0; row < 40; row++) copy(training, holdout, [row * 3, row * 2]);
    },
  },
  'ids of training in the holdout': {
    found: 'shared-ids',
    needsHoldout: true,
    applies: isTelcoOrBike,
    plant: ({ training, holdout }) =>
      set(holdout, 'row_id', (cell, row) =>
        row < 20 ? training.cells[row]![at(training, 'row_id')]! : cell,
      ),
  },
  'groups of training in the holdout': {
    found: 'shared-groups',
    needsHoldout: true,
    applies: isUntimed,
    more: '\n  group: household',
    plant: ({ training, holdout }) => {
      add(training, 'household', (_, row) => `h${row % 300}`);
      add(holdout, 'household', (_, row) => `h${row % 100 === 0 ? row : 1000 + row}`);
    },
  },
  'a holdout that begins too early': {
    found: 'time-overlap',
    needsHoldout: true,
    applies: isTimed,
    plant: ({ training, holdout }, { time }) =>
      set(holdout, time!, (cell, row) =>
        row < 10 ? training.cells[880 + row]![at(training, time!)]! : cell,
      ),
  },
  'times to come': {
    found: 'future-time',
    needsHoldout: true,
    applies: isTimed,
    plant: ({ holdout }, { time }) =>
      set(holdout, time!, (cell, row) => (row === 20 ? `2931${cell.slice(4)}` : cell)),
  },
  'the target under another name': {
    found: 'target-copy',
    plant: (sides, subject) =>
      both((rows) => {
        const target = at(rows, subject.target);
        add(rows, 'outcome', (cells) =>
          subject.classes
            ? `v${subject.classes.indexOf(cells[target]!)}`
            : String(3 + 2 * Number(cells[target])),
        );
      })(sides),
  },
  'the target with noise': {
    found: 'target-leakage',
    plant: (sides, subject) =>
      both((rows) => {
        const target = at(rows, subject.target);
        const score = (cell: string) => (subject.classes ? subject.classes.indexOf(cell) : Number(cell) / 10);
        add(rows, 'score', (cells, row) => (score(cells[target]!) + (scattered(row) % 997) / 990).toFixed(4));
      })(sides),
  },
  'ids in the order of the answer': {
    found: 'predictive-id',
    plant: ({ training }, subject) => {
      const target = at(training, subject.target);
      const value = (row: number) => Number(training.cells[row]![target]) || training.cells[row]![target]!;
      const order = [...training.cells.keys()].sort((left, right) => (value(left) < value(right) ? -1 : 1));
      for (const [rank, row] of order.entries())
        training.cells[row]![at(training, 'row_id')] = `key-${String(rank).padStart(8, '0')}`;
    },
  },
  'rows in the order of the answer': {
    found: 'predictive-id',
    applies: isUntimed,
    plant: ({ training }, { target }) => {
      const index = at(training, target);
      training.cells.sort((left, right) =>
        left[index]! < right[index]! ? -1 : Number(left[index]! > right[index]!),
      );
    },
  },
  'a label in other letters': {
    found: 'label-variants',
    applies: hasWords,
    plant: ({ training }, { target }) =>
      set(training, target, (cell, row) => (row % 20 === 3 ? cell.toLowerCase() : cell)),
  },
  'a third class': {
    found: 'class-count',
    applies: isClassified,
    plant: (sides, { target }) =>
      both((rows) => set(rows, target, (cell, row) => (row % 20 === 3 ? '9' : cell)))(sides),
  },
  'a label that training lacks': {
    found: 'new-label',
    needsHoldout: true,
    applies: isClassified,
    plant: ({ holdout }, { target }) => set(holdout, target, (cell, row) => (row % 20 === 3 ? '9' : cell)),
  },
  'a class of three rows': {
    found: 'class-rows',
    applies: isClassified,
    plant: ({ training }, { target, classes }) =>
      set(training, target, (_, row) => (row % 300 === 7 ? classes![1] : classes![0])),
  },
  'words for a number to predict': {
    found: 'target-type',
    applies: ({ task }) => task === 'regression',
    plant: ({ training }, { target }) =>
      set(training, target, (cell, row) => (row % 50 === 7 ? 'unknown' : cell)),
  },
  'a column that the holdout lacks': {
    found: 'columns-differ',
    needsHoldout: true,
    applies: isTelcoOrBike,
    plant: ({ holdout }, { whole }) => {
      holdout.header[at(holdout, whole)] = 'renamed';
    },
  },
  'a column of another type': {
    found: 'types-differ',
    needsHoldout: true,
    applies: isTelcoOrBike,
    plant: ({ holdout }, { number }) => set(holdout, number, (cell) => (cell < '5' ? 'low' : 'high')),
  },
};

/** Training rows first; a day is on one side only. Of a rare class all rows are taken. */
export function readSides(subject: Labelled): Sides {
  const { classes, target, time } = subject;
  const rows = readRows(subject, classes?.[0] === '0' ? { column: target, value: classes[1] } : undefined);
  add(rows, 'row_id', (_, row) => `key-${String(row).padStart(8, '0')}`);
  let cut = TRAINING_ROWS;
  if (time !== undefined) {
    const index = at(rows, time);
    const day = (row: number) => rows.cells[row]![index]!.slice(0, 10);
    while (day(cut) === day(cut - 1)) cut++;
  }
  const side = (cells: string[][]): Rows => ({ header: [...rows.header], cells });
  return { training: side(rows.cells.slice(0, cut)), holdout: side(rows.cells.slice(cut)) };
}

type Given = {
  readonly more?: string;
  readonly holdout?: boolean;
  readonly contract?: string;
  readonly dataTracked?: boolean;
};

/** What is found in two sides of a split. */
export async function findingsOf(
  stage: DataStage,
  { training, holdout }: Sides,
  subject: Pick<Labelled, 'target' | 'task' | 'exclude' | 'time'>,
  { more = '', holdout: isGiven = true, contract, dataTracked = true }: Given = {},
): Promise<readonly Finding[]> {
  stage.write('train.csv', write(training));
  stage.write('holdout.csv', write(holdout));
  if (contract !== undefined) stage.write('contract.yml', contract);
  const { target, task, exclude, time } = subject;
  const loaded = await stage.load(
    `model: planted\ntask: ${task}\ndata:\n  training: train.csv\n${isGiven ? '  holdout: holdout.csv\n' : ''}  target: ${target}\n  id: row_id\n  exclude: [${exclude.join(', ')}]${time === undefined ? '' : `\n  timestamp: ${time}`}${more}\n${contract === undefined ? '' : 'contract: contract.yml\n'}`,
  );
  const { document } = await runValidateData(
    { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked },
    { world: { ...stage.world, now: () => Date.parse('2030-01-01') }, engine: stage.engine },
  );
  if (document.verdict === 'error') throw new Error(document.error.message);
  return document.findings;
}

/** The checks of findings that are more than information. */
export const loud = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity !== 'info').map(({ check }) => check);
