import { takeRows } from '../data/table.ts';
import { type BinnedTable, binTable } from './binning.ts';
import { baseScore, computeDerivatives, createDerivatives, meanLoss } from './objective.ts';
import type { GradientBoostingParameters, Objective } from './parameters.ts';
import { seededRandom } from './seeded-random.ts';
import { prepareRows, type TrainingData, type WeightedRows } from './training-rows.ts';
import { addTreeScores, encodeFeatures, type Tree, type TreeEnsemble } from './tree-ensemble.ts';
import { TreeGrower } from './tree-growth.ts';

export type TrainingProgress = {
  /** Trees grown so far. */
  readonly iteration: number;
  /** Trees at most. */
  readonly iterations: number;
  /** With early stopping, the loss on the held-back rows after this tree. */
  readonly validationLoss?: number;
};

export type GradientBoostingOptions = TrainingData & {
  readonly objective: Objective;
  readonly parameters: GradientBoostingParameters;
  /** A whole number; its lower 32 bits count. */
  readonly seed: number;
  /** Called after each tree. What it throws ends the training. */
  readonly onProgress?: (progress: TrainingProgress) => void;
};

export type TrainingReport = {
  /** Trees of the ensemble. */
  readonly iterations: number;
  /** What the losses are: `log_loss` or `mean_squared_error`, weighted as in training. */
  readonly loss: 'log_loss' | 'mean_squared_error';
  readonly trainingLoss: number;
  /** Undefined without early stopping. */
  readonly validationLoss: number | undefined;
  readonly trainingRows: number;
  readonly validationRows: number;
  /** Share of the summed gain of all splits by column, largest first; all zero when nothing was split. */
  readonly importance: readonly { readonly column: string; readonly share: number }[];
};

/**
 * Trains an ensemble of trees by gradient boosting on histograms (Friedman, "Greedy Function
 * Approximation", 2001; Ke et al., "LightGBM", NeurIPS 2017): numbers with a learned side for missing
 * values, texts split by sets of categories, leaves grown best first.
 *
 * Pure and single-threaded: the same data, parameters and seed give the same trees. Boosting ends
 * before `iterations` when no leaf can be split any more. Class weights shift the probabilities, which
 * are then no longer those of the data.
 *
 * @throws InputError when the data cannot be trained on (one class, no rows, missing target, …)
 */
export function trainGradientBoosting(options: GradientBoostingOptions): {
  readonly ensemble: TreeEnsemble;
  readonly report: TrainingReport;
} {
  const { objective, parameters, features, seed } = options;
  const { training, validation } = prepareRows(options, objective, { parameters, seed });
  const table = binTable({
    columns: features,
    rows: training.rows,
    target: training.target,
    maxBins: parameters.maxBins,
    seed,
  });
  const base = baseScore(objective, training.target, training.weights);
  const untrained: TreeEnsemble = {
    objective,
    baseScore: base,
    features: table.features.map((binned) => binned.feature),
    trees: [],
  };
  const watch = validation && createValidation(untrained, options, validation);
  const grown = growTrees(options, { table, training, base, watch });
  const ensemble = { ...untrained, trees: grown.trees };
  return {
    ensemble,
    report: {
      iterations: grown.trees.length,
      loss: objective === 'binary' ? 'log_loss' : 'mean_squared_error',
      trainingLoss: grown.trainingLoss,
      validationLoss: watch?.bestLoss,
      trainingRows: training.rows.length,
      validationRows: validation?.rows.length ?? 0,
      importance: shares(ensemble, grown.importance),
    },
  };
}

type GrownTrees = {
  readonly trees: readonly Tree[];
  readonly trainingLoss: number;
  readonly importance: Float64Array;
};

type Growing = {
  readonly table: BinnedTable;
  readonly training: WeightedRows;
  readonly base: number;
  readonly watch: Validation | undefined;
};

function growTrees(options: GradientBoostingOptions, growing: Growing): GrownTrees {
  const { objective, parameters, onProgress } = options;
  const { table, training, watch } = growing;
  const random = seededRandom(options.seed);
  const scores = new Float64Array(training.rows.length).fill(growing.base);
  const rows = { target: training.target, weights: training.weights, scores };
  const derivatives = createDerivatives(training.rows.length);
  const gains = new Float64Array(table.features.length);
  const grower = new TreeGrower(table, parameters, gains);
  const trees: Tree[] = [];
  // With early stopping, the state after the best tree so far; else after the last.
  const kept = { count: 0, scores: watch === undefined ? scores : scores.slice(), gains };
  for (let iteration = 1; iteration <= parameters.iterations; iteration++) {
    computeDerivatives(objective, rows, { derivatives, seed: Math.floor(random() * 4294967296) });
    const tree = grower.grow(derivatives, scores);
    const isStump = tree.feature.length === 1;
    // The runtime refuses an ensemble without trees, so the first stays even when it is one leaf.
    if (isStump && iteration > 1) break;
    trees.push(tree);
    const validationLoss = watch?.add(tree);
    onProgress?.({
      iteration,
      iterations: parameters.iterations,
      ...(validationLoss !== undefined && { validationLoss }),
    });
    if (watch === undefined) kept.count = iteration;
    else if (watch.isBest) {
      kept.count = iteration;
      kept.scores.set(scores);
      kept.gains = gains.slice();
    }
    if (isStump || (watch !== undefined && watch.sinceBest >= parameters.earlyStopping)) break;
  }
  return {
    trees: trees.slice(0, kept.count),
    trainingLoss: meanLoss(objective, { ...rows, scores: kept.scores }),
    importance: kept.gains,
  };
}

/** Follows the loss on held-back rows while trees are added. */
type Validation = {
  add(tree: Tree): number;
  bestLoss: number;
  isBest: boolean;
  /** Trees since the smallest loss. */
  sinceBest: number;
};

function createValidation(untrained: TreeEnsemble, data: TrainingData, validation: WeightedRows): Validation {
  const table = { rowCount: data.target.length, columns: data.features };
  const encoded = encodeFeatures(untrained.features, takeRows(table, validation.rows).columns);
  const scores = new Float64Array(validation.rows.length).fill(untrained.baseScore);
  const rows = { target: validation.target, weights: validation.weights, scores };
  const state: Validation = {
    bestLoss: Number.POSITIVE_INFINITY,
    isBest: false,
    sinceBest: 0,
    add(tree) {
      addTreeScores(tree, encoded, scores);
      const loss = meanLoss(untrained.objective, rows);
      state.isBest = loss < state.bestLoss;
      if (state.isBest) {
        state.bestLoss = loss;
        state.sinceBest = 0;
      } else state.sinceBest++;
      return loss;
    },
  };
  return state;
}

function shares(ensemble: TreeEnsemble, gains: Float64Array): TrainingReport['importance'] {
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return ensemble.features
    .map((feature, position) => ({
      column: feature.name,
      share: total === 0 ? 0 : gains[position]! / total,
    }))
    .sort((one, other) => other.share - one.share);
}
