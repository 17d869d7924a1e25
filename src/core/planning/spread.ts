import { type PowerOptions, rowsNeeded } from '../statistics/sample-size.ts';
import { pairedMeanRows } from './paired-means.ts';
import { nonInferiorityRows, superiorityRows } from './paired-outcomes.ts';
import { areaRows } from './ranked-areas.ts';

/** What is known of how much the difference of two models scatters from holdout to holdout. */
export type Spread =
  | {
      readonly kind: 'outcomes';
      /** Share of the rows where exactly one of the two models is right. */
      readonly discordance: number;
    }
  | {
      readonly kind: 'means';
      /** Standard deviation of the per-row difference of the two models, in the unit of the metric. */
      readonly standardDeviation: number;
    }
  | {
      readonly kind: 'areas';
      readonly area: number;
      readonly prevalence: number;
      readonly correlation: number;
    }
  | {
      readonly kind: 'pilot';
      /** Of the difference, on so many rows (or groups). */
      readonly standardError: number;
      readonly units: number;
    };

/**
 * Rows (of a pilot by groups: groups) on which an equal challenger is found not worse by `margin` with the
 * wanted power; not rounded.
 */
export function unitsForNotWorse(spread: Spread, margin: number, options: PowerOptions): number {
  switch (spread.kind) {
    case 'outcomes':
      return nonInferiorityRows(spread.discordance, { margin }, options);
    case 'means':
      return pairedMeanRows(margin / spread.standardDeviation, options);
    case 'areas':
      return areaRows({ ...spread, trueDifference: 0 }, margin, options);
    case 'pilot':
      return rowsNeeded({ rows: spread.units, standardError: spread.standardError }, margin, options);
  }
}

/** As `unitsForNotWorse`, for a true gain to be called better; undefined where so large a gain cannot be. */
export function unitsForBetter(spread: Spread, gain: number, options: PowerOptions): number | undefined {
  switch (spread.kind) {
    case 'outcomes':
      return gain > spread.discordance ? undefined : superiorityRows(spread.discordance, gain, options);
    case 'means':
      return pairedMeanRows(gain / spread.standardDeviation, options);
    case 'areas':
      if (spread.area + gain >= 1) return undefined;
      return areaRows({ ...spread, trueDifference: gain }, gain, options);
    case 'pilot':
      return rowsNeeded({ rows: spread.units, standardError: spread.standardError }, gain, options);
  }
}
