/**
 * The one source of randomness: mulberry32, a counter-based 32-bit generator with period 2^32.
 * Equal seeds give equal draws on every machine.
 */

const COUNTER_STEP = 0x6d2b79f5;
const TWO_TO_32 = 4294967296;

/** A stream of random numbers; asking it moves it on. */
export type Random = {
  /** Uniform on [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Uniform on the whole numbers 0 … bound - 1, for a bound from 1 to 2^32. */
  integer(bound: number): number;
};

/**
 * A stream that starts at a seed (any number; its lower 32 bits count). `position` skips that many
 * draws at no cost, so that any part of a long stream can be drawn alone.
 */
export function createRandom(seed: number, position = 0): Random {
  let state = stateAt(seed, position);
  function uniform(): number {
    state = (state + COUNTER_STEP) | 0;
    return scramble(state) / TWO_TO_32;
  }
  return { uniform, integer: (bound) => Math.floor(uniform() * bound) };
}

/** Where and how often to draw: see `countDraws`. */
export type DrawPlan = {
  readonly seed: number;
  /** Draws of the stream that come before these. */
  readonly position: number;
  readonly draws: number;
  /** Items are drawn with replacement from 0 … items - 1. */
  readonly items: number;
};

/**
 * Adds to `counts[offset + item]` how often each item was drawn. The same as asking
 * `createRandom(seed, position).integer(items)` that many times, in one tight loop.
 */
export function countDraws(plan: DrawPlan, counts: Float64Array | Uint8Array, offset = 0): void {
  const { draws, items } = plan;
  let state = stateAt(plan.seed, plan.position);
  for (let draw = 0; draw < draws; draw++) {
    state = (state + COUNTER_STEP) | 0;
    const item = Math.floor((scramble(state) / TWO_TO_32) * items);
    counts[offset + item] = counts[offset + item]! + 1;
  }
}

const WORD = 65_536;

/** The count that each of 2^16 equally likely numbers stands for: Poisson of mean 1, to 2^-16. */
const poissonCounts = tabulatePoisson();

function tabulatePoisson(): Uint8Array {
  const table = new Uint8Array(WORD);
  let filled = 0;
  let probability = Math.exp(-1);
  let cumulated = 0;
  for (let count = 0; filled < WORD; count++) {
    cumulated += probability;
    const end = count > 8 ? WORD : Math.round(cumulated * WORD);
    table.fill(count, filled, end);
    filled = end;
    probability /= count + 1;
  }
  return table;
}

/**
 * Fills `counts` with independent Poisson counts of mean 1, two for each draw of the stream. `position` is the
 * number of draws of the stream that come before.
 */
export function drawPoissonCounts(
  { seed, position }: { readonly seed: number; readonly position: number },
  counts: Float64Array | Uint8Array,
): void {
  let state = stateAt(seed, position);
  const pairs = counts.length - (counts.length % 2);
  for (let index = 0; index < pairs; index += 2) {
    state = (state + COUNTER_STEP) | 0;
    const bits = scramble(state);
    counts[index] = poissonCounts[bits & 0xffff]!;
    counts[index + 1] = poissonCounts[bits >>> 16]!;
  }
  if (pairs < counts.length) counts[pairs] = poissonCounts[scramble((state + COUNTER_STEP) | 0) & 0xffff]!;
}

/** Puts the items into random order, in place (Fisher-Yates from the end). */
export function shuffle(items: { length: number; [index: number]: number }, random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const chosen = random.integer(last + 1);
    const kept = items[last]!;
    items[last] = items[chosen]!;
    items[chosen] = kept;
  }
}

function stateAt(seed: number, position: number): number {
  return (seed + Math.imul(position % TWO_TO_32, COUNTER_STEP)) | 0;
}

function scramble(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
