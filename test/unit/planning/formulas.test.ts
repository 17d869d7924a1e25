import { describe, expect, it } from 'vitest';
import { designEffect } from '../../../src/core/planning/design-effect.ts';
import {
  type Adaptivity,
  activeLabels,
  bennettRows,
  hoeffdingRows,
  hoeffdingSumRows,
} from '../../../src/core/planning/distribution-free.ts';
import { rowsForHalfWidth, shareHalfWidth } from '../../../src/core/planning/interval-width.ts';
import { pairedMeanRows, pairedMeanRowsNormal } from '../../../src/core/planning/paired-means.ts';
import { nonInferiorityRows, superiorityRows } from '../../../src/core/planning/paired-outcomes.ts';
import { areaRows, hanleyMcNeilStandardError } from '../../../src/core/planning/ranked-areas.ts';
import { separateRows } from '../../../src/core/planning/separate-rows.ts';
import { noncentralStudentSurvival } from '../../../src/core/statistics/noncentral-t.ts';
import { normalQuantile, twoSidedZ } from '../../../src/core/statistics/normal.ts';
import { correctedResampledT } from '../../../src/core/statistics/resampled-t.ts';
import { minimumDetectableDifference, rowsNeeded } from '../../../src/core/statistics/sample-size.ts';
import { studentTwoSidedP } from '../../../src/core/statistics/student-t.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';

const customary = { confidence: 0.95, power: 0.8 };

describe('rows of the specification', () => {
  it.each([
    [0.1, 0.02, 1960],
    [0.1, 0.01, 7847],
  ])('McNemar: %d discordant, %d better', (discordance, difference, rows) => {
    expect(Math.ceil(superiorityRows(discordance, difference, customary))).toBe(rows);
  });

  it('non-inferiority of 0.01 at 10 % discordant, one-sided 5 %', () => {
    expect(Math.ceil(nonInferiorityRows(0.1, { margin: 0.01 }, { confidence: 0.9, power: 0.8 }))).toBe(6183);
  });

  it('a tenth of a standard deviation: 787 by the exact t', () => {
    expect(Math.ceil(pairedMeanRows(0.1, customary))).toBe(787);
  });

  it('the two forms of the paired mean meet where the normal one takes over', () => {
    const beyond = (standardized: number) =>
      pairedMeanRows(standardized, customary) - pairedMeanRowsNormal(standardized, customary);
    const [below, above] = [beyond(0.01982), beyond(0.0198)];
    expect(pairedMeanRowsNormal(0.01982, customary)).toBeLessThan(20_000);
    expect(pairedMeanRowsNormal(0.0198, customary)).toBeGreaterThan(20_000);
    expectClose(below, above, 1e-3);
  });

  it('without anything to find the noncentral t is the central one', () => {
    for (const degreesOfFreedom of [1, 2, 5, 40, 3000])
      expectClose(
        noncentralStudentSurvival(1.3, degreesOfFreedom, 0),
        studentTwoSidedP(1.3, degreesOfFreedom) / 2,
        1e-9,
      );
  });

  it('an area wide enough apart takes one row of each class at the least', () => {
    const plan = { area: 0.999, trueDifference: 0, prevalence: 0.1, correlation: 0.99 };
    expect(areaRows(plan, 0.9, customary)).toBe(10);
  });

  it('the rows of an area give the standard error that was asked for', () => {
    const plan = { area: 0.8, trueDifference: 0, prevalence: 0.5, correlation: 0 };
    const rows = areaRows(plan, 0.05, customary);
    const error = hanleyMcNeilStandardError(0.8, rows / 2, rows / 2) * Math.SQRT2;
    expectClose(minimumDetectableDifference(error, customary), 0.05, 1e-10);
  });

  it('groups of 25 alike to a tenth take 3.4 times the rows', () => {
    expectClose(designEffect({ size: 25, correlation: 0.1 }), 3.4, 1e-14);
    expect(designEffect({ size: 25, correlation: 0 })).toBe(1);
    expect(designEffect({ size: 25, correlation: 1 })).toBe(25);
  });

  it('folds that say nothing say so', () => {
    expect(correctedResampledT({ differences: [0.1], testRows: 10, trainingRows: 90 })).toMatchObject({
      defined: false,
    });
    expect(correctedResampledT({ differences: [0.1, 0.1], testRows: 10, trainingRows: 90 })).toMatchObject({
      defined: false,
    });
  });
});

type Power = {
  readonly 'z_alpha_one_sided_.05': number;
  readonly 'z_beta_.8': number;
  readonly 'z_alpha_two_sided_.05': number;
  readonly mcnemar_connor_miettinen: readonly {
    readonly p_champion_only: number;
    readonly p_challenger_only: number;
    readonly alpha_two_sided: number;
    readonly power: number;
    readonly n: number;
    readonly n_unrounded: number;
  }[];
  readonly noninferiority_accuracy: readonly {
    readonly discordant: number;
    readonly margin: number;
    readonly true_delta: number;
    readonly alpha_one_sided: number;
    readonly power: number;
    readonly n: number;
  }[];
  readonly paired_mean_t: readonly {
    readonly d_over_sd: number;
    readonly alpha_two_sided: number;
    readonly power: number;
    readonly n_statsmodels_TTestPower: number;
    readonly n_normal_approx: number;
  }[];
  readonly two_prop_independent: readonly {
    readonly p1: number;
    readonly p2: number;
    readonly n_per_group_statsmodels: number;
  }[];
  readonly hanley_mcneil_se: readonly {
    readonly auc: number;
    readonly n_pos: number;
    readonly n_neg: number;
    readonly se: number;
  }[];
  readonly mde_from_se: {
    readonly example: {
      readonly n0: number;
      readonly se0: number;
      readonly delta: number;
      readonly alpha_two_sided: number;
      readonly power: number;
      readonly n_needed: number;
      readonly mde_at_n0: number;
    };
  };
  readonly accuracy_ci_halfwidth: readonly {
    readonly p: number;
    readonly n: number;
    readonly wilson: readonly [number, number];
  }[];
  readonly nadeau_bengio: {
    readonly diffs: readonly number[];
    readonly n_test: number;
    readonly n_train: number;
    readonly t: number;
    readonly df: number;
    readonly p_two_sided: number;
    readonly naive_p: number;
  };
};

describeWithSharedData('power.json', () => {
  const golden = readGolden<Power>('power');

  it('z values', () => {
    expectClose(normalQuantile(0.95), golden['z_alpha_one_sided_.05'], 1e-12);
    expectClose(normalQuantile(0.8), golden['z_beta_.8'], 1e-12);
    expectClose(twoSidedZ(0.95), golden['z_alpha_two_sided_.05'], 1e-12);
  });

  it.each(golden.mcnemar_connor_miettinen)('McNemar $p_champion_only / $p_challenger_only', (entry) => {
    const options = { confidence: 1 - entry.alpha_two_sided, power: entry.power };
    const discordance = entry.p_champion_only + entry.p_challenger_only;
    const rows = superiorityRows(discordance, entry.p_challenger_only - entry.p_champion_only, options);
    expectClose(rows, entry.n_unrounded, 1e-10);
    expect(Math.ceil(rows)).toBe(entry.n);
  });

  it.each(golden.noninferiority_accuracy)('margin $margin, truly $true_delta', (entry) => {
    const options = { confidence: 1 - 2 * entry.alpha_one_sided, power: entry.power };
    const rows = nonInferiorityRows(
      entry.discordant,
      { margin: entry.margin, trueDifference: entry.true_delta },
      options,
    );
    expect(Math.ceil(rows)).toBe(entry.n);
  });

  it.each(golden.paired_mean_t)('paired mean of $d_over_sd standard deviations', (entry) => {
    const options = { confidence: 1 - entry.alpha_two_sided, power: entry.power };
    // The tail beyond the other side is known to its makers to eight digits only.
    expectClose(pairedMeanRows(entry.d_over_sd, options), entry.n_statsmodels_TTestPower, 1e-7);
    expectClose(pairedMeanRowsNormal(entry.d_over_sd, options), entry.n_normal_approx, 1e-10);
  });

  it.each(golden.two_prop_independent)('separate rows for $p1 and $p2', (entry) => {
    expectClose(separateRows(entry.p1, entry.p2, customary), entry.n_per_group_statsmodels, 1e-8);
  });

  it.each(golden.hanley_mcneil_se)('Hanley and McNeil, area $auc', ({ auc, n_pos, n_neg, se }) => {
    expectClose(hanleyMcNeilStandardError(auc, n_pos, n_neg), se, 1e-10);
  });

  it('a pilot scales', () => {
    const { example } = golden.mde_from_se;
    const options = { confidence: 1 - example.alpha_two_sided, power: example.power };
    expectClose(minimumDetectableDifference(example.se0, options), example.mde_at_n0, 1e-10);
    const pilot = { rows: example.n0, standardError: example.se0 };
    expect(rowsNeeded(pilot, example.delta, options)).toBe(Math.ceil(example.n_needed));
  });

  it.each(golden.accuracy_ci_halfwidth)('half width of a share of $p on $n rows', ({ p, n, wilson }) => {
    const halfWidth = (wilson[1] - wilson[0]) / 2;
    expectClose(shareHalfWidth(p, n, 0.95), halfWidth, 1e-10);
    expectClose(rowsForHalfWidth(p, halfWidth, 0.95), n, 1e-8);
  });

  it('folds of a cross-validation', () => {
    const { diffs, n_test, n_train, ...wanted } = golden.nadeau_bengio;
    const result = correctedResampledT({ differences: diffs, testRows: n_test, trainingRows: n_train });
    if (!result.defined) throw new Error(result.reason);
    expectClose(result.t, wanted.t, 1e-10);
    expect(result.degreesOfFreedom).toBe(wanted.df);
    expectClose(result.pValue, wanted.p_two_sided, 1e-9);
    const naive = result.mean / (result.standardDeviation / Math.sqrt(diffs.length));
    expectClose(studentTwoSidedP(naive, wanted.df), wanted.naive_p, 1e-9);
  });
});

type Easeml = {
  readonly repo_notebook_value: { readonly reliability: number; readonly steps: number; readonly N: number };
  readonly table_fig2: readonly {
    readonly reliability: number;
    readonly epsilon: number;
    readonly H: number;
    readonly F1_F4_none: number;
    readonly F1_F4_full: number;
    readonly F2_F3_none: number;
    readonly F2_F3_full: number;
  }[];
  readonly single_clause: {
    readonly reliability: number;
    readonly H: number;
    readonly none: number;
    readonly full: number;
  };
  readonly bennett_optimisation: {
    readonly p: number;
    readonly reliability: number;
    readonly eps: number;
    readonly H: number;
    readonly none: number;
    readonly full: number;
    readonly active_labeling_labels_per_commit: number;
    readonly hoeffding_baseline_none: number;
    readonly hoeffding_baseline_full: number;
  };
  readonly semeval_experiment: Readonly<Record<string, number>>;
};

describeWithSharedData('easeml_ci.json', () => {
  const golden = readGolden<Easeml>('easeml_ci');

  it.each(golden.table_fig2)('the table: $reliability, $epsilon', (entry) => {
    const options = (adaptivity: Adaptivity) => ({
      reliability: entry.reliability,
      uses: entry.H,
      adaptivity,
    });
    expect({
      F1_F4_none: Math.ceil(hoeffdingRows(entry.epsilon, options('none'))),
      F1_F4_full: Math.ceil(hoeffdingRows(entry.epsilon, options('full'))),
      F2_F3_none: Math.ceil(hoeffdingSumRows(2, entry.epsilon, options('none'))),
      F2_F3_full: Math.ceil(hoeffdingSumRows(2, entry.epsilon, options('full'))),
    }).toEqual({
      F1_F4_none: entry.F1_F4_none,
      F1_F4_full: entry.F1_F4_full,
      F2_F3_none: entry.F2_F3_none,
      F2_F3_full: entry.F2_F3_full,
    });
  });

  it("the repository's own notebook", () => {
    const { reliability, steps: uses, N } = golden.repo_notebook_value;
    expect(Math.ceil(hoeffdingSumRows(2, 0.1, { reliability, uses, adaptivity: 'full' }))).toBe(N);
  });

  it('a single clause', () => {
    const { reliability, H: uses, none, full } = golden.single_clause;
    expect(Math.ceil(hoeffdingRows(0.05, { reliability, uses, adaptivity: 'none' }))).toBe(none);
    expect(Math.ceil(hoeffdingRows(0.05, { reliability, uses, adaptivity: 'full' }))).toBe(full);
  });

  it("Bennett's bound, and labels of the rows where the models differ", () => {
    const { p: discordance, reliability, eps, H: uses, ...wanted } = golden.bennett_optimisation;
    const options = { discordance, reliability, uses };
    expectClose(bennettRows(eps, { ...options, adaptivity: 'none' }), wanted.none, 1e-10);
    expectClose(bennettRows(eps, { ...options, adaptivity: 'full' }), wanted.full, 1e-10);
    expect(Math.floor(wanted.none)).toBe(29_047);
    expect(Math.floor(wanted.full)).toBe(67_705);
    expectClose(
      activeLabels(eps, { discordance, reliability }),
      wanted.active_labeling_labels_per_commit,
      1e-10,
    );
    const hoeffding = (adaptivity: Adaptivity) =>
      Math.ceil(hoeffdingSumRows(2, eps, { reliability, uses, adaptivity }));
    expect(hoeffding('none')).toBe(wanted.hoeffding_baseline_none);
    expect(hoeffding('full')).toBe(wanted.hoeffding_baseline_full);
  });

  it('the experiment, where the share of differing rows is known', () => {
    const known = { discordance: 0.1, discordanceIsKnown: true, reliability: 0.998, uses: 7 };
    const { semeval_experiment: wanted } = golden;
    expectClose(bennettRows(0.02, { ...known, adaptivity: 'none' }), wanted['nonadaptive_eps.02']!, 1e-10);
    expectClose(bennettRows(0.022, { ...known, adaptivity: 'full' }), wanted['adaptive_eps.022']!, 1e-10);
    const baseline = { reliability: 0.998, uses: 7, adaptivity: 'none' as const };
    expect(Math.ceil(hoeffdingSumRows(2, 0.02, baseline))).toBe(wanted['hoeffding_none_eps.02']);
  });
});
