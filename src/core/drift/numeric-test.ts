import { gapLowerBound, kolmogorovSmirnovTest } from '../statistics/kolmogorov-smirnov.ts';
import { probabilityOfSuperiority } from '../statistics/superiority.ts';
import { scaledWasserstein } from '../statistics/wasserstein.ts';
import { type Effect, strongestEffect } from './column-test.ts';
import { EFFECT_CONFIDENCE, type MinimumEffects } from './minimum-effects.ts';

/** One-sided confidence of the lower end of a two-sided interval. */
const ONE_SIDED = 0.5 + EFFECT_CONFIDENCE / 2;

export type TestedSample = {
  readonly method: string;
  readonly statistic: number;
  readonly pValue: number;
  readonly effect: Effect;
};

/**
 * Compares finite numbers, both sides sorted ascending: the Kolmogorov-Smirnov test with the larger of two
 * effects, a shift of location (A12) and the scaled Wasserstein distance. Where the reference is constant it
 * has no scale, and the largest gap itself takes the distance's place.
 */
export function compareNumbers(
  reference: Float64Array,
  current: Float64Array,
  minimum: MinimumEffects,
): TestedSample {
  const { statistic, pValue } = kolmogorovSmirnovTest(reference, current);
  const effects = [
    ...shiftEffect(reference, current, minimum.superiority),
    distanceEffect(reference, current, minimum.wasserstein) ??
      gapEffect(statistic, { reference, current }, minimum.totalVariation),
  ];
  return { method: 'kolmogorov-smirnov', statistic, pValue, effect: strongestEffect(effects)! };
}

function shiftEffect(reference: Float64Array, current: Float64Array, minimum: number): Effect[] {
  const superiority = probabilityOfSuperiority(reference, current, {
    confidence: EFFECT_CONFIDENCE,
    minimumEffect: minimum,
  });
  if (!superiority.defined) return [];
  const { probability, interval } = superiority;
  const ends = [interval.low - 0.5, interval.high - 0.5].map((end) => Math.min(0.5, Math.max(-0.5, end)));
  const [low = 0, high = 0] = ends;
  const lowerBound = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
  return [
    {
      name: 'shift (distance of A12 from 0.5)',
      value: Math.abs(probability - 0.5),
      interval: [lowerBound, Math.max(Math.abs(low), Math.abs(high))],
      lowerBound,
      minimum,
    },
  ];
}

function distanceEffect(reference: Float64Array, current: Float64Array, minimum: number): Effect | undefined {
  const distance = scaledWasserstein(reference, current, ONE_SIDED);
  // Values near the largest double overflow; no distance can be told then.
  if (!distance.defined || !Number.isFinite(distance.scaled)) return undefined;
  const lowerBound = distance.scaledLowerBound;
  if (!Number.isFinite(lowerBound)) return undefined;
  return {
    name: 'wasserstein (in robust standard deviations)',
    value: distance.scaled,
    ...upperEnd(reference, current, { lowerBound, noise: distance.scaledNoise }),
    lowerBound,
    minimum,
  };
}

/** The same bound at the opposite confidence lies as far above; what chance adds is not taken off there. */
function upperEnd(
  reference: Float64Array,
  current: Float64Array,
  known: { readonly lowerBound: number; readonly noise: number },
): Pick<Effect, 'interval'> {
  const opposite = scaledWasserstein(reference, current, 1 - ONE_SIDED);
  const upper = opposite.defined ? opposite.scaledLowerBound + known.noise : Number.NaN;
  return Number.isFinite(upper) ? { interval: [known.lowerBound, Math.max(upper, known.lowerBound)] } : {};
}

function gapEffect(
  gap: number,
  samples: { readonly reference: Float64Array; readonly current: Float64Array },
  minimum: number,
): Effect {
  const sizes = { reference: samples.reference.length, current: samples.current.length };
  return {
    name: 'largest gap between the distribution functions',
    value: gap,
    lowerBound: gapLowerBound(gap, sizes, ONE_SIDED),
    minimum,
  };
}
