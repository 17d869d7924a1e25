/** What verdicts promise: no luck called better, gains found, decisions at the rows that were asked for. */

import { compareModels, type Judgement } from '../../src/core/comparison/compare-models.ts';
import type { ComparisonInput, ComparisonRules } from '../../src/core/comparison/judge-context.ts';
import { metricNamed, REPLICATES } from './coverage.ts';
import { drawBinary, drawRegression, type Pair, type Recipe } from './made-models.ts';
import { percent, RUNS, type Simulation, type SimulationRow } from './simulation.ts';

type Setting = {
  readonly recipe: Recipe;
  readonly draw?: (recipe: Recipe, seed: number) => Pair;
  readonly primary: string;
  readonly margin?: number;
  readonly slices?: ComparisonInput['slices'];
  readonly holdoutUse?: number;
};

/** One simulated comparison by the rules of the product. */
function judge(setting: Setting, seed: number): Judgement {
  const pair = (setting.draw ?? drawBinary)(setting.recipe, seed);
  const { primary, margin } = setting;
  const rules: ComparisonRules = {
    primary,
    guardrails: [],
    margins: margin === undefined ? {} : { [primary]: { kind: 'absolute', value: margin } },
  };
  return compareModels({
    ...pair,
    metrics: [metricNamed(pair.challenger, primary)],
    measured: [],
    rules,
    slices: setting.slices ?? [],
    seed,
    replicates: setting.slices === undefined ? REPLICATES : 2,
    ...(setting.holdoutUse === undefined ? {} : { holdoutUse: setting.holdoutUse }),
  });
}

const EQUAL = { championSkill: 1.3, challengerSkill: 1.3 };

/** With a level of 2.5 % on either side, 4,000 runs stay below this in all but one of a thousand suites. */
const MOST_BETTER = 0.025 + 3.1 * Math.sqrt((0.025 * 0.975) / RUNS);

const EQUAL_SETTINGS: readonly (Setting & { readonly words: string })[] = [
  { words: '300 rows', recipe: { rows: 300, ...EQUAL }, primary: 'roc_auc' },
  { words: '300 rows', recipe: { rows: 300, ...EQUAL }, primary: 'average_precision' },
  { words: '300 rows', recipe: { rows: 300, ...EQUAL }, primary: 'log_loss' },
  { words: '300 rows', recipe: { rows: 300, ...EQUAL }, primary: 'accuracy' },
  { words: '300 rows', recipe: { rows: 300, ...EQUAL }, primary: 'f1' },
  { words: '40 groups of 10 rows', recipe: { rows: 400, groupSize: 10, ...EQUAL }, primary: 'roc_auc' },
  {
    words: '40 groups of 10 rows',
    recipe: { rows: 400, groupSize: 10, ...EQUAL },
    primary: 'average_precision',
  },
  { words: '40 groups of 10 rows', recipe: { rows: 400, groupSize: 10, ...EQUAL }, primary: 'accuracy' },
  {
    words: '300 rows',
    recipe: { rows: 300, championSkill: 0.6, challengerSkill: 0.6 },
    draw: drawRegression,
    primary: 'rmse',
  },
];

/** An equal challenger is called better no more often than one side of the interval allows. */
const equalChallenger: readonly Simulation[] = EQUAL_SETTINGS.map((setting) => ({
  name: `equal ${setting.words} ${setting.primary}`,
  run: () => {
    let better = 0;
    for (let run = 0; run < RUNS; run++)
      if (judge(setting, 31 + run * 104_729).verdict === 'better') better++;
    const share = better / RUNS;
    return [
      {
        table: 'equal',
        cells: [setting.words, `\`${setting.primary}\``, percent(share), '2.5 %'],
        ...(share > MOST_BETTER
          ? { broken: `${percent(share)} of equal challengers are called better` }
          : {}),
      },
    ];
  },
}));

/** Twenty slices of a holdout, of 60 to 440 rows. */
function twentySlices(rows: number): ComparisonInput['slices'] {
  let start = 0;
  return Array.from({ length: 20 }, (_, index) => {
    const size = Math.round((rows * (60 + 20 * index)) / 5_000);
    const end = Math.min(rows, start + size);
    const slice = Uint32Array.from({ length: end - start }, (_, offset) => start + offset);
    start = end;
    return { name: `slice ${index}`, rows: slice };
  });
}

const SLICED: readonly string[] = ['roc_auc', 'average_precision', 'accuracy', 'f1'];

/** Any of twenty slices of equal models is called better, or worse, no more often than one slice would be. */
const equalSlices: readonly Simulation[] = SLICED.map((primary) => ({
  name: `slices ${primary}`,
  run: () => {
    // Above the rows up to which single ones are left out in turn, which a thousand runs have no time for.
    const rows = 5_200;
    const runs = RUNS / 4;
    const setting = { recipe: { rows, ...EQUAL }, primary, slices: twentySlices(rows) };
    let any = 0;
    for (let run = 0; run < runs; run++) {
      const { slices } = judge(setting, 17 + run * 15_485_863);
      if (slices.some(({ difference }) => (difference?.interval?.[0] ?? -1) > 0)) any++;
    }
    const share = any / runs;
    const limit = 0.025 + 3.1 * Math.sqrt((0.025 * 0.975) / runs);
    return [
      {
        table: 'equal',
        cells: ['any of 20 slices of 60 to 440 rows', `\`${primary}\``, percent(share), '2.5 %'],
        ...(share > limit ? { broken: `a slice of equal models is called better in ${percent(share)}` } : {}),
      },
    ];
  },
}));

/** At the printed rows needed, a challenger as good as the champion is decided in four of five cases. */
const DECIDED: readonly (Setting & { readonly words: string })[] = [
  { words: '200 rows', recipe: { rows: 200, ...EQUAL }, primary: 'roc_auc', margin: 0.02 },
  { words: '400 rows', recipe: { rows: 400, ...EQUAL }, primary: 'average_precision', margin: 0.03 },
  { words: '200 rows', recipe: { rows: 200, ...EQUAL }, primary: 'accuracy', margin: 0.03 },
  { words: '200 rows', recipe: { rows: 200, ...EQUAL }, primary: 'log_loss', margin: 0.03 },
  {
    words: '40 groups of 10 rows',
    recipe: { rows: 400, groupSize: 10, ...EQUAL },
    primary: 'roc_auc',
    margin: 0.02,
  },
];

const rowsNeeded: readonly Simulation[] = DECIDED.map((setting) => ({
  name: `needed ${setting.words} ${setting.primary}`,
  run: () => [decideAtNeeded(setting)],
}));

function decideAtNeeded(setting: Setting & { readonly words: string }): SimulationRow {
  const groupSize = setting.recipe.groupSize ?? 1;
  let asked = 0;
  let decided = 0;
  let total = 0;
  for (let run = 0; asked < RUNS / 10 && run < RUNS; run++) {
    const first = judge(setting, 5 + run * 49_979_687);
    const needed = first.verdict === 'inconclusive' ? first.gates[0]?.rowsNeeded : undefined;
    if (needed === undefined) continue;
    asked++;
    total += needed;
    const rows = needed * groupSize;
    if (
      judge({ ...setting, recipe: { ...setting.recipe, rows } }, 7 + run * 32_452_843).verdict !==
      'inconclusive'
    )
      decided++;
  }
  const share = decided / asked;
  const unit = groupSize === 1 ? 'rows' : 'groups';
  return {
    table: 'needed',
    cells: [
      setting.words,
      `\`${setting.primary}\``,
      String(setting.margin),
      `${Math.round(total / asked)} ${unit}`,
      percent(share),
    ],
    ...(share >= 0.75 && share <= 0.9 ? {} : { broken: `${percent(share)} are decided, not 75 to 90 %` }),
  };
}

export const verdictSimulations: readonly Simulation[] = [...equalChallenger, ...equalSlices, ...rowsNeeded];
