import { type BinnedFeature, MISSING_BIN, SLOTS } from './binning.ts';
import { GRADIENT_UNIT, PER_GRADIENT_UNIT } from './histogram.ts';
import type { Search } from './split.ts';

/**
 * Bounds that keep sets of categories from fitting noise; the values are LightGBM's defaults
 * (`max_cat_to_onehot`, `max_cat_threshold`, `cat_smooth`, `min_data_per_group`).
 */
const ONE_AGAINST_REST = 4;
const MAXIMUM_SET = 32;
const MINIMUM_CATEGORY_ROWS = 10;
const MINIMUM_GROUP_ROWS = 100;

type CategorySums = {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Estimated from the hessian unless rows were counted. */
  readonly rows: number;
};

/** The set of categories that goes left, as found so far. */
type Found = {
  readonly categories: readonly CategorySums[];
  readonly gradient: number;
  readonly hessian: number;
};

/**
 * Looks for a set of categories to send left. Missing is a category. With few categories each is tried
 * against the rest; with more they are ordered by gradient over smoothed hessian and runs from either
 * end are tried, since the best division in two keeps that order (Fisher, "On Grouping for Maximum
 * Homogeneity", JASA 1958). Categories with few rows in the node stay right.
 */
export function searchText(search: Search, feature: BinnedFeature, position: number): void {
  const categories = presentCategories(search, feature, position);
  if (categories.length < 2) return;
  const found =
    categories.length <= ONE_AGAINST_REST ? bestSingle(search, categories) : bestRun(search, categories);
  if (found === undefined) return;
  const leftBins = new Uint8Array(SLOTS);
  for (const { bin } of found.categories) leftBins[bin] = 1;
  search.best = {
    feature: position,
    lastLeftBin: -1,
    leftBins,
    missingLeft: leftBins[MISSING_BIN] === 1,
    missingSeen: categories.some(({ bin }) => bin === MISSING_BIN),
    gain: search.bestGain,
    leftGradient: found.gradient,
    leftHessian: found.hessian,
  };
}

function presentCategories(search: Search, feature: BinnedFeature, position: number): CategorySums[] {
  const { histogram, counts, node } = search;
  const offset = position * SLOTS;
  const rowsPerHessian = node.rowCount / Math.max(1, node.hessian);
  const present: CategorySums[] = [];
  for (let bin = 0; bin < SLOTS; bin++) {
    if (bin >= feature.binCount && bin !== MISSING_BIN) continue;
    const packed = histogram[offset + bin]!;
    if (packed === 0) continue;
    const gradient = Math.floor(packed * PER_GRADIENT_UNIT);
    const hessian = packed - gradient * GRADIENT_UNIT;
    const rows = counts === undefined ? hessian * rowsPerHessian : counts[offset + bin]!;
    present.push({ bin, gradient, hessian, rows });
  }
  return present;
}

function bestSingle(search: Search, categories: readonly CategorySums[]): Found | undefined {
  let found: Found | undefined;
  for (const sums of categories) {
    const { gradient, hessian, rows } = sums;
    const gain = gainOf(search, { gradient, hessian, rows }, search.rules.regularization);
    if (gain <= search.bestGain) continue;
    search.bestGain = gain;
    found = { categories: [sums], gradient, hessian };
  }
  return found;
}

function bestRun(search: Search, categories: readonly CategorySums[]): Found | undefined {
  const smoothing = search.rules.categorySmoothing;
  const rank = (sums: CategorySums): number => sums.gradient / (sums.hessian + smoothing);
  const ordered = categories
    .filter((sums) => sums.rows >= MINIMUM_CATEGORY_ROWS)
    .sort((one, other) => rank(one) - rank(other) || one.bin - other.bin);
  const fromFront = bestPrefix(search, ordered);
  return bestPrefix(search, ordered.reverse()) ?? fromFront;
}

/** The best run from the front; undefined when none beats what was found before. */
function bestPrefix(search: Search, categories: readonly CategorySums[]): Found | undefined {
  const regularization = search.rules.regularization + search.rules.categorySmoothing;
  let best: { length: number; gradient: number; hessian: number } | undefined;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  let groupRows = 0;
  const longest = Math.min(MAXIMUM_SET, Math.ceil(categories.length / 2));
  for (let length = 1; length <= longest; length++) {
    const sums = categories[length - 1]!;
    gradient += sums.gradient;
    hessian += sums.hessian;
    rows += sums.rows;
    groupRows += sums.rows;
    if (groupRows < MINIMUM_GROUP_ROWS) continue;
    if (search.node.rowCount - rows < MINIMUM_GROUP_ROWS) break;
    groupRows = 0;
    const gain = gainOf(search, { gradient, hessian, rows }, regularization);
    if (gain <= search.bestGain) continue;
    search.bestGain = gain;
    best = { length, gradient, hessian };
  }
  return (
    best && { categories: categories.slice(0, best.length), gradient: best.gradient, hessian: best.hessian }
  );
}

type Side = { readonly gradient: number; readonly hessian: number; readonly rows: number };

/** Minus infinity when a side would be too small. */
function gainOf(search: Search, left: Side, regularization: number): number {
  const { node, counts, rules, parentGain } = search;
  const rightGradient = node.gradient - left.gradient;
  const rightHessian = node.hessian - left.hessian;
  if (Math.min(left.hessian, rightHessian) < rules.minimumHessian) return Number.NEGATIVE_INFINITY;
  const fewest = Math.min(left.rows, node.rowCount - left.rows);
  if (counts !== undefined && fewest < rules.minSamplesLeaf) return Number.NEGATIVE_INFINITY;
  return (
    left.gradient ** 2 / (left.hessian + regularization) +
    rightGradient ** 2 / (rightHessian + regularization) -
    parentGain
  );
}
