import type { ColumnDescription } from '../data/table.ts';
import type { Finding } from '../documents/validation.ts';

/** What is known of a data set without any contract. */
export type DatasetFacts = {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnDescription[];
  /** Rows without a value, by column. */
  readonly missing: ReadonlyMap<string, number>;
  /** Whether its labels may still be on their way, so that a missing target says nothing. */
  readonly labelsExpected: boolean;
};

/** What is wrong with data sets by themselves and beside each other; the first one is what the others are held to. */
export function checkDatasets(datasets: readonly DatasetFacts[], target: string | undefined): Finding[] {
  const [first] = datasets;
  if (first === undefined) return [];
  return [
    ...datasets.flatMap(checkRows),
    ...datasets.flatMap((dataset) => (target === undefined ? [] : checkTarget(dataset, target))),
    ...datasets.slice(1).flatMap((dataset) => checkColumns(first, dataset, target)),
  ];
}

function checkRows(dataset: DatasetFacts): Finding[] {
  if (dataset.rowCount > 0) return [];
  return [
    {
      check: 'row-count',
      severity: 'error',
      dataset: dataset.name,
      message: `${dataset.name} has no rows; check its files and the condition \`where\``,
      examples: [],
    },
  ];
}

function checkTarget(dataset: DatasetFacts, target: string): Finding[] {
  const common = { dataset: dataset.name, column: target, severity: 'warning', examples: [] } as const;
  if (!dataset.labelsExpected) return [];
  if (!dataset.columns.some((column) => column.name === target)) {
    return [
      {
        ...common,
        examples: [],
        check: 'target-missing',
        message: `${dataset.name} has no target column ${target}`,
      },
    ];
  }
  const missing = dataset.missing.get(target) ?? 0;
  if (missing === 0) return [];
  return [
    {
      ...common,
      examples: [],
      check: 'labels-missing',
      message: `${missing} of ${dataset.rowCount} rows of ${dataset.name} have no ${target}; they are left out of training and judging`,
      failing: missing,
      checked: dataset.rowCount,
    },
  ];
}

function checkColumns(first: DatasetFacts, other: DatasetFacts, target: string | undefined): Finding[] {
  const finding = (check: string, column: string, message: string): Finding => ({
    check,
    severity: 'warning',
    dataset: other.name,
    column,
    message,
    examples: [],
  });
  const types = new Map(other.columns.map((column) => [column.name, column.type]));
  const known = new Set(first.columns.map((column) => column.name));
  const gone = first.columns.flatMap(({ name, type }) => {
    // The target is told of by a check of its own.
    if (name === target) return [];
    const otherType = types.get(name);
    if (otherType === undefined) {
      const message = `${other.name} has no column ${name}, which ${first.name} has`;
      return [finding('columns-differ', name, message)];
    }
    if (otherType === type || isNumeric(type, otherType) || isTime(type, otherType)) return [];
    // A column without any value has no type of its own.
    if (isEmpty(first, name) || isEmpty(other, name)) return [];
    const message = `${name} is ${type} in ${first.name} and ${otherType} in ${other.name}`;
    return [finding('types-differ', name, message)];
  });
  const added = other.columns
    .filter(({ name }) => !known.has(name) && name !== target)
    .map(({ name }) =>
      finding('columns-differ', name, `${other.name} has a column ${name}, which ${first.name} has not`),
    );
  return [...gone, ...added];
}

function isNumeric(...types: readonly string[]): boolean {
  return types.every((type) => type === 'integer' || type === 'number');
}

function isTime(...types: readonly string[]): boolean {
  return types.every((type) => type === 'date' || type === 'timestamp');
}

function isEmpty({ missing, rowCount }: DatasetFacts, column: string): boolean {
  return missing.get(column) === rowCount;
}
