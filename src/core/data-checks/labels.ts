import type { Task } from '../configuration/configuration.ts';
import type { TextColumn } from '../data/table.ts';
import { MINIMUM_ROWS_PER_CLASS } from '../statistics/delong.ts';
import { FEWEST_ROWS, type Found, percent, shownValues } from './checks.ts';
import { findVariants, foldText } from './text-columns.ts';

/** A class with a smaller share of the rows is rare. */
const RARE_CLASS = 0.01;

/** How many rows have each label, in order of first appearance. */
export type LabelCounts = ReadonlyMap<string, number>;

export function countLabels({ codes, dictionary }: TextColumn): LabelCounts {
  const counts = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code] = counts[code]! + 1;
  return new Map(dictionary.map((label, code) => [label, counts[code]!]));
}

export type LabelledData = {
  readonly target: string;
  readonly task: Task;
  readonly labels: LabelCounts;
  /** Labels of the training data; absent for these themselves. */
  readonly known?: ReadonlySet<string>;
  /** Whether labels may be printed. */
  readonly isHidden: boolean;
};

/** What is wrong with the classes of a classification target. */
export function checkLabels(data: LabelledData): Found[] {
  const variants = checkVariants(data);
  return [...variants, ...checkClassCount(data), ...checkNewLabels(data), ...checkClassRows(data)];
}

function checkVariants({ target, task, labels, isHidden }: LabelledData): Found[] {
  return findVariants([...labels.keys()]).map((variants): Found => {
    const [most, ...others] = variants.toSorted((left, right) => labels.get(right)! - labels.get(left)!);
    const failing = others.reduce((sum, label) => sum + labels.get(label)!, 0);
    return {
      check: 'label-variants',
      severity: task === 'binary-classification' ? 'error' : 'warning',
      column: target,
      message: `labels of ${target} differ by capitals or blanks only: ${shownValues(variants, isHidden)}; they count as different classes: ${failing} rows have another spelling${isHidden ? '' : ` than ${JSON.stringify(most!.slice(0, 40))}`}`,
      failing,
      checked: total(labels),
    };
  });
}

function checkClassCount({ target, task, labels, known, isHidden }: LabelledData): Found[] {
  if (labels.size === 0) return [];
  const classes = new Set([...labels.keys()].map(foldText)).size;
  const names = shownValues([...labels.keys()], isHidden);
  const common = { check: 'class-count', column: target, checked: total(labels) } as const;
  if (classes === 1) {
    const severity = known === undefined ? 'error' : 'warning';
    const why =
      known === undefined ? 'a classifier needs two' : 'nothing that tells classes apart can be measured';
    return [{ ...common, severity, message: `all labels of ${target} are the same (${names}); ${why}` }];
  }
  // Labels that only this data set has are told of by a check of their own.
  if (known !== undefined && [...labels.keys()].some((label) => !known.has(label))) return [];
  if (task !== 'binary-classification' || classes === 2) return [];
  const message = `${target} has ${classes} classes (${names}); binary-classification needs two: set task to multiclass-classification, or mend the data`;
  return [{ ...common, severity: 'error', message }];
}

function checkNewLabels({ target, task, labels, known, isHidden }: LabelledData): Found[] {
  if (known === undefined) return [];
  const folded = new Set([...known].map(foldText));
  const fresh = [...labels.keys()].filter((label) => !known.has(label));
  // Another spelling within one data set is told of by a check of its own.
  const spelled = new Set(findVariants([...labels.keys()]).flat());
  const told = fresh.filter((label) => !spelled.has(label));
  if (told.length === 0) return [];
  const failing = told.reduce((sum, label) => sum + labels.get(label)!, 0);
  const isSpelling = told.every((label) => folded.has(foldText(label)));
  return [
    {
      check: 'new-label',
      severity: task === 'binary-classification' ? 'error' : 'warning',
      column: target,
      message: `${failing} rows have a label of ${target} that the training data lack: ${shownValues(told, isHidden)}${isSpelling ? '; it differs by capitals or blanks only' : '; no model can answer it'}`,
      failing,
      checked: total(labels),
    },
  ];
}

function checkClassRows({ target, labels, isHidden }: LabelledData): Found[] {
  const rows = total(labels);
  if (rows < FEWEST_ROWS || labels.size < 2) return [];
  const few = [...labels].filter(([, count]) => count < MINIMUM_ROWS_PER_CLASS);
  const common = { check: 'class-rows', column: target, checked: rows } as const;
  if (few.length > 0) {
    const failing = few.reduce((sum, [, count]) => sum + count, 0);
    const names = shownValues(
      few.map(([label]) => label),
      isHidden,
    );
    const message = `${few.length === 1 ? 'a class' : `${few.length} classes`} of ${target} ${few.length === 1 ? 'has' : 'have'} fewer than ${MINIMUM_ROWS_PER_CLASS} rows: ${names}; that is too few to learn or judge ${few.length === 1 ? 'it' : 'them'} by`;
    return [{ ...common, severity: 'warning', message, failing }];
  }
  const rare = [...labels].filter(([, count]) => count < RARE_CLASS * rows);
  if (rare.length === 0) return [];
  const least = rare.toSorted(([, left], [, right]) => left - right)[0]![1];
  const names = shownValues(
    rare.map(([label]) => label),
    isHidden,
  );
  const message = `${rare.length === 1 ? 'a class' : `${rare.length} classes`} of ${target} ${rare.length === 1 ? 'is' : 'are'} rare: ${names}, ${rare.length === 1 ? '' : 'the rarest '}with ${least} of ${rows} rows (${percent(least / rows)}); accuracy says little here`;
  return [{ ...common, severity: 'info', message, failing: least }];
}

function total(labels: LabelCounts): number {
  return [...labels.values()].reduce((sum, count) => sum + count, 0);
}
