/** Two models on made rows, drawn afresh for each simulation, quickly. */

import type {
  BinarySample,
  MetricSample,
  MulticlassSample,
  RankingSample,
  RegressionSample,
} from '../../src/core/metrics/metric.ts';
import { createRandom, type Random } from '../../src/core/statistics/random.ts';

export type Pair = {
  readonly champion: MetricSample;
  readonly challenger: MetricSample;
  readonly groups?: Int32Array;
};

/** What rows are drawn from. */
export type Recipe = {
  readonly rows: number;
  /** Rows of one group share half of their noise and most of their chance to be positive; 1: single rows. */
  readonly groupSize?: number;
  /** Share of positives. */
  readonly prevalence?: number;
  /** How far positives stand from negatives, in standard deviations of the noise. */
  readonly championSkill: number;
  readonly challengerSkill: number;
};

/** Correlation of the noise of the two models. */
const SHARED = 0.7;

/** A stream of nearly normal numbers (twelve uniforms would be too slow: Box and Muller, both values used). */
function normals(random: Random): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

type Noise = { readonly champion: number; readonly challenger: number };

function noiseSource(normal: () => number, groupShare: number) {
  const pair = (): Noise => {
    const common = Math.sqrt(SHARED) * normal();
    const own = Math.sqrt(1 - SHARED);
    return { champion: common + own * normal(), challenger: common + own * normal() };
  };
  const mix = (group: Noise, row: Noise): Noise => ({
    champion: Math.sqrt(groupShare) * group.champion + Math.sqrt(1 - groupShare) * row.champion,
    challenger: Math.sqrt(groupShare) * group.challenger + Math.sqrt(1 - groupShare) * row.challenger,
  });
  return { pair, mix };
}

/** Binary rows; probabilities are calibrated as well as their skill allows. */
export function drawBinary(recipe: Recipe, seed: number): Pair {
  const { rows, groupSize = 1, prevalence = 0.3 } = recipe;
  const random = createRandom(seed);
  const normal = normals(random);
  const { pair, mix } = noiseSource(normal, groupSize === 1 ? 0 : 0.5);
  const labels = new Uint8Array(rows);
  const scores = { champion: new Float64Array(rows), challenger: new Float64Array(rows) };
  const groups = new Int32Array(rows);
  const odds = Math.log(prevalence / (1 - prevalence));
  let group: Noise = pair();
  let chance = prevalence;
  for (let row = 0; row < rows; row++) {
    if (row % groupSize === 0) {
      group = pair();
      chance = groupSize === 1 ? prevalence : logistic(odds + normal());
    }
    groups[row] = Math.floor(row / groupSize);
    labels[row] = Number(random.uniform() < chance);
    const noise = groupSize === 1 ? pair() : mix(group, pair());
    for (const model of ['champion', 'challenger'] as const) {
      const skill = model === 'champion' ? recipe.championSkill : recipe.challengerSkill;
      scores[model][row] = logistic(odds + skill * (skill * (labels[row]! - 0.5) + noise[model]));
    }
  }
  return {
    champion: binarySample(labels, scores.champion),
    challenger: binarySample(labels, scores.challenger),
    ...(groupSize === 1 ? {} : { groups }),
  };
}

export function binarySample(labels: Uint8Array, probabilities: Float64Array): BinarySample {
  return {
    task: 'binary-classification',
    labels,
    probabilities,
    decisions: Uint8Array.from(probabilities, (probability) => Number(probability >= 0.5)),
    falsePositiveCost: 1,
    falseNegativeCost: 5,
  };
}

/** Targets with skewed noise; a skill is the share of the signal that a model sees. */
export function drawRegression(recipe: Recipe, seed: number): Pair {
  const { rows, groupSize = 1 } = recipe;
  const normal = normals(createRandom(seed));
  const { pair, mix } = noiseSource(normal, groupSize === 1 ? 0 : 0.5);
  const targets = new Float64Array(rows);
  const predictions = { champion: new Float64Array(rows), challenger: new Float64Array(rows) };
  const groups = new Int32Array(rows);
  let group = pair();
  for (let row = 0; row < rows; row++) {
    if (row % groupSize === 0) group = pair();
    groups[row] = Math.floor(row / groupSize);
    const signal = normal();
    const noise = groupSize === 1 ? pair() : mix(group, pair());
    targets[row] = 20 + 4 * signal + Math.exp(0.5 * normal());
    for (const model of ['champion', 'challenger'] as const) {
      const skill = model === 'champion' ? recipe.championSkill : recipe.challengerSkill;
      predictions[model][row] = 21 + 4 * skill * signal + 4 * (1 - skill) * noise[model];
    }
  }
  const sampleOf = (values: Float64Array): RegressionSample => ({
    task: 'regression',
    targets,
    predictions: values,
  });
  return {
    champion: sampleOf(predictions.champion),
    challenger: sampleOf(predictions.challenger),
    ...(groupSize === 1 ? {} : { groups }),
  };
}

/** Four classes of unequal size. */
export function drawMulticlass(recipe: Recipe, seed: number): Pair {
  const { rows } = recipe;
  const shares = [0.4, 0.3, 0.2, 0.1];
  const random = createRandom(seed);
  const normal = normals(random);
  const { pair } = noiseSource(normal, 0);
  const labels = new Int32Array(rows);
  const probabilities = { champion: new Float64Array(rows * 4), challenger: new Float64Array(rows * 4) };
  for (let row = 0; row < rows; row++) {
    let left = random.uniform();
    let label = 0;
    while (label < 3 && left >= shares[label]!) left -= shares[label++]!;
    labels[row] = label;
    const noises = shares.map(() => pair());
    for (const model of ['champion', 'challenger'] as const) {
      const skill = model === 'champion' ? recipe.championSkill : recipe.challengerSkill;
      const weights = shares.map(
        (share, code) => share * Math.exp(skill * (skill * Number(code === label) + noises[code]![model])),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, code) => {
        probabilities[model][row * 4 + code] = weight / total;
      });
    }
  }
  const sampleOf = (values: Float64Array): MulticlassSample => ({
    task: 'multiclass-classification',
    classCount: 4,
    labels,
    probabilities: values,
    predicted: Int32Array.from(labels, (_, row) => largest(values, row * 4)),
  });
  return { champion: sampleOf(probabilities.champion), challenger: sampleOf(probabilities.challenger) };
}

function largest(values: Float64Array, start: number): number {
  let best = 0;
  for (let code = 1; code < 4; code++) if (values[start + code]! > values[start + best]!) best = code;
  return best;
}

/** Queries of `groupSize` rows with gains from 0 to 3. */
export function drawRanking(recipe: Recipe, seed: number): Pair {
  const { rows, groupSize = 10 } = recipe;
  const random = createRandom(seed);
  const { pair } = noiseSource(normals(random), 0);
  const relevance = Float64Array.from({ length: rows }, () => Math.floor(4 * random.uniform() ** 2));
  const queries = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / groupSize));
  const noises = Array.from({ length: rows }, () => pair());
  const sampleOf = (model: 'champion' | 'challenger', skill: number): RankingSample => ({
    task: 'ranking',
    relevance,
    queries,
    scores: Float64Array.from(noises, (noise, row) => skill * relevance[row]! + noise[model]),
  });
  return {
    champion: sampleOf('champion', recipe.championSkill),
    challenger: sampleOf('challenger', recipe.challengerSkill),
  };
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
