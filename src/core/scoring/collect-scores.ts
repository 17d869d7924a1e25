import { InputError } from '../errors.ts';
import type { OutputPlan } from './choose-output.ts';
import { resolveScale, type ScoreScale, toProbabilities, type ValueRange } from './score-scale.ts';
import { quote } from './tensor-text.ts';

/** What a model answered for some rows that follow each other, in its own order of classes. */
export type AnswerBatch = {
  readonly start: number;
  /** Row-major, `width` values for each row. */
  readonly values: Float64Array;
  readonly width: number;
  /** Positions in the classes of the request; -1 where the label is none of them. */
  readonly labels?: Int32Array;
};

export type CollectedScores = {
  /** Row-major in the order of the classes of the request; NaN in refused rows. */
  readonly values: Float64Array;
  readonly width: number;
  readonly labels?: Int32Array;
  readonly refused: ReadonlyMap<number, string>;
  readonly scale: ScoreScale;
};

export type CollectRequest = {
  readonly rowCount: number;
  readonly plan: OutputPlan;
  /** Classes of the request; empty for predictions. */
  readonly classes: readonly string[];
  readonly model: string;
};

/** How far two floats may be from each other's negative. */
const MIRROR_ROUNDING = 1e-6;

/** Rounding may differ with the number of rows that are scored at once; anything larger is another answer. */
const SAME_ROUNDING = 1e-4;

const NOT_FINITE = 'the model answered with a value that is no number';

/**
 * Puts the answers of batches, which may come in any order, into one array. Values are kept as the model gave
 * them until all are there: only then is it known whether they are probabilities.
 */
export class ScoreCollector {
  readonly #request: CollectRequest;
  readonly #values: Float64Array;
  /** Values of a row in `#values`: what the model gives, but two where it gives the positive class alone. */
  readonly #stride: number;
  readonly #labels: Int32Array | undefined;
  readonly #refused = new Map<number, string>();

  constructor(request: CollectRequest) {
    const { rowCount, plan, classes } = request;
    this.#request = request;
    this.#stride = plan.layout.kind === 'classes' ? plan.layout.width : Math.max(classes.length, 1);
    this.#values = new Float64Array(rowCount * this.#stride);
    this.#labels = plan.labels === undefined ? undefined : new Int32Array(rowCount).fill(-1);
  }

  /** @throws InputError when the model answered with another number of values than its signature says. */
  add({ start, values, width, labels }: AnswerBatch): void {
    this.requireWidth(width);
    if (this.#isPositiveOnly()) {
      for (let row = 0; row < values.length; row++) this.#values[(start + row) * 2 + 1] = values[row]!;
    } else {
      this.#values.set(values, start * width);
    }
    if (labels === undefined) return;
    const count = this.#request.classes.length;
    if (labels.some((label) => label < -1 || label >= count))
      throw new Error('a label is none of the classes');
    this.#labels?.set(labels, start);
  }

  /**
   * Compares with what the model answered for the same rows among others.
   * @throws InputError when it answers otherwise: it draws random numbers, or looks at the rows beside a row.
   */
  requireSame({ start, values, width }: AnswerBatch): void {
    const [stride, first] = this.#isPositiveOnly() ? [2, 1] : [width, 0];
    for (let index = 0; index < values.length; index++) {
      const row = Math.floor(index / width);
      const before = this.#values[(start + row) * stride + first + (index % width)]!;
      const now = values[index]!;
      if (Object.is(before, now) || Math.abs(before - now) <= SAME_ROUNDING * Math.max(1, Math.abs(before)))
        continue;
      throw new InputError(
        `${this.#request.model} answers row ${start + row + 1} with ${before} among other rows and with ${now} among fewer: it draws random numbers or looks at the rows beside it, so that no score is its own; export it for inference (no dropout, batch statistics or noise)`,
      );
    }
  }

  /** @throws InputError as `add`, before there are any values. */
  requireWidth(width: number): void {
    const needed = this.#isPositiveOnly() ? 1 : this.#stride;
    if (width === needed) return;
    throw new InputError(
      `${this.#request.model} answered with ${width} values for each row; ${needed} are needed`,
    );
  }

  /** Counts a row that gets no answer; the first reason stays. */
  refuse(row: number, reason: string): void {
    if (!this.#refused.has(row)) this.#refused.set(row, reason);
  }

  finish(): CollectedScores {
    const { plan, classes, model } = this.#request;
    this.#refuseOthers();
    const range = this.#rangeOfValues();
    const scale = plan.layout.kind === 'predictions' ? 'prediction' : resolveScale(plan.scale, range);
    if (scale !== 'prediction') {
      const single = plan.layout.kind === 'positive-only' ? plan.layout : undefined;
      toProbabilities(this.#values, { stride: this.#stride, single, scale });
    }
    const width = Math.max(classes.length, 1);
    const values = this.#inRequestedOrder(width);
    const labels = this.#labels;
    if (plan.layout.kind === 'classes' && plan.layout.isAssumed && labels !== undefined)
      refuseContradiction({ values, width, labels, classes, model });
    return { values, width, ...(labels ? { labels } : {}), refused: this.#refused, scale };
  }

  #isPositiveOnly(): boolean {
    return this.#request.plan.layout.kind === 'positive-only';
  }

  #refuseOthers(): void {
    const [values, stride] = [this.#values, this.#stride];
    const first = this.#isPositiveOnly() ? 1 : 0;
    for (let row = 0, at = 0; at < values.length; row++, at += stride) {
      for (let index = first; index < stride; index++) {
        if (Number.isFinite(values[at + index])) continue;
        this.refuse(row, NOT_FINITE);
        break;
      }
    }
    for (const row of this.#refused.keys()) values.fill(Number.NaN, row * stride, (row + 1) * stride);
  }

  #rangeOfValues(): ValueRange {
    const [values, stride] = [this.#values, this.#stride];
    const isSingle = this.#isPositiveOnly();
    let [minimum, maximum, largestSumError] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    let isMirrored = !isSingle && stride === 2;
    for (let at = 0; at < values.length; at += stride) {
      let sum = 0;
      for (let index = isSingle ? 1 : 0; index < stride; index++) {
        const value = values[at + index]!;
        if (value < minimum) minimum = value;
        if (value > maximum) maximum = value;
        sum += value;
      }
      if (Math.abs(sum) > MIRROR_ROUNDING * Math.max(1, Math.abs(values[at]!))) isMirrored = false;
      const error = Math.abs(sum - 1);
      if (!isSingle && error > largestSumError) largestSumError = error;
    }
    return { minimum, maximum, isSingle, sumsToOne: largestSumError <= 0.01, isMirrored };
  }

  /** In place where the model knows just the classes asked for. */
  #inRequestedOrder(width: number): Float64Array {
    const { layout } = this.#request.plan;
    const [values, stride] = [this.#values, this.#stride];
    if (layout.kind !== 'classes') return values;
    const { order } = layout;
    const isSame = stride === width && order.every((position, index) => position === index);
    if (isSame) return values;
    const target = stride === width ? values : new Float64Array(this.#request.rowCount * width);
    const row = new Float64Array(stride);
    for (let from = 0, to = 0; from < values.length; from += stride, to += width) {
      for (let index = 0; index < stride; index++) row[index] = values[from + index]!;
      for (let index = 0; index < width; index++) target[to + index] = row[order[index]!]!;
    }
    return target;
  }
}

type Contradiction = {
  readonly values: Float64Array;
  readonly width: number;
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly model: string;
};

/**
 * Where the order of the classes is only assumed, the model's labels must agree with it: a class is likelier in
 * rows that are labelled with it than in others, or the likeliest in most of them.
 */
function refuseContradiction({ values, width, labels, classes, model }: Contradiction): void {
  const sums = new Float64Array(width * 2);
  const counts = new Float64Array(width * 2);
  const wins = new Float64Array(width);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label < 0 || Number.isNaN(values[row * width])) continue;
    let largest = 0;
    for (let index = 0; index < width; index++) {
      const value = values[row * width + index]!;
      const side = index * 2 + (label === index ? 1 : 0);
      sums[side]! += value;
      counts[side]! += 1;
      if (value > values[row * width + largest]!) largest = index;
    }
    if (largest === label) wins[label]! += 1;
  }
  const wrong = classes.findIndex((_, index) => {
    const [others, own] = [counts[index * 2]!, counts[index * 2 + 1]!];
    const isUnlikelier = others > 0 && own > 0 && sums[index * 2 + 1]! / own < sums[index * 2]! / others;
    return isUnlikelier && wins[index]! < own / 2;
  });
  if (wrong < 0) return;
  throw new InputError(
    `${model} does not name the classes of its scores, and in the order of their names its own labels contradict them (rows it labels ${quote(classes[wrong]!)} get lower scores for it than others); export it with its class labels`,
  );
}
