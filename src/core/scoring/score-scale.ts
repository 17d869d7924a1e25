import type { OutputHint } from './output-hints.ts';

/**
 * What the values of a model were: probabilities as they are, logits (or log-probabilities) that were turned
 * into probabilities, one margin beside its mirror image, shares that did not sum to one and were divided by their
 * sum, or predictions.
 */
export type ScoreScale = 'probability' | 'logit' | 'margin' | 'share' | 'prediction';

export type ValueRange = {
  /** Smallest and largest finite value of all rows. */
  readonly minimum: number;
  readonly maximum: number;
  /** Whether each row has one value alone, so that there is no sum to look at. */
  readonly isSingle: boolean;
  readonly sumsToOne: boolean;
  /** Whether the two values of every row are each other's negative, as classifiers write a decision function. */
  readonly isMirrored: boolean;
};

/** Float probabilities leave the unit interval by 1e-7; anything clearly outside is no probability. */
const OUTSIDE = 1e-3;

/**
 * Whether values are probabilities or logits. Values outside of [0, 1] are logits whatever the operators say;
 * those inside are probabilities unless they come right out of a linear layer.
 */
export function resolveScale(
  hint: OutputHint['scale'],
  range: ValueRange,
): Exclude<ScoreScale, 'prediction'> {
  const { minimum, maximum, isSingle, sumsToOne, isMirrored } = range;
  const isInside = !(minimum < -OUTSIDE) && !(maximum > 1 + OUTSIDE);
  // Two logits of a network are no mirror images but by chance, and are told apart by their linear layer.
  if (!isInside) return isMirrored && hint !== 'linear' ? 'margin' : 'logit';
  if (isSingle) return hint === 'linear' ? 'logit' : 'probability';
  if (sumsToOne) return 'probability';
  return hint === 'linear' ? 'logit' : 'share';
}

export type ScaleRequest = {
  readonly stride: number;
  /** Where each row has one value alone (the second of its two places), and whether it is of the other class. */
  readonly single: { readonly isOther?: boolean } | undefined;
  readonly scale: Exclude<ScoreScale, 'prediction'>;
};

/** Turns row-major values into probabilities, in place. With one value for a row the other one is made. */
export function toProbabilities(values: Float64Array, { stride, single, scale }: ScaleRequest): void {
  const isRaw = scale === 'logit' || scale === 'margin';
  if (!isRaw) clampToUnit(values);
  if (single !== undefined || scale === 'margin') {
    const own = single?.isOther ? 0 : 1;
    for (let at = 0; at < values.length; at += 2) {
      const given = values[at + 1]!;
      const probability = isRaw ? 1 / (1 + Math.exp(-given)) : given;
      values[at + own] = probability;
      values[at + 1 - own] = 1 - probability;
    }
  } else if (scale === 'logit') {
    for (let at = 0; at < values.length; at += stride) softmax(values, at, stride);
  } else if (scale === 'share') {
    for (let at = 0; at < values.length; at += stride) divideBySum(values, at, stride);
  }
}

/** Softmax of log-probabilities gives the probabilities back, so that both kinds of logits end right. */
function softmax(values: Float64Array, at: number, stride: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < stride; index++) largest = Math.max(largest, values[at + index]!);
  let sum = 0;
  for (let index = 0; index < stride; index++) {
    const power = Math.exp(values[at + index]! - largest);
    values[at + index] = power;
    sum += power;
  }
  for (let index = 0; index < stride; index++) values[at + index]! /= sum;
}

/** Float noise leaves the unit interval, which what is made of probabilities need not expect. Missing stays. */
function clampToUnit(values: Float64Array): void {
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value < 0) values[at] = 0;
    else if (value > 1) values[at] = 1;
  }
}

/** A row of zeros says nothing: all classes are alike. A refused row stays without values. */
function divideBySum(values: Float64Array, at: number, stride: number): void {
  let sum = 0;
  for (let index = 0; index < stride; index++) sum += values[at + index]!;
  for (let index = 0; index < stride; index++)
    values[at + index] = sum === 0 ? 1 / stride : values[at + index]! / sum;
}
