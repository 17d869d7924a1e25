import type { DriftConfiguration } from '../configuration/configuration.ts';

/** How large a change must be to matter, for each way a change is measured. */
export type MinimumEffects = {
  /** Distance of the probability of superiority (A12) from 0.5. */
  readonly superiority: number;
  /** Wasserstein-1 distance over the robust scale of the reference. */
  readonly wasserstein: number;
  /** Total variation distance, 0 … 1; also of the largest gap between distribution functions. */
  readonly totalVariation: number;
  /** Difference of two shares of rows (missing, infinite). */
  readonly share: number;
};

/**
 * A12: what two normal distributions give whose means lie Cohen's (1988) 0.2, 0.5 and 0.8 standard
 * deviations apart (Φ(d/√2) - ½ = 0.056, 0.138, 0.214). Wasserstein: half of those, since it also answers to
 * changes of spread and shape, which move less mass than a shift that is as plain to see. Total variation:
 * the share of rows that would have to change their value; the same shifts give 0.08, 0.20 and 0.31 there, but
 * a twentieth of the rows in another category is worth a look at `small`. Shares of missing values: 2 % at
 * every setting, because a column that breaks is news whatever the size.
 */
export const MINIMUM_EFFECTS: Readonly<Record<DriftConfiguration['minimumEffect'], MinimumEffects>> = {
  small: { superiority: 0.06, wasserstein: 0.1, totalVariation: 0.05, share: 0.02 },
  medium: { superiority: 0.14, wasserstein: 0.25, totalVariation: 0.1, share: 0.02 },
  large: { superiority: 0.21, wasserstein: 0.4, totalVariation: 0.2, share: 0.02 },
};

/** Rows with a value that each side needs before a column is compared at all. */
export const MINIMUM_ROWS = 200;

/** Confidence of the printed two-sided intervals of effects; their lower end decides. */
export const EFFECT_CONFIDENCE = 0.95;
