import type { Task } from '../configuration/configuration.ts';
import type { Column } from '../data/table.ts';
import { InputError } from '../errors.ts';

/** What really happened in each row of a holdout. Rows without a label have to be left out before. */
export type Truth =
  | {
      readonly task: 'binary-classification' | 'multiclass-classification';
      /** Names of the classes; of a binary target the negative first. */
      readonly classes: readonly string[];
      /** Positions in `classes`. */
      readonly codes: Int32Array;
    }
  | { readonly task: 'regression' | 'ranking'; readonly values: Float64Array };

export type TruthRequest = {
  readonly task: Task;
  readonly target: Column;
  readonly positiveClass: string | undefined;
  /** Classes that models know beyond those that occur here; multiclass only. */
  readonly knownClasses?: readonly string[];
};

/** Classes that are taken for the positive one when the config names none. */
const USUAL_POSITIVES = ['1', 'true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'Y'];
/** What the other class is then called; where it is not, as with 1 and 2, the config has to say. */
const USUAL_NEGATIVES = ['0', '-1', 'false', 'False', 'FALSE', 'no', 'No', 'NO', 'N'];

/** Reads the target column as the task needs it. @throws InputError when its values do not fit the task. */
export function readTruth(request: TruthRequest): Truth {
  if (request.task === 'regression' || request.task === 'ranking')
    return readValues(request.task, request.target);
  const { names, codes } = readClasses(request.target);
  if (request.task === 'multiclass-classification') {
    return orderClasses(
      request.task,
      [...new Set([...names, ...(request.knownClasses ?? [])])].sort(compareText),
      { names, codes },
    );
  }
  return orderClasses(request.task, binaryClasses(names, request), { names, codes });
}

/** The name of the class in each row as text, numbers without a trailing `.0`; -1 where there is none. */
export function readClasses(column: Column): {
  readonly names: readonly string[];
  readonly codes: Int32Array;
} {
  if (column.kind === 'text') return { names: column.dictionary, codes: column.codes };
  const positions = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const known = positions.get(value) ?? positions.size;
    positions.set(value, known);
    return known;
  });
  return { names: [...positions.keys()].map(String), codes };
}

function readValues(task: 'regression' | 'ranking', target: Column): Truth {
  if (target.kind === 'number') return { task, values: target.values };
  throw new InputError(
    `the target ${JSON.stringify(target.name)} is text (such as ${JSON.stringify(target.dictionary[0] ?? '')}); ${task} needs numbers`,
  );
}

function binaryClasses(names: readonly string[], { target, positiveClass }: TruthRequest): readonly string[] {
  const found = names.map((name) => JSON.stringify(name)).join(', ');
  if (names.length > 2) {
    throw new InputError(
      `the target ${JSON.stringify(target.name)} has ${names.length} classes (${found.slice(0, 200)}); binary-classification needs two: set task to multiclass-classification, or mend the data`,
    );
  }
  const usual = names.find((name) => USUAL_POSITIVES.includes(name));
  const isUsual = names.every((name) => name === usual || USUAL_NEGATIVES.includes(name));
  const positive = positiveClass ?? (isUsual ? usual : undefined);
  const others = names.filter((name) => name !== positive);
  if (positive === undefined || others.length > 1) {
    const what =
      positive === undefined ? 'none is named positive' : `none of them is ${JSON.stringify(positive)}`;
    throw new InputError(
      `the target ${JSON.stringify(target.name)} has the classes ${found}, and ${what}; set data.positive-class (or --positive-class) to one of them`,
    );
  }
  const [negative] = others;
  if (negative !== undefined) return [negative, positive];
  const only = names.length === 0 ? 'no label at all' : `only the class ${found}`;
  throw new InputError(
    `the target ${JSON.stringify(target.name)} has ${only}; binary-classification needs rows of both classes`,
  );
}

function orderClasses(
  task: 'binary-classification' | 'multiclass-classification',
  classes: readonly string[],
  read: { readonly names: readonly string[]; readonly codes: Int32Array },
): Truth {
  const positions = read.names.map((name) => classes.indexOf(name));
  return { task, classes, codes: read.codes.map((code) => (code < 0 ? -1 : positions[code]!)) };
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
