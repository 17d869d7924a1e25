import type { HistogramBin } from './profile.ts';

/** Probabilities of the quantiles of a profile. */
export const PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

const BINS = 20;

/** Parts of a distribution with equal shares. */
const PARTS = 20;

/** Distinct values whose moments are taken together. */
const BLOCK = 4096;

/** What has to be known of finite numbers before they come. */
export type SortedExtent = {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Bars of the histogram are then of whole numbers. */
  readonly isInteger: boolean;
};

/** The finite numbers of a column; what cannot be told of them is absent. */
export type NumberSummary = {
  /** Absent where the range of the values is no finite number. */
  readonly mean?: number;
  /** With divisor n - 1; absent for a single value. */
  readonly standardDeviation?: number;
  /** Type 7, by their probability. */
  readonly quantiles: Readonly<Record<string, number>>;
  readonly histogram?: readonly HistogramBin[];
  readonly parts: { readonly borders: readonly number[]; readonly counts: readonly number[] };
};

/**
 * Summarises numbers that come sorted, each value with the number of its rows: everything in one pass, in memory
 * that does not grow with them, and to the same bits however they are cut into pieces.
 */
export class SortedSummary {
  readonly #extent: SortedExtent;
  readonly #ranks: RankReader;
  readonly #moments: Moments;
  readonly #histogram: HistogramCounter | undefined;

  constructor(extent: SortedExtent) {
    this.#extent = extent;
    this.#ranks = new RankReader(extent.count, [...PROBABILITIES, ...partProbabilities()]);
    this.#moments = new Moments(extent.minimum);
    const hasBars = Number.isFinite(extent.maximum - extent.minimum);
    this.#histogram = hasBars ? new HistogramCounter(extent) : undefined;
  }

  /** Takes the next values, ascending, each with the number of rows that have it. */
  add(values: Float64Array, counts: Float64Array, length = values.length): void {
    for (let index = 0; index < length; index++) this.#ranks.add(values[index]!, counts[index]!);
    if (this.#histogram === undefined) return;
    for (let index = 0; index < length; index++) this.#histogram.add(values[index]!, counts[index]!);
    for (let index = 0; index < length; index++) this.#moments.add(values[index]!, counts[index]!);
  }

  finish(): NumberSummary {
    return {
      ...(this.#histogram ? this.#moments.finish(this.#extent) : {}),
      quantiles: Object.fromEntries(PROBABILITIES.map((p) => [String(p), this.#ranks.quantile(p)])),
      ...(this.#histogram ? { histogram: this.#histogram.finish() } : {}),
      parts: this.#ranks.parts(partProbabilities()),
    };
  }
}

function partProbabilities(): readonly number[] {
  return Array.from({ length: PARTS + 1 }, (_, part) => part / PARTS);
}

/** A value, and how many are smaller. */
type RankedValue = { readonly value: number; readonly below: number };

/** Keeps the values at the ranks that quantiles lie between. */
class RankReader {
  readonly #count: number;
  readonly #ranks: readonly number[];
  readonly #found = new Map<number, RankedValue>();
  #next = 0;
  #seen = 0;
  #value = Number.NaN;
  #below = 0;

  constructor(count: number, probabilities: readonly number[]) {
    this.#count = count;
    const ranks = probabilities.flatMap((p) => {
      const rank = Math.floor((count - 1) * p);
      return [rank, Math.min(rank + 1, count - 1)];
    });
    this.#ranks = [...new Set(ranks)].sort((left, right) => left - right);
  }

  add(value: number, count: number): void {
    // Whole numbers beyond 2^53 are distinct and may be the same as a number.
    if (value !== this.#value) {
      this.#value = value;
      this.#below = this.#seen;
    }
    this.#seen += count;
    while (this.#next < this.#ranks.length && this.#ranks[this.#next]! < this.#seen) {
      this.#found.set(this.#ranks[this.#next]!, { value, below: this.#below });
      this.#next += 1;
    }
  }

  quantile(probability: number): number {
    const position = (this.#count - 1) * probability;
    const rank = Math.floor(position);
    const low = this.#found.get(rank)!.value;
    if (rank === position) return low;
    const high = this.#found.get(rank + 1)!.value;
    const share = position - rank;
    const step = high - low;
    return Number.isFinite(step) ? low + share * step : low * (1 - share) + high * share;
  }

  /** The distinct inner borders; the outer parts are open, and a value on a border belongs to the part above. */
  parts(probabilities: readonly number[]): NumberSummary['parts'] {
    const borders = new Map<number, number>();
    for (const probability of probabilities) {
      const rank = Math.floor((this.#count - 1) * probability);
      const border = this.quantile(probability);
      const low = this.#found.get(rank)!;
      const below = border === low.value ? low.below : this.#found.get(rank + 1)!.below;
      borders.set(border, below);
    }
    const inner = [...borders].sort(([left], [right]) => left - right).slice(1, -1);
    const limits = [0, ...inner.map(([, below]) => below), this.#count];
    return {
      borders: inner.map(([border]) => border),
      counts: limits.slice(1).map((limit, part) => limit - limits[part]!),
    };
  }
}

/**
 * Mean and sum of squared deviations, block by block, merged by the formula of Chan, Golub and LeVeque (1983): all
 * terms are positive, so nothing is lost to cancellation. Values are taken as distances from the smallest.
 */
class Moments {
  readonly #origin: number;
  readonly #values = new Float64Array(BLOCK);
  readonly #weights = new Float64Array(BLOCK);
  #filled = 0;
  #weight = 0;
  #mean = 0;
  #squares = 0;

  constructor(origin: number) {
    this.#origin = origin;
  }

  add(value: number, weight: number): void {
    this.#values[this.#filled] = value - this.#origin;
    this.#weights[this.#filled] = weight;
    this.#filled += 1;
    if (this.#filled === BLOCK) this.#mergeBlock();
  }

  #mergeBlock(): void {
    const first = this.#values[0]!;
    let weight = 0;
    let sum = 0;
    for (let index = 0; index < this.#filled; index++) {
      weight += this.#weights[index]!;
      sum += this.#weights[index]! * (this.#values[index]! - first);
    }
    const mean = first + sum / weight;
    let squares = 0;
    for (let index = 0; index < this.#filled; index++) {
      squares += this.#weights[index]! * (this.#values[index]! - mean) ** 2;
    }
    const step = mean - this.#mean;
    const total = this.#weight + weight;
    this.#squares += squares + step * step * this.#weight * (weight / total);
    this.#mean += step * (weight / total);
    this.#weight = total;
    this.#filled = 0;
  }

  finish({ count, minimum, maximum }: SortedExtent): Pick<NumberSummary, 'mean' | 'standardDeviation'> {
    if (this.#filled > 0) this.#mergeBlock();
    const mean = minimum === maximum ? minimum : this.#origin + this.#mean;
    if (count < 2 || !Number.isFinite(mean)) return { mean };
    return { mean, standardDeviation: Math.sqrt(this.#squares / (count - 1)) };
  }
}

class HistogramCounter {
  readonly #edges: readonly number[];
  readonly #counts: number[];
  #bar = 0;

  constructor(extent: SortedExtent) {
    this.#edges = edgesOf(extent);
    this.#counts = this.#edges.slice(1).map(() => 0);
  }

  add(value: number, count: number): void {
    while (this.#bar < this.#counts.length - 1 && value >= this.#edges[this.#bar + 1]!) this.#bar += 1;
    this.#counts[this.#bar] = this.#counts[this.#bar]! + count;
  }

  finish(): readonly HistogramBin[] {
    return this.#counts.map((count, bar) => ({ from: this.#edges[bar]!, to: this.#edges[bar + 1]!, count }));
  }
}

/** Bars of equal width from the smallest to the largest value; of whole numbers for integers. */
function edgesOf({ minimum, maximum, isInteger }: SortedExtent): readonly number[] {
  if (minimum === maximum) return [minimum, maximum];
  if (isInteger && Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)) {
    const width = Math.ceil((maximum - minimum + 1) / BINS);
    const count = Math.ceil((maximum - minimum + 1) / width);
    return Array.from({ length: count + 1 }, (_, index) => minimum + index * width);
  }
  const width = (maximum - minimum) / BINS;
  const edges = Array.from({ length: BINS + 1 }, (_, index) =>
    index === BINS ? maximum : minimum + index * width,
  );
  return edges.filter((edge, index) => index === 0 || edge > edges[index - 1]!);
}
