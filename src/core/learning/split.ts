/** Sums over the rows of a node, in whole steps of the packed histogram. */
export type NodeSums = {
  readonly gradient: number;
  readonly hessian: number;
  readonly rowCount: number;
};

/** The best way found to divide a node. */
export type Split = {
  readonly feature: number;
  /** Of a number: the last bin that goes left. -1 for a text. */
  readonly lastLeftBin: number;
  /** Of a text: 1 at each bin that goes left (missing included). */
  readonly leftBins: Uint8Array | undefined;
  readonly missingLeft: boolean;
  /** Bins without rows in this node have no side of their own; the caller decides. */
  readonly missingSeen: boolean;
  readonly gain: number;
  readonly leftGradient: number;
  readonly leftHessian: number;
};

/** Bounds of the search, with everything that has a unit given in steps. */
export type SearchRules = {
  readonly regularization: number;
  readonly minimumHessian: number;
  /** Added to the regularization of a split by categories, and their mean is shrunk by it. */
  readonly categorySmoothing: number;
  readonly minSamplesLeaf: number;
};

/** A search over the features of one node, with the best split so far. */
export type Search = {
  readonly node: NodeSums;
  readonly histogram: Float64Array;
  /** Rows by slot, where the bound on samples must hold exactly. */
  readonly counts: Float64Array | undefined;
  readonly rules: SearchRules;
  readonly parentGain: number;
  best: Split | undefined;
  bestGain: number;
};
