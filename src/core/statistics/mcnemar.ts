/** Paired right-or-wrong outcomes: McNemar's mid-p test with Tango's score interval. */

import { binomialCdf, binomialProbability } from './binomial.ts';
import type { Interval } from './interval.ts';
import { invertMonotone } from './inversion.ts';
import { twoSidedZ } from './normal.ts';

/** How two models fared on the same rows. */
export type PairedOutcomes = {
  readonly rows: number;
  /** Rows the champion got right and the challenger wrong. */
  readonly onlyChampion: number;
  /** Rows the challenger got right and the champion wrong. */
  readonly onlyChallenger: number;
};

export type McnemarComparison = {
  /** Share of right rows, challenger less champion. */
  readonly difference: number;
  readonly interval: Interval;
  readonly pValue: number;
};

/** Counts the discordant rows of two series of 0 (wrong) and 1 (right). */
export function countPairedOutcomes(
  champion: ArrayLike<number>,
  challenger: ArrayLike<number>,
): PairedOutcomes {
  let onlyChampion = 0;
  let onlyChallenger = 0;
  for (let row = 0; row < champion.length; row++) {
    if (champion[row]! > challenger[row]!) onlyChampion++;
    else if (champion[row]! < challenger[row]!) onlyChallenger++;
  }
  return { rows: champion.length, onlyChampion, onlyChallenger };
}

/** The difference of two proportions of right rows, with interval and two-sided mid-p (Fagerland, 2013). */
export function compareOutcomes(outcomes: PairedOutcomes, confidence: number): McnemarComparison {
  return {
    difference: (outcomes.onlyChallenger - outcomes.onlyChampion) / outcomes.rows,
    interval: tangoInterval(outcomes, confidence),
    pValue: mcnemarMidP(outcomes),
  };
}

/** Two-sided mid-p: the exact p-value less half of what the exact test wastes. */
export function mcnemarMidP({ onlyChampion, onlyChallenger }: PairedOutcomes): number {
  const discordant = onlyChampion + onlyChallenger;
  const smaller = Math.min(onlyChampion, onlyChallenger);
  if (discordant === 0) return 1;
  const here = binomialProbability(smaller, discordant, 0.5);
  if (onlyChampion === onlyChallenger) return 1 - here / 2;
  return Math.min(1, 2 * binomialCdf(smaller, discordant, 0.5) - here);
}

/** Tango's (1998) score interval of the paired difference; it bounds the difference even without discordant rows. */
export function tangoInterval(outcomes: PairedOutcomes, confidence: number): Interval {
  const z = twoSidedZ(confidence);
  // The score falls as the supposed difference rises.
  const low = invertMonotone((difference) => z - tangoScore(outcomes, difference), -1, 1);
  const high = invertMonotone((difference) => -z - tangoScore(outcomes, difference), -1, 1);
  return { low, high };
}

function tangoScore({ rows, onlyChampion, onlyChallenger }: PairedOutcomes, difference: number): number {
  const numerator = onlyChallenger - onlyChampion - rows * difference;
  const a = 2 * rows;
  const b = -(onlyChallenger + onlyChampion) + (2 * rows - onlyChallenger + onlyChampion) * difference;
  const c = -onlyChampion * difference * (1 - difference);
  const share = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const variance = rows * (2 * share + difference * (1 - difference));
  return variance <= 0 ? numerator * Number.POSITIVE_INFINITY || 0 : numerator / Math.sqrt(variance);
}
