import { GRADIENT_UNIT, stepsFor } from './histogram.ts';
import type { Objective } from './parameters.ts';

/** First and second derivatives of the loss at the current scores, exact and in packed steps. */
export type Derivatives = {
  /** Interleaved by row: gradient, hessian. */
  readonly exact: Float32Array;
  /** `gradient steps * 2^26 + hessian steps`, randomly rounded. */
  readonly packed: Float64Array;
  /** Size of one step. */
  gradientStep: number;
  hessianStep: number;
  /** Sums over all rows, in steps. */
  gradient: number;
  hessian: number;
};

export function createDerivatives(rowCount: number): Derivatives {
  return {
    exact: new Float32Array(rowCount * 2),
    packed: new Float64Array(rowCount),
    gradientStep: 1,
    hessianStep: 1,
    gradient: 0,
    hessian: 0,
  };
}

/** The score that minimises the loss without any tree, as a 32-bit float. */
export function baseScore(objective: Objective, target: Float64Array, weights: Float64Array): number {
  let total = 0;
  let weighted = 0;
  for (let row = 0; row < target.length; row++) {
    total += weights[row]!;
    weighted += weights[row]! * target[row]!;
  }
  const mean = weighted / total;
  return Math.fround(objective === 'binary' ? Math.log(mean / (1 - mean)) : mean);
}

type Rows = {
  readonly target: Float64Array;
  readonly weights: Float64Array;
  readonly scores: Float64Array;
};

/** Fills in the derivatives; `seed` picks the random rounding. */
export function computeDerivatives(
  objective: Objective,
  rows: Rows,
  into: { readonly derivatives: Derivatives; readonly seed: number },
): void {
  const { derivatives, seed } = into;
  const largest =
    objective === 'binary'
      ? logLossDerivatives(rows, derivatives.exact)
      : squaredErrorDerivatives(rows, derivatives.exact);
  const steps = stepsFor(rows.target.length);
  derivatives.gradientStep = largest.gradient / steps || 1;
  derivatives.hessianStep = largest.hessian / steps || 1;
  packDerivatives(derivatives, seed);
}

/** Weighted mean loss: log loss, or squared error. */
export function meanLoss(objective: Objective, rows: Rows): number {
  const { target, weights, scores } = rows;
  let total = 0;
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    const score = scores[row]!;
    total += weights[row]!;
    loss +=
      weights[row]! *
      (objective === 'binary'
        ? Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - score * target[row]!
        : (score - target[row]!) ** 2);
  }
  return loss / total;
}

function logLossDerivatives(rows: Rows, exact: Float32Array): { gradient: number; hessian: number } {
  const { target, weights, scores } = rows;
  let largestGradient = 0;
  let largestHessian = 0;
  for (let row = 0; row < target.length; row++) {
    const probability = 1 / (1 + Math.exp(-scores[row]!));
    const weight = weights[row]!;
    const gradient = weight * (probability - target[row]!);
    const hessian = weight * probability * (1 - probability);
    exact[2 * row] = gradient;
    exact[2 * row + 1] = hessian;
    const size = Math.abs(gradient);
    if (size > largestGradient) largestGradient = size;
    if (hessian > largestHessian) largestHessian = hessian;
  }
  return { gradient: largestGradient, hessian: largestHessian };
}

function squaredErrorDerivatives(rows: Rows, exact: Float32Array): { gradient: number; hessian: number } {
  const { target, weights, scores } = rows;
  let largestGradient = 0;
  let largestHessian = 0;
  for (let row = 0; row < target.length; row++) {
    const weight = weights[row]!;
    const gradient = weight * (scores[row]! - target[row]!);
    exact[2 * row] = gradient;
    exact[2 * row + 1] = weight;
    const size = Math.abs(gradient);
    if (size > largestGradient) largestGradient = size;
    if (weight > largestHessian) largestHessian = weight;
  }
  return { gradient: largestGradient, hessian: largestHessian };
}

/** Rounds up or down at random in proportion to the remainder, so that sums are right on average. */
function packDerivatives(derivatives: Derivatives, seed: number): void {
  const { exact, packed, gradientStep, hessianStep } = derivatives;
  const mostSteps = stepsFor(packed.length);
  const gradientScale = 1 / gradientStep;
  const hessianScale = 1 / hessianStep;
  let state = seed | 0;
  let gradientSum = 0;
  let hessianSum = 0;
  for (let row = 0; row < packed.length; row++) {
    // The linear congruential generator of "Numerical Recipes"; only its upper bits are used.
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const fraction = (state >>> 8) / 16777216;
    const gradient = Math.floor(exact[2 * row]! * gradientScale + fraction);
    const hessian = Math.min(mostSteps, Math.floor(exact[2 * row + 1]! * hessianScale + fraction));
    packed[row] = gradient * GRADIENT_UNIT + hessian;
    gradientSum += gradient;
    hessianSum += hessian;
  }
  derivatives.gradient = gradientSum;
  derivatives.hessian = hessianSum;
}
