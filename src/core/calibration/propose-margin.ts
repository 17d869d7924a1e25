import { normalQuantile } from '../statistics/normal.ts';
import { studentQuantile } from '../statistics/student-t.ts';
import { mean, sampleVariance } from '../statistics/sums.ts';
import type { SpreadOfRetrainings } from './calibration.ts';

/** Chance with which one more retraining comes out not worse; then most new dozens keep four in five. */
export const INTENDED_CHANCE = 0.9;

export type MarginFacts = {
  /** Low ends of the intervals of the differences, which are what decides. */
  readonly lows: readonly number[];
  /** Mean distance from a difference down to the low end of its interval. */
  readonly reach: number;
  readonly spread: SpreadOfRetrainings;
};

/**
 * The margin with which one more retraining of the same recipe is not worse in 90 of 100 cases: the larger of two,
 * rounded up to two digits.
 *
 * On this holdout against this champion the low ends of retrainings are draws of one distribution, so that the
 * next one lies above the mean of the K seen less t(K − 1; 0.9)·s·√(1 + 1/K): the prediction bound of normal draws.
 *
 * On another holdout of this size, after another champion of the recipe, a difference has mean 0 and variance
 * se² + 2r² (noise of the holdout, and of two retrainings); its low end lies lower by the reach of the interval.
 * This keeps a champion that was unlucky here from making a margin that its successor cannot meet.
 */
export function proposeMargin({ lows, reach, spread }: MarginFacts): number {
  const count = lows.length;
  const width = studentQuantile(INTENDED_CHANCE, count - 1) * Math.sqrt(1 + 1 / count);
  const here = width * Math.sqrt(sampleVariance(lows)) - mean(lows);
  return roundUp(Math.max(here, marginElsewhere({ reach, spread })));
}

/**
 * The margin that a holdout like this one needs whatever champion is on it.
 * @param scale of the noise of the holdout: 1 for this one, 0.5 for one of four times the size.
 */
export function marginElsewhere({ reach, spread }: Pick<MarginFacts, 'reach' | 'spread'>, scale = 1): number {
  const deviation = Math.hypot(scale * spread.holdout, Math.SQRT2 * spread.retraining);
  return scale * reach + normalQuantile(INTENDED_CHANCE) * deviation;
}

/** The smallest number of two significant digits that is not smaller; of a number above 0. */
export function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  // A number that has two digits already must not be raised by an error in its last bit.
  const steps = Math.ceil(Number((value / unit).toPrecision(12)));
  return Number((steps * unit).toPrecision(2));
}
