import { type BinnedFeature, type BinnedTable, MISSING_BIN, SLOTS } from './binning.ts';
import { searchText } from './category-split.ts';
import { GRADIENT_UNIT, PER_GRADIENT_UNIT } from './histogram.ts';
import type { NodeSums, Search, SearchRules, Split } from './split.ts';

/** A split must gain so many times what random rounding alone can give. */
const NOISE_FACTOR = 4;

/**
 * The split of largest gain `G_l^2 / (H_l + r) + G_r^2 / (H_r + r) - G^2 / (H + r)` (Chen and Guestrin,
 * "XGBoost", KDD 2016), or undefined when none is worth it. Without `counts` the bound on samples is
 * not looked at: histograms hold no counts, and few best splits come near the bound.
 */
export function findBestSplit(
  table: BinnedTable,
  node: NodeSums,
  options: {
    readonly histogram: Float64Array;
    readonly counts?: Float64Array | undefined;
    readonly rules: SearchRules;
  },
): Split | undefined {
  const { histogram, counts, rules } = options;
  const parentGain = node.gradient ** 2 / (node.hessian + rules.regularization);
  const noise = (NOISE_FACTOR * node.rowCount) / Math.max(1, node.hessian);
  const bestGain = Math.max(noise, parentGain * 1e-12);
  const search: Search = { node, histogram, counts, rules, parentGain, best: undefined, bestGain };
  table.features.forEach((feature, position) => {
    if (feature.feature.kind === 'number') searchNumber(search, feature, position);
    else searchText(search, feature, position);
  });
  return search.best;
}

function searchNumber(search: Search, feature: BinnedFeature, position: number): void {
  const missing = search.histogram[position * SLOTS + MISSING_BIN]!;
  const missingSeen = missing !== 0;
  scanNumber(search, feature, { position, missingLeft: false, missingSeen });
  if (missingSeen) scanNumber(search, feature, { position, missingLeft: true, missingSeen });
}

type NumberScan = {
  readonly position: number;
  readonly missingLeft: boolean;
  readonly missingSeen: boolean;
};

function scanNumber(search: Search, feature: BinnedFeature, scan: NumberScan): void {
  const { node, histogram, counts, rules, parentGain } = search;
  const { regularization, minimumHessian, minSamplesLeaf } = rules;
  const offset = scan.position * SLOTS;
  const { gradient: allGradient, hessian: allHessian, rowCount } = node;
  let leftGradient = 0;
  let leftHessian = 0;
  let leftCount = 0;
  if (scan.missingLeft) {
    const missing = histogram[offset + MISSING_BIN]!;
    leftGradient = Math.floor(missing * PER_GRADIENT_UNIT);
    leftHessian = missing - leftGradient * GRADIENT_UNIT;
    if (counts !== undefined) leftCount = counts[offset + MISSING_BIN]!;
  }
  // With missing values on the right, "all others left" is a split too.
  const lastBin = scan.missingSeen && !scan.missingLeft ? feature.binCount : feature.binCount - 1;
  let found: { bin: number; leftGradient: number; leftHessian: number } | undefined;
  let bestGain = search.bestGain;
  for (let bin = 0; bin < lastBin; bin++) {
    const packed = histogram[offset + bin]!;
    const gradient = Math.floor(packed * PER_GRADIENT_UNIT);
    leftGradient += gradient;
    leftHessian += packed - gradient * GRADIENT_UNIT;
    if (counts !== undefined) {
      leftCount += counts[offset + bin]!;
      if (leftCount < minSamplesLeaf) continue;
      if (rowCount - leftCount < minSamplesLeaf) break;
    }
    if (leftHessian < minimumHessian) continue;
    const rightHessian = allHessian - leftHessian;
    if (rightHessian < minimumHessian) break;
    const rightGradient = allGradient - leftGradient;
    const leftScale = leftHessian + regularization;
    const rightScale = rightHessian + regularization;
    // Both fractions over one denominator: a division costs as much as the rest of the step.
    const gain =
      (leftGradient * leftGradient * rightScale + rightGradient * rightGradient * leftScale) /
        (leftScale * rightScale) -
      parentGain;
    if (gain <= bestGain) continue;
    bestGain = gain;
    found = { bin, leftGradient, leftHessian };
  }
  if (found === undefined) return;
  search.bestGain = bestGain;
  search.best = {
    feature: scan.position,
    lastLeftBin: found.bin,
    leftBins: undefined,
    missingLeft: scan.missingLeft,
    missingSeen: scan.missingSeen,
    gain: bestGain,
    leftGradient: found.leftGradient,
    leftHessian: found.leftHessian,
  };
}
