import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ColumnDescription } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { findName, matchAllNames } from '../../core/scoring/match-names.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';

/** A feature column and how it is read. */
export type FeatureColumn = ColumnDescription & { readonly as: ColumnRequest['as'] };

/**
 * The columns a built-in learner is trained on.
 * @throws InputError when a listed column is not there or one is neither number nor text.
 */
export function chooseFeatureColumns(
  configuration: Configuration,
  columns: readonly ColumnDescription[],
): readonly FeatureColumn[] {
  return chooseColumns(configuration, columns).map(describeFeature);
}

/**
 * The columns that are features: those the config lists, in that order, else every column but target, id,
 * timestamp, group, weight and the excluded ones. What becomes of a date or another type is for whoever reads them.
 * @throws InputError when a listed column is not there.
 */
export function chooseColumns(
  configuration: Configuration,
  columns: readonly ColumnDescription[],
): readonly ColumnDescription[] {
  const { data } = configuration;
  if (data.target !== undefined && data.columns?.includes(data.target)) {
    throw new InputError(
      `data.columns lists the target ${JSON.stringify(data.target)}; a model must not see its answer: remove it`,
    );
  }
  const chosen = data.columns ? listed(data.columns, columns) : allButReserved(configuration, columns);
  if (chosen.length === 0) {
    throw new InputError(
      `no feature columns are left of ${columns.map((column) => column.name).join(', ')}; list them in data.columns or exclude fewer`,
    );
  }
  return chosen;
}

/**
 * The columns that a model from elsewhere is fed: those the config lists, else those its inputs are called
 * after where the data have all of them, else what training would take. Never the target or an excluded column.
 * @param inputs names of the model's inputs.
 */
export function chooseModelColumns(
  configuration: Configuration,
  columns: readonly ColumnDescription[],
  inputs: readonly string[],
): readonly ColumnDescription[] {
  const { target, exclude } = configuration.data;
  const allowed = columns.filter(({ name }) => name !== target && !exclude.includes(name));
  // An input that is called after the target asks for the answer, and is fed nothing.
  const wanted = inputs.filter((input) => target === undefined || findName(input, [target]) === undefined);
  const named = matchAllNames(
    wanted,
    allowed.map(({ name }) => name),
  );
  if (configuration.data.columns !== undefined || named.some((column) => column === undefined)) {
    return chooseColumns(configuration, columns);
  }
  return named.flatMap((column) => (column === undefined ? [] : [allowed[column]!]));
}

function listed(names: readonly string[], columns: readonly ColumnDescription[]): ColumnDescription[] {
  return names.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column) return column;
    throw new InputError(
      `data.columns lists ${JSON.stringify(name)}, which the data do not have; they have ${columns.map((candidate) => candidate.name).join(', ')}`,
    );
  });
}

function allButReserved(
  configuration: Configuration,
  columns: readonly ColumnDescription[],
): ColumnDescription[] {
  const { target, id, timestamp, group, weight, exclude } = configuration.data;
  const reserved = new Set([target, id, timestamp, group, weight, ...exclude]);
  return columns.filter((column) => !reserved.has(column.name));
}

function describeFeature(column: ColumnDescription): FeatureColumn {
  switch (column.type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return { ...column, as: 'number' };
    case 'string':
      return { ...column, as: 'text' };
    default:
      throw new InputError(
        `the feature column ${JSON.stringify(column.name)} is of type ${column.type}; derive a number or a text from it in data.features, or list it in data.exclude`,
      );
  }
}
