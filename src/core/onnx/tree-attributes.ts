import type { Tree, TreeEnsemble } from '../learning/tree-ensemble.ts';
import type { AttributeDraft } from './write-model.ts';

/** Columns of the node table of a TreeEnsembleRegressor, and of its table of leaf values. */
type NodeTable = {
  readonly trees: number[];
  readonly ids: number[];
  readonly features: number[];
  readonly modes: string[];
  readonly values: number[];
  readonly whenTrue: number[];
  readonly whenFalse: number[];
  readonly missingTrue: number[];
  readonly leafTrees: number[];
  readonly leafIds: number[];
  readonly leafValues: number[];
};

/**
 * The ensemble as attributes of a TreeEnsembleRegressor (ai.onnx.ml 3), which knows comparisons with a
 * number only. A set of categories becomes a chain of comparisons of the category's position: each
 * says yes where the side changes, and leads to the same left or right child. Positions are ordered by
 * the mean of the target, so chains are short.
 */
export function treeAttributes(ensemble: TreeEnsemble): Record<string, AttributeDraft> {
  const table: NodeTable = {
    trees: [],
    ids: [],
    features: [],
    modes: [],
    values: [],
    whenTrue: [],
    whenFalse: [],
    missingTrue: [],
    leafTrees: [],
    leafIds: [],
    leafValues: [],
  };
  ensemble.trees.forEach((tree, position) => {
    appendTree(table, tree, position);
  });
  return {
    nodes_treeids: { ints: table.trees },
    nodes_nodeids: { ints: table.ids },
    nodes_featureids: { ints: table.features },
    nodes_modes: { strings: table.modes },
    nodes_values: { floats: table.values },
    nodes_truenodeids: { ints: table.whenTrue },
    nodes_falsenodeids: { ints: table.whenFalse },
    nodes_missing_value_tracks_true: { ints: table.missingTrue },
    target_treeids: { ints: table.leafTrees },
    target_nodeids: { ints: table.leafIds },
    target_ids: { ints: table.leafIds.map(() => 0) },
    target_weights: { floats: table.leafValues },
    n_targets: { int: 1 },
    base_values: { floats: [ensemble.baseScore] },
    post_transform: { string: 'NONE' },
    aggregate_function: { string: 'SUM' },
  };
}

type Comparison = {
  readonly feature: number;
  readonly value: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  readonly missingTrue: number;
};

/** Nodes keep their numbers; the further comparisons of a chain get numbers after the last node. */
function appendTree(table: NodeTable, tree: Tree, position: number): void {
  let nextId = tree.feature.length;
  for (let node = 0; node < tree.feature.length; node++) {
    if (tree.feature[node]! < 0) {
      appendLeaf(table, position, { id: node, value: tree.value[node]! });
      continue;
    }
    const comparisons = chainOf(tree, node, nextId);
    comparisons.forEach((comparison, place) => {
      appendComparison(table, position, { id: place === 0 ? node : nextId + place - 1, ...comparison });
    });
    nextId += comparisons.length - 1;
  }
}

function chainOf(tree: Tree, node: number, nextId: number): Comparison[] {
  const feature = tree.feature[node]!;
  const children = [tree.right[node]!, tree.left[node]!] as const;
  const missingChild = children[tree.missingLeft[node] === 1 ? 1 : 0];
  const categories = tree.leftCategories[node];
  if (categories === undefined) {
    const value = tree.threshold[node]!;
    const missingTrue = tree.missingLeft[node]!;
    return [{ feature, value, whenTrue: children[1], whenFalse: children[0], missingTrue }];
  }
  const sideAt = (category: number): number => children[categories[category] === 1 ? 1 : 0];
  const ends: number[] = [];
  for (let category = 0; category + 1 < categories.length; category++) {
    if (sideAt(category) !== sideAt(category + 1)) ends.push(category);
  }
  // A split of missing against all others has no change of side: every position is at most the last.
  if (ends.length === 0) ends.push(categories.length - 1);
  const lastSide = sideAt(ends.at(-1)!) === children[0] ? children[1] : children[0];
  let missingPlaced = false;
  return ends.map((end, place) => {
    const whenTrue = sideAt(end);
    const missingHere = !missingPlaced && whenTrue === missingChild;
    missingPlaced ||= missingHere;
    const isLast = place === ends.length - 1;
    return {
      feature,
      value: end + 0.5,
      whenTrue,
      whenFalse: isLast ? lastSide : nextId + place,
      missingTrue: Number(missingHere),
    };
  });
}

function appendComparison(table: NodeTable, tree: number, node: Comparison & { readonly id: number }): void {
  table.trees.push(tree);
  table.ids.push(node.id);
  table.features.push(node.feature);
  table.modes.push('BRANCH_LEQ');
  table.values.push(node.value);
  table.whenTrue.push(node.whenTrue);
  table.whenFalse.push(node.whenFalse);
  table.missingTrue.push(node.missingTrue);
}

function appendLeaf(
  table: NodeTable,
  tree: number,
  leaf: { readonly id: number; readonly value: number },
): void {
  table.trees.push(tree);
  table.ids.push(leaf.id);
  table.features.push(0);
  table.modes.push('LEAF');
  table.values.push(0);
  table.whenTrue.push(0);
  table.whenFalse.push(0);
  table.missingTrue.push(0);
  table.leafTrees.push(tree);
  table.leafIds.push(leaf.id);
  table.leafValues.push(leaf.value);
}
