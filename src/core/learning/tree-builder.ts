import { type BinnedFeature, MISSING_BIN } from './binning.ts';
import type { Split } from './split.ts';
import type { Tree } from './tree-ensemble.ts';

/** Collects the nodes of a tree while it grows. */
export type TreeBuilder = {
  /** Turns a leaf into a split; returns the nodes of the children. */
  split(node: number, division: Division): { readonly left: number; readonly right: number };
  setValue(node: number, value: number): void;
  finish(): Tree;
};

type Division = {
  readonly split: Split;
  readonly feature: BinnedFeature;
  /** Values that this node saw no row of go with the larger child. */
  readonly unseenLeft: boolean;
  /** Of a text: 1 at each bin with rows in this node. */
  readonly seen: Uint8Array | undefined;
};

export function createTreeBuilder(maxLeaves: number): TreeBuilder {
  const capacity = 2 * maxLeaves - 1;
  const tree = {
    feature: new Int32Array(capacity).fill(-1),
    threshold: new Float32Array(capacity),
    leftCategories: [] as (Uint8Array | undefined)[],
    missingLeft: new Uint8Array(capacity),
    left: new Int32Array(capacity),
    right: new Int32Array(capacity),
    value: new Float32Array(capacity),
  };
  let size = 1;
  return {
    split(node, division) {
      const { split, feature, unseenLeft, seen } = division;
      tree.feature[node] = split.feature;
      tree.missingLeft[node] = Number(split.missingSeen ? split.missingLeft : unseenLeft);
      if (split.leftBins === undefined) tree.threshold[node] = feature.edges[split.lastLeftBin]!;
      else {
        tree.leftCategories[node] = split.leftBins
          .slice(0, Math.min(feature.binCount, MISSING_BIN))
          .map((goesLeft, bin) => (seen?.[bin] ? goesLeft : Number(unseenLeft)));
      }
      tree.left[node] = size;
      tree.right[node] = size + 1;
      size += 2;
      return { left: size - 2, right: size - 1 };
    },
    setValue(node, value) {
      tree.value[node] = value;
    },
    finish() {
      return {
        feature: tree.feature.slice(0, size),
        threshold: tree.threshold.slice(0, size),
        leftCategories: Array.from({ length: size }, (_, node) => tree.leftCategories[node]),
        missingLeft: tree.missingLeft.slice(0, size),
        left: tree.left.slice(0, size),
        right: tree.right.slice(0, size),
        value: tree.value.slice(0, size),
      };
    },
  };
}
