import { describe, expect, it } from 'vitest';
import { marginElsewhere, proposeMargin, roundUp } from '../../../src/core/calibration/propose-margin.ts';
import { decomposeSpread } from '../../../src/core/calibration/spread.ts';
import { normalQuantile } from '../../../src/core/statistics/normal.ts';
import { createRandom, type Random } from '../../../src/core/statistics/random.ts';
import { mean } from '../../../src/core/statistics/sums.ts';

const Z = normalQuantile(0.975);
const COUNT = 12;
const TRIALS = 2000;

type World = {
  /** Noise that a holdout puts on the value of one model. */
  readonly holdout: number;
  /** Spread between retrainings. */
  readonly retraining: number;
};

function normal(random: Random): number {
  return normalQuantile((random.integer(2 ** 31) + 0.5) / 2 ** 31);
}

/** A holdout with its champion: what every retraining is held against. */
function drawChampion({ holdout, retraining }: World, random: Random): number {
  return retraining * normal(random) + holdout * normal(random);
}

function drawDifferences(world: World, champion: number, random: Random): number[] {
  return Array.from(
    { length: COUNT },
    () => world.retraining * normal(random) + world.holdout * normal(random) - champion,
  );
}

function propose(world: World, differences: readonly number[]): number {
  const standardError = Math.SQRT2 * world.holdout;
  const errors = differences.map(() => standardError);
  const spread = decomposeSpread({ differences, standardErrors: errors, pairErrors: errors.slice(0, 6) });
  const reach = Z * standardError;
  return proposeMargin({ lows: differences.map((difference) => difference - reach), reach, spread });
}

function shareNotWorse(world: World, differences: readonly number[], margin: number): number {
  const reach = Z * Math.SQRT2 * world.holdout;
  return mean(differences.map((difference) => Number(difference - reach > -margin)));
}

/** How often a margin from one dozen holds for a second dozen: on the same holdout, and on another. */
function simulate(world: World) {
  const random = createRandom(7);
  const trials = Array.from({ length: TRIALS }, () => {
    const champion = drawChampion(world, random);
    const margin = propose(world, drawDifferences(world, champion, random));
    const here = shareNotWorse(world, drawDifferences(world, champion, random), margin);
    const next = drawDifferences(world, drawChampion(world, random), random);
    return { here, elsewhere: shareNotWorse(world, next, margin) };
  });
  return {
    here: mean(trials.map(({ here }) => here)),
    elsewhere: mean(trials.map(({ elsewhere }) => elsewhere)),
    dozensHere: mean(trials.map(({ here }) => Number(here >= 0.8))),
    dozensElsewhere: mean(trials.map(({ elsewhere }) => Number(elsewhere >= 0.8))),
  };
}

describe('the proposed margin', () => {
  it.each([
    ['holdout noise alone', { holdout: 0.01, retraining: 0 }],
    ['as much of each', { holdout: 0.01, retraining: 0.01 }],
    ['mostly retraining', { holdout: 0.002, retraining: 0.01 }],
  ])('lets nine of ten further retrainings pass with %s', (_name, world) => {
    const found = simulate(world);
    expect(found.here).toBeGreaterThan(0.9);
    expect(found.elsewhere).toBeGreaterThan(0.9);
    // Not by being as wide as one likes: on another holdout it is no wider than that takes.
    expect(found.elsewhere).toBeLessThan(0.94);
    // Four in five of a second dozen on the same holdout, nearly always.
    expect(found.dozensHere).toBeGreaterThan(0.92);
    expect(found.dozensElsewhere).toBeGreaterThan(0.82);
  });

  it('makes room for retrainings that lose against a lucky champion', () => {
    const differences = [-0.052, -0.05, -0.048];
    const spread = decomposeSpread({ differences, standardErrors: [0.001], pairErrors: [] });
    const lows = differences.map((difference) => difference - 0.002);
    expect(proposeMargin({ lows, reach: 0.002, spread })).toBeGreaterThan(0.052);
  });

  it('does not count on a champion that was unlucky', () => {
    const differences = [0.048, 0.05, 0.052];
    const spread = decomposeSpread({ differences, standardErrors: [0.01], pairErrors: [] });
    const lows = differences.map((difference) => difference - 0.02);
    const margin = proposeMargin({ lows, reach: 0.02, spread });
    expect(margin).toBeGreaterThanOrEqual(marginElsewhere({ reach: 0.02, spread }));
    expect(margin).toBeGreaterThan(0.03);
  });
});

describe('roundUp', () => {
  it.each([
    [0.01234, 0.013],
    [0.012, 0.012],
    [0.0121, 0.013],
    [0.0995, 0.1],
    [0.3, 0.3],
    [7, 7],
    [123, 130],
    [0.1 + 0.2, 0.3],
    [1.1e-7, 1.1e-7],
  ])('makes %d to %d', (value, rounded) => {
    expect(roundUp(value)).toBe(rounded);
  });
});
