import { isClassification, type Task } from '../configuration/configuration.ts';
import { InputError } from '../errors.ts';

/** Which columns of a score table hold what. */
export type ScoreColumns = {
  /** One score for each row (of two classes, the probability of the positive one), or one for each class. */
  readonly scores:
    | { readonly kind: 'single'; readonly column: string }
    | {
        readonly kind: 'classes';
        readonly columns: readonly { readonly className: string; readonly column: string }[];
      };
  /** The model's own decision, as the name of a class. */
  readonly label?: string;
};

export type ScoreColumnsRequest = {
  /** How messages call the table. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Column of the table that identifies a row. */
  readonly id: string;
  readonly task: Task;
  /** Classes that occur in the holdout; of two the positive last. Empty for regression and ranking. */
  readonly classes: readonly string[];
  /** Column of the holdout with the answer, which is no score. */
  readonly target: string | undefined;
};

/** Columns that hold the one score, whatever else is beside them. */
const SINGLE_NAMES = ['score', 'prediction', 'probability'];

/** What may stand before the name of a class. */
const CLASS_PREFIXES = ['probability_', 'proba_', 'score_'];

const LABEL_NAME = 'label';

/**
 * Finds the scores of a table by the names of its columns; their order never matters.
 * @throws InputError when a name could mean two things, or a class has no column.
 */
export function chooseScoreColumns(request: ScoreColumnsRequest): ScoreColumns {
  const { columns, id, task, target } = request;
  const label =
    isClassification(task) && columns.includes(LABEL_NAME) && id !== LABEL_NAME ? LABEL_NAME : undefined;
  if (label !== undefined && target === LABEL_NAME) {
    throw new InputError(
      `${request.table} has a column label, which is the model's own decision; the answer in the data is called label too, so that they cannot be told apart: leave the column out`,
    );
  }
  const others = columns.filter((name) => name !== id && name !== label && name !== target);
  const own = label === undefined ? {} : { label };
  if (task === 'multiclass-classification') return { scores: byClass(request, others), ...own };
  const scores = task === 'binary-classification' ? ofTwoClasses(request, others) : single(request, others);
  return { scores, ...own };
}

type Scores = ScoreColumns['scores'];

function ofTwoClasses(request: ScoreColumnsRequest, others: readonly string[]): Scores {
  const [negative, positive] = request.classes as readonly [string, string];
  const found = { negative: columnsOf(negative, others), positive: columnsOf(positive, others) };
  if (found.negative.length > 0 && found.positive.length > 0) return byClass(request, others);
  const chosen = single(request, others);
  if (chosen.kind === 'single' && found.negative.includes(chosen.column)) {
    throw new InputError(
      `${request.table} has only the scores of the class ${quote(negative)} (column ${quote(chosen.column)}); the positive class is ${quote(positive)}: give a column probability_${positive}, or one column called score with the probability of that class`,
    );
  }
  return chosen;
}

function single(request: ScoreColumnsRequest, others: readonly string[]): Scores {
  const named = others.filter((name) => SINGLE_NAMES.includes(name));
  const [column] = named.length > 0 ? named : others;
  const count = named.length > 0 ? named.length : others.length;
  if (column !== undefined && count === 1) return { kind: 'single', column };
  const problem =
    count === 0
      ? 'has no column with a score'
      : named.length > 0
        ? `has ${named.map(quote).join(' and ')}, and any of them could be the score`
        : `has ${count} columns that could be the score`;
  throw new InputError(
    `${request.table} ${problem}; beside the id write one column called score, prediction or probability (it has ${list(request.columns)})`,
  );
}

function byClass(request: ScoreColumnsRequest, others: readonly string[]): Scores {
  const { table, classes } = request;
  const found = classes.map((className) => ({ className, columns: columnsOf(className, others) }));
  const missing = found.filter(({ columns }) => columns.length === 0).map(({ className }) => className);
  if (missing.length > 0) {
    throw new InputError(
      `${table} has no column for ${missing.length === 1 ? 'the class' : 'the classes'} ${list(missing)}; write one column for each class, called as the class or probability_<class> (it has ${list(request.columns)})`,
    );
  }
  const doubled = found.find(({ columns }) => columns.length > 1);
  if (doubled) {
    throw new InputError(
      `${table} has ${doubled.columns.map(quote).join(' and ')}, and both could be the scores of the class ${quote(doubled.className)}; leave one out`,
    );
  }
  const columns = found.map(({ className, columns: [column] }) => ({ className, column: column as string }));
  return { kind: 'classes', columns: [...columns, ...furtherClasses(request, others, columns)] };
}

/** Classes that the model knows and the holdout does not show: only a prefix tells them from other columns. */
function furtherClasses(
  { table, classes, task }: ScoreColumnsRequest,
  others: readonly string[],
  found: readonly { readonly column: string }[],
): { className: string; column: string }[] {
  const rest = others.filter((name) => !found.some(({ column }) => column === name));
  if (task === 'binary-classification') return [];
  return rest.map((column) => {
    const prefix = CLASS_PREFIXES.find((candidate) => column.startsWith(candidate));
    if (prefix !== undefined) return { className: column.slice(prefix.length), column };
    throw new InputError(
      `${table} has a column ${quote(column)}, which is none of the classes of the holdout (${list(classes)}); call it probability_${column} if it is a class, or leave it out`,
    );
  });
}

function columnsOf(className: string, columns: readonly string[]): readonly string[] {
  const names = [className, ...CLASS_PREFIXES.map((prefix) => `${prefix}${className}`)];
  return columns.filter((column) => names.includes(column));
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

const MOST_NAMES = 20;

function list(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).map(quote).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
