import { type Column, findColumn } from '../data/table.ts';
import { InputError } from '../errors.ts';
import type { Objective } from './parameters.ts';

/** A column as the ensemble reads it. */
export type EnsembleFeature =
  | { readonly kind: 'number'; readonly name: string }
  | {
      readonly kind: 'text';
      readonly name: string;
      /**
       * Texts with a position of their own, ordered by the mean of the target, so that the sets that
       * splits use are mostly runs. Position `categories.length` stands for every other text.
       */
      readonly categories: readonly string[];
    };

/**
 * A binary decision tree in arrays by node; node 0 is the root, children come after their parent.
 * A number goes left when it is at most `threshold` (both as 32-bit floats), a text when the mask of
 * its node says so, a missing value when `missingLeft` is 1.
 */
export type Tree = {
  /** Position of the feature asked for; -1 marks a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** By node, for a text feature: 1 at each position of `categories` (and at the one of all other texts) that goes left. */
  readonly leftCategories: readonly (Uint8Array | undefined)[];
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Of a leaf, what it adds to the score. */
  readonly value: Float32Array;
};

/**
 * A sum of trees. The score of a row is `baseScore` plus one leaf value per tree; it is the log odds of
 * the positive class (`binary`) or the prediction (`regression`).
 *
 * Values are read as 32-bit floats, as the exported model does: whole numbers beyond 16,777,216 and
 * timestamps (about two minutes) are rounded. An empty text is a missing value, because a tensor of
 * texts knows no other.
 */
export type TreeEnsemble = {
  readonly objective: Objective;
  readonly baseScore: number;
  readonly features: readonly EnsembleFeature[];
  readonly trees: readonly Tree[];
};

/**
 * Probability of the positive class (`binary`) or predicted value (`regression`) of each row.
 * Columns are found by name; a text that training did not see is treated as a rare one.
 *
 * @throws InputError when a column is absent or of the other kind
 */
export function predictEnsemble(ensemble: TreeEnsemble, columns: readonly Column[]): Float64Array {
  const encoded = encodeFeatures(ensemble.features, columns);
  const scores = new Float64Array(encoded[0]?.length ?? 0).fill(ensemble.baseScore);
  for (const tree of ensemble.trees) addTreeScores(tree, encoded, scores);
  if (ensemble.objective === 'binary') {
    for (let row = 0; row < scores.length; row++) scores[row] = 1 / (1 + Math.exp(-scores[row]!));
  }
  return scores;
}

/** Columns as 32-bit floats in the order of the features; texts as positions, missing as NaN. */
export function encodeFeatures(
  features: readonly EnsembleFeature[],
  columns: readonly Column[],
): Float32Array[] {
  const table = { rowCount: 0, columns };
  return features.map((feature) => {
    const column = findColumn(table, feature.name);
    if (column === undefined) {
      throw new InputError(
        `The model needs column ${JSON.stringify(feature.name)}, which the data does not have.`,
      );
    }
    return encodeColumn(feature, column);
  });
}

/** Adds the leaf value of each row. */
export function addTreeScores(tree: Tree, encoded: readonly Float32Array[], scores: Float64Array): void {
  const { feature, threshold, left, right, missingLeft, leftCategories, value } = tree;
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    while (feature[node]! >= 0) {
      const input = encoded[feature[node]!]![row]!;
      const categories = leftCategories[node];
      let goesLeft: boolean;
      if (Number.isNaN(input)) goesLeft = missingLeft[node] === 1;
      else if (categories === undefined) goesLeft = input <= threshold[node]!;
      else goesLeft = categories[input] === 1;
      node = goesLeft ? left[node]! : right[node]!;
    }
    scores[row]! += value[node]!;
  }
}

function encodeColumn(feature: EnsembleFeature, column: Column): Float32Array {
  if (feature.kind === 'number' && column.kind === 'number') return Float32Array.from(column.values);
  if (feature.kind === 'text' && column.kind === 'text') {
    const positions = new Map(feature.categories.map((category, position) => [category, position]));
    const byCode = Float32Array.from(column.dictionary, (text) =>
      text === '' ? Number.NaN : (positions.get(text) ?? feature.categories.length),
    );
    return Float32Array.from(column.codes, (code) => byCode[code] ?? Number.NaN);
  }
  throw new InputError(
    `The model takes column ${JSON.stringify(feature.name)} as ${feature.kind}, but the data has it as ${column.kind}.`,
  );
}
