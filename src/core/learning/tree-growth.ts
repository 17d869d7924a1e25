import { type BinnedTable, SLOTS } from './binning.ts';
import { histogramLength, subtractHistogram, sumAllRows, sumRows } from './histogram.ts';
import type { Derivatives } from './objective.ts';
import type { GradientBoostingParameters } from './parameters.ts';
import { partitionRows } from './partition.ts';
import type { SearchRules, Split } from './split.ts';
import { findBestSplit } from './split-search.ts';
import { createTreeBuilder, type TreeBuilder } from './tree-builder.ts';
import type { Tree } from './tree-ensemble.ts';

/** Memory for histograms of open leaves; beyond it the least promising leaf gives its own up. */
const HISTOGRAM_BYTES = 512 * 1024 * 1024;

/** Sum of second derivatives of a leaf at least, where weights average 1; as in scikit-learn. */
const MINIMUM_HESSIAN = 1e-3;

/** As `cat_smooth` and `cat_l2` of LightGBM. */
const CATEGORY_SMOOTHING = 10;

type Leaf = {
  node: number;
  /** Its rows are `rows[start]` to `rows[end - 1]` of the grower. */
  start: number;
  end: number;
  depth: number;
  gradient: number;
  hessian: number;
  histogram: Float64Array | undefined;
  split: Split | undefined;
};

/** Grows trees one after the other over the same rows; keeps its working memory between them. */
export class TreeGrower {
  private readonly table: BinnedTable;
  private readonly parameters: GradientBoostingParameters;
  private readonly rows: Int32Array;
  private readonly scratchRows: Int32Array;
  private readonly scratch: Float64Array;
  private readonly ones: Float64Array;
  private readonly freeHistograms: Float64Array[] = [];
  private readonly importance: Float64Array;

  /** @param importance - gain by feature, added to by each tree */
  constructor(table: BinnedTable, parameters: GradientBoostingParameters, importance: Float64Array) {
    this.table = table;
    this.parameters = parameters;
    this.importance = importance;
    this.rows = new Int32Array(table.rowCount);
    this.scratchRows = new Int32Array(table.rowCount);
    this.scratch = new Float64Array(table.rowCount);
    this.ones = new Float64Array(table.rowCount).fill(1);
  }

  /** One tree for these derivatives, best leaf first; adds its leaf values to the scores of the training rows. */
  grow(derivatives: Derivatives, scores: Float64Array): Tree {
    const { maxLeaves } = this.parameters;
    for (let row = 0; row < this.rows.length; row++) this.rows[row] = row;
    const rules = this.searchRules(derivatives);
    const builder = createTreeBuilder(maxLeaves);
    const leaves = [this.plantRoot(derivatives, rules)];
    while (leaves.length < maxLeaves) {
      const chosen = mostPromising(leaves);
      if (chosen === undefined) break;
      const isLast = leaves.length + 1 === maxLeaves;
      const right = this.divide(chosen, { derivatives, rules, builder, isLast });
      if (right !== undefined) leaves.push(right);
      this.boundMemory(leaves);
    }
    for (const leaf of leaves) {
      this.settle(leaf, { derivatives, scores, builder });
      this.release(leaf);
    }
    return builder.finish();
  }

  private searchRules(derivatives: Derivatives): SearchRules {
    const { hessianStep } = derivatives;
    return {
      regularization: this.parameters.l2Regularization / hessianStep,
      minimumHessian: Math.max(1, MINIMUM_HESSIAN / hessianStep),
      categorySmoothing: CATEGORY_SMOOTHING / hessianStep,
      minSamplesLeaf: this.parameters.minSamplesLeaf,
    };
  }

  private plantRoot(derivatives: Derivatives, rules: SearchRules): Leaf {
    const { gradient, hessian, packed } = derivatives;
    const root: Leaf = {
      node: 0,
      start: 0,
      end: this.rows.length,
      depth: 0,
      gradient,
      hessian,
      histogram: undefined,
      split: undefined,
    };
    if (!this.canBeSplit(root)) return root;
    root.histogram = this.takeHistogram();
    sumAllRows(this.table, packed, root.histogram);
    root.split = this.search(root, rules);
    return root;
  }

  private canBeSplit(leaf: Leaf): boolean {
    const { minSamplesLeaf, maxDepth } = this.parameters;
    return leaf.depth < maxDepth && leaf.end - leaf.start >= 2 * minSamplesLeaf;
  }

  private search(leaf: Leaf, rules: SearchRules, counts?: Float64Array): Split | undefined {
    const node = { gradient: leaf.gradient, hessian: leaf.hessian, rowCount: leaf.end - leaf.start };
    return findBestSplit(this.table, node, { histogram: leaf.histogram!, counts, rules });
  }

  /**
   * Carries out the split of a leaf, which becomes the left child; returns the right one. Returns
   * undefined when a child would have too few rows: the leaf then has its best split that has not.
   */
  private divide(leaf: Leaf, growth: Growth): Leaf | undefined {
    const { derivatives, rules, builder, isLast } = growth;
    const split = leaf.split!;
    const range = { start: leaf.start, end: leaf.end, rows: this.rows, scratch: this.scratchRows };
    const middle = partitionRows(this.table, split, range);
    const leftCount = middle - leaf.start;
    const rightCount = leaf.end - middle;
    if (Math.min(leftCount, rightCount) < this.parameters.minSamplesLeaf) {
      this.searchWithCounts(leaf, rules);
      return undefined;
    }
    this.importance[split.feature]! += (split.gain * derivatives.gradientStep ** 2) / derivatives.hessianStep;
    const children = builder.split(leaf.node, {
      split,
      feature: this.table.features[split.feature]!,
      unseenLeft: leftCount >= rightCount,
      seen: split.leftBins && this.binsSeen(leaf.histogram!, split.feature),
    });
    const depth = leaf.depth + 1;
    const rightGradient = leaf.gradient - split.leftGradient;
    const rightHessian = leaf.hessian - split.leftHessian;
    const right: Leaf = {
      node: children.right,
      start: middle,
      end: leaf.end,
      depth,
      gradient: rightGradient,
      hessian: rightHessian,
      histogram: undefined,
      split: undefined,
    };
    leaf.node = children.left;
    leaf.end = middle;
    leaf.depth = depth;
    leaf.gradient = split.leftGradient;
    leaf.hessian = split.leftHessian;
    leaf.split = undefined;
    if (!isLast) this.searchChildren(leaf, right, growth);
    return right;
  }

  /** The larger child's histogram is the parent's without the smaller child's. */
  private searchChildren(left: Leaf, right: Leaf, growth: Growth): void {
    const { derivatives, rules } = growth;
    const open = [left, right].filter((leaf) => this.canBeSplit(leaf));
    if (open.length === 0) return;
    const smaller = left.end - left.start <= right.end - right.start ? left : right;
    const larger = smaller === left ? right : left;
    const parentHistogram = left.histogram!;
    smaller.histogram = this.takeHistogram();
    sumRows(this.table, this.rows.subarray(smaller.start, smaller.end), {
      packed: derivatives.packed,
      scratch: this.scratch,
      histogram: smaller.histogram,
    });
    subtractHistogram(parentHistogram, smaller.histogram);
    larger.histogram = parentHistogram;
    for (const leaf of open) leaf.split = this.search(leaf, rules);
  }

  /** Looks again at a leaf, now with the number of rows by bin. */
  private searchWithCounts(leaf: Leaf, rules: SearchRules): void {
    const counts = this.takeHistogram();
    const rows = this.rows.subarray(leaf.start, leaf.end);
    sumRows(this.table, rows, { packed: this.ones, scratch: this.scratch, histogram: counts });
    leaf.split = this.search(leaf, rules, counts);
    this.freeHistograms.push(counts);
    if (leaf.split === undefined) this.release(leaf);
  }

  private binsSeen(histogram: Float64Array, feature: number): Uint8Array {
    const offset = feature * SLOTS;
    return Uint8Array.from(histogram.subarray(offset, offset + SLOTS), (packed) => (packed === 0 ? 0 : 1));
  }

  /** The value of a leaf, from the unrounded derivatives of its rows. */
  private settle(
    leaf: Leaf,
    into: { readonly derivatives: Derivatives; readonly scores: Float64Array; readonly builder: TreeBuilder },
  ): void {
    const { exact } = into.derivatives;
    let gradient = 0;
    let hessian = 0;
    for (let index = leaf.start; index < leaf.end; index++) {
      const row = this.rows[index]!;
      gradient += exact[2 * row]!;
      hessian += exact[2 * row + 1]!;
    }
    const { learningRate, l2Regularization } = this.parameters;
    const denominator = Math.max(hessian, MINIMUM_HESSIAN) + l2Regularization;
    const value = Math.fround((-learningRate * gradient) / denominator);
    into.builder.setValue(leaf.node, value);
    for (let index = leaf.start; index < leaf.end; index++) into.scores[this.rows[index]!]! += value;
  }

  /** Over the bound, the leaf of least gain is closed; with ordinary settings that never happens. */
  private boundMemory(leaves: readonly Leaf[]): void {
    const bytes = histogramLength(this.table) * Float64Array.BYTES_PER_ELEMENT;
    const bound = Math.max(4, Math.floor(HISTOGRAM_BYTES / bytes));
    const holding = leaves.filter((leaf) => leaf.histogram !== undefined);
    for (const leaf of holding) if (leaf.split === undefined) this.release(leaf);
    const open = holding.filter((leaf) => leaf.histogram !== undefined);
    if (open.length <= bound) return;
    const least = open.reduce((one, other) => (other.split!.gain < one.split!.gain ? other : one));
    least.split = undefined;
    this.release(least);
  }

  private takeHistogram(): Float64Array {
    const free = this.freeHistograms.pop();
    return free === undefined ? new Float64Array(histogramLength(this.table)) : free.fill(0);
  }

  private release(leaf: Leaf): void {
    if (leaf.histogram !== undefined) this.freeHistograms.push(leaf.histogram);
    leaf.histogram = undefined;
  }
}

type Growth = {
  readonly derivatives: Derivatives;
  readonly rules: SearchRules;
  readonly builder: TreeBuilder;
  /** No leaf will be split after this one. */
  readonly isLast: boolean;
};

function mostPromising(leaves: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined;
  for (const leaf of leaves) {
    if (leaf.split !== undefined && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
  }
  return best;
}
