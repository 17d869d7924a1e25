import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../../src/adapters/filesystem/local-files.ts';
import { STAGE_COMMANDS } from '../../../src/composition/command-line/stages.ts';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { serializeDocument } from '../../../src/core/documents/documents.ts';
import { InputError } from '../../../src/core/errors.ts';
import { renderPlan } from '../../../src/core/report/planning/render-plan.ts';
import { compareOutcomes } from '../../../src/core/statistics/mcnemar.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { createInputs } from '../../../src/stages/inputs.ts';
import { planHoldoutFrom } from '../../../src/stages/planning/plan-holdout.ts';
import { comparison, failedDocument, firstComparison, metrics } from '../../support/documents.ts';

const directory = mkdtempSync(join(tmpdir(), 'contender-plan-'));
const files = createLocalFiles(join(directory, '.temporary'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let written = 0;
function evidence(document: CompletedComparison): string {
  const name = `comparison-${written++}.json`;
  writeFileSync(join(directory, name), serializeDocument(document));
  return name;
}

function plan(values: Readonly<Record<string, string>>, task?: string) {
  const inputs = createInputs(values, (name) => `--${name}`);
  return planHoldoutFrom(inputs, task, { workingDirectory: directory, files });
}

const ACCURACY = { metric: 'accuracy', discordance: '0.1', margin: '0.01' };
const AREA = { metric: 'roc_auc', area: '0.85', prevalence: '0.1', margin: '0.01' };

describe('planHoldoutFrom', () => {
  it('accuracy by the formulas of McNemar', async () => {
    const { plan: told, request } = await plan({ ...ACCURACY, gain: '0.02' });
    expect(told.notWorse).toEqual({ rows: 7849 });
    expect(told.better).toEqual({ rows: 1960 });
    expect(request).toMatchObject({ power: 0.8, confidence: 0.95 });
    expect(told).not.toHaveProperty('firstUse');
  });

  it('the table goes from half to twice of both sizes, and bigger differences take fewer rows', async () => {
    const { plan: told } = await plan({ ...ACCURACY, gain: '0.02' });
    expect(told.tradeOff.map(({ difference }) => difference)).toEqual([0.005, 0.01, 0.02, 0.04]);
    const rows = told.tradeOff.map(({ notWorse }) => notWorse.rows);
    expect(rows).toEqual([...rows].sort((left, right) => right - left));
  });

  it.each([
    ['2%', '0.9', 0.018],
    ['0.01', '0.9', 0.01],
    ['5e-3', '0.9', 0.005],
  ])('a margin of %s of %s', async (margin, value, wanted) => {
    const { request } = await plan({ ...ACCURACY, margin, value });
    expect(request.margin).toBeCloseTo(wanted, 12);
    expect(request.gain).toBe(request.margin);
  });

  it('the last of several challengers needs more, and the budget is that of the ledger', async () => {
    const one = await plan(ACCURACY);
    const many = await plan({ ...ACCURACY, uses: '20' });
    const first = await plan({ ...ACCURACY, uses: '1' });
    expect(many.plan.confidence).toBe(1 - ((1 - 0.95) * 6) / (Math.PI ** 2 * 400));
    expect(many.plan.notWorse.rows).toBeGreaterThan(first.plan.notWorse.rows);
    expect(first.plan.notWorse.rows).toBeGreaterThan(one.plan.notWorse.rows);
    expect(many.plan.firstUse?.notWorse).toEqual(first.plan.notWorse);
  });

  it('groups count, by the design effect', async () => {
    const { plan: told } = await plan({ ...ACCURACY, 'group-size': '25', 'intraclass-correlation': '0.1' });
    expect(told.notWorse).toEqual({ groups: 1068, rows: 26_700 });
    expect(told).not.toHaveProperty('distributionFree');
  });

  it('a rare class: positives beside rows', async () => {
    const { plan: told } = await plan({ ...AREA, prevalence: '1%', margin: '0.05' });
    expect(told.notWorse.positives).toBe(Math.ceil(told.notWorse.rows * 0.01));
  });

  it('recall counts the positive rows alone', async () => {
    const of = (metric: string) => plan({ ...ACCURACY, metric, prevalence: '0.1' });
    const [recall, specificity] = [await of('recall'), await of('specificity')];
    expect(recall.plan.notWorse).toEqual({ rows: 78_489, positives: 7849 });
    expect(specificity.plan.notWorse.rows).toBe(Math.ceil(7848.88 / 0.9));
  });

  it('models that rank alike take fewer rows', async () => {
    const apart = await plan({ ...AREA, correlation: '0' });
    const alike = await plan({ ...AREA, correlation: '0.9' });
    expect(alike.plan.notWorse.rows / apart.plan.notWorse.rows).toBeCloseTo(0.1, 3);
  });

  it('a mean loss by the exact t', async () => {
    const { plan: told } = await plan({ metric: 'mae', 'standard-deviation': '10', gain: '1' });
    expect(told.better).toEqual({ rows: 787 });
  });

  it('never asks for fewer than a comparison needs for any interval', async () => {
    expect((await plan({ ...ACCURACY, margin: '0.5' })).plan.notWorse.rows).toBe(30);
    const rare = await plan({ ...ACCURACY, margin: '0.5', prevalence: '0.02' });
    expect(rare.plan.notWorse).toEqual({ rows: 500, positives: 10 });
    const grouped = { 'group-size': '4', 'intraclass-correlation': '0' };
    expect((await plan({ ...ACCURACY, ...grouped, margin: '0.5' })).plan.notWorse.groups).toBe(20);
  });

  it('a gain that no challenger can have is left out of the table', async () => {
    const { plan: told } = await plan({ ...ACCURACY, margin: '0.08' });
    expect(told.tradeOff.at(-1)).not.toHaveProperty('better');
    expect(told.better).toBeDefined();
  });

  it('the bound that assumes nothing lies above the plan, and adapting costs more', async () => {
    const { plan: told } = await plan({ ...ACCURACY, uses: '8', value: '0.8' });
    expect(told.distributionFree!.none).toBeGreaterThan(told.notWorse.rows);
    expect(told.distributionFree!.full).toBeGreaterThan(told.distributionFree!.none);
    expect(told.separateRows).toBeGreaterThan(told.better!.rows);
  });
});

describe('the verdict that really decides', () => {
  const random = createRandom(11);
  const DRAWS = 500;

  /** Share of holdouts of so many rows on which McNemar's interval clears the bound. */
  function shareOf(rows: number, onlyChampion: number, onlyChallenger: number, bound: number): number {
    let cleared = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const counts = { rows, onlyChampion: 0, onlyChallenger: 0 };
      for (let row = 0; row < rows; row++) {
        const uniform = random.uniform();
        if (uniform < onlyChampion) counts.onlyChampion++;
        else if (uniform < onlyChampion + onlyChallenger) counts.onlyChallenger++;
      }
      if (compareOutcomes(counts, 0.95).interval.low > bound) cleared++;
    }
    return cleared / DRAWS;
  }

  it('finds equal challengers not worse, and better ones better, as often as planned', async () => {
    const { plan: told } = await plan({ ...ACCURACY, margin: '0.02', gain: '0.02' });
    expect(Math.abs(shareOf(told.notWorse.rows, 0.05, 0.05, -0.02) - 0.8)).toBeLessThan(0.06);
    expect(Math.abs(shareOf(told.better!.rows, 0.04, 0.06, 0) - 0.8)).toBeLessThan(0.06);
  });
});

describe('planned from an earlier comparison', () => {
  it('by its groups: standard error from the interval, margin from the metric', async () => {
    const { plan: told, request, pilot } = await plan({ evidence: evidence(comparison()) });
    const standardError = (0.043 - 0.021) / (2 * 1.959963984540054);
    expect(request).toMatchObject({ metric: 'average_precision', margin: 0.0173, value: 0.871 });
    const needed = Math.ceil(903 * ((2.801585218112969 * standardError) / 0.0173) ** 2);
    expect(told.notWorse.groups).toBe(needed);
    expect(told.notWorse.rows).toBe(Math.ceil((needed * 18_420) / 903));
    expect(pilot).toEqual({ model: 'fraud-detector', rows: 18_420, groups: 903 });
  });

  it('by rows, for the metric that is named, with the confidence its interval has', async () => {
    const { groups: _groups, groupsWithPositives: _with, ...holdout } = comparison().holdout;
    const document = comparison({ holdout, confidence: 0.99 });
    const { plan: told } = await plan({ evidence: evidence(document), metric: 'roc_auc', margin: '0.001' });
    const standardError = 0.0038 / (2 * 2.5758293035489);
    expect(told.notWorse.rows).toBe(Math.ceil(18_420 * ((2.801585218112969 * standardError) / 0.001) ** 2));
    expect(told.notWorse.positives).toBe(Math.ceil((told.notWorse.rows * 412) / 18_420));
  });

  it.each([
    [firstComparison(), {}, 'is of a first model'],
    [comparison({ verdict: 'unchanged', metrics: [] }), {}, 'has verdict unchanged and no metrics'],
    [comparison(), { metric: 'roc_acu' }, 'did you mean roc_auc?'],
    [comparison(), { discordance: '0.1' }, '--evidence says already what --discordance would say'],
    [comparison(), { 'group-size': '5', 'intraclass-correlation': '0.1' }, 'was compared by groups'],
    [
      comparison({ metrics: metrics({ difference: { value: 0, interval: [0, 0], method: 'exact' } }) }),
      {},
      'has no width',
    ],
    [
      comparison({ metrics: metrics({ difference: { value: 0, method: 'DeLong' }, note: '12 groups' }) }),
      {},
      'no interval of the difference of average_precision (12 groups)',
    ],
  ])('refuses what says nothing (%#)', async (document, flags, message) => {
    const asked = plan({ evidence: evidence(document), ...flags });
    await expect(asked).rejects.toThrow(InputError);
    await expect(asked).rejects.toThrow(message);
  });

  it('refuses evidence without a comparison, and names several', async () => {
    await expect(plan({ evidence: 'nothing' })).rejects.toThrow('there is no evidence in nothing');
    writeFileSync(join(directory, 'died.json'), serializeDocument(failedDocument('comparison')));
    await expect(plan({ evidence: 'died.json' })).rejects.toThrow('has no completed comparison');
    const both = [evidence(comparison()), evidence(comparison({ model: 'demand' }))].join(',');
    await expect(plan({ evidence: both })).rejects.toThrow('has comparisons of demand, fraud-detector');
  });
});

/** Wrong flags, and what the one message has to say. */
const WRONG: readonly (readonly [values: Readonly<Record<string, string>>, says: string, task?: string])[] = [
  [{}, 'name the metric that decides'],
  [{ metric: 'acuracy' }, 'did you mean accuracy?'],
  [{ metric: 'rmse' }, '--metric: binary-classification has no metric rmse', 'binary-classification'],
  [{ metric: 'accuracy' }, '--task is "binary"; allowed: binary-classification', 'binary'],
  [{ metric: 'size_bytes' }, 'is measured on the model and not on rows'],
  [{ metric: 'f1', margin: '0.01' }, 'is no mean over rows'],
  [
    { metric: 'accuracy', margin: '0.01' },
    'accuracy needs --discordance: the share of the rows where exactly one',
  ],
  [{ ...ACCURACY, discordance: '0' }, '--discordance is "0"; write the share of the rows'],
  [{ ...ACCURACY, discordance: '120%' }, '--discordance is "120%"'],
  [{ ...ACCURACY, margin: '0' }, '--margin is "0"; write an amount above 0'],
  [{ ...ACCURACY, margin: '-0.01' }, '--margin is "-0.01"; write an amount above 0'],
  [{ ...ACCURACY, margin: 'a bit' }, '--margin is "a bit"'],
  [{ ...ACCURACY, margin: '1e999' }, '--margin is "1e999"'],
  [{ ...ACCURACY, margin: '2%' }, 'add --value, such as --value 0.9'],
  [{ ...ACCURACY, margin: '2' }, 'accuracy lies between 0 and 1'],
  [{ ...ACCURACY, margin: '1e-9' }, 'more than 10^15 rows would be needed'],
  [{ metric: 'accuracy', discordance: '0.1' }, 'say what the holdout shall tell: --margin'],
  [{ ...ACCURACY, gain: '0.2' }, '--gain 0.2 is more than --discordance 0.1'],
  [{ ...ACCURACY, power: '1' }, '--power is "1"; write a share from 0.5 to below 1'],
  [{ ...ACCURACY, power: '80' }, '--power is "80"'],
  [{ ...ACCURACY, confidence: '1' }, '--confidence is "1"'],
  [{ ...ACCURACY, confidence: '0.05' }, '--confidence is "0.05"'],
  [{ ...ACCURACY, uses: '0' }, '--uses is "0"; write how many challengers'],
  [{ ...ACCURACY, uses: '2.5' }, '--uses is "2.5"; allowed: a whole number'],
  [{ ...ACCURACY, value: '90' }, '--value is "90"'],
  [{ ...ACCURACY, area: '0.9' }, '--area says nothing of accuracy'],
  [{ ...ACCURACY, 'group-size': '5' }, 'go together; add --intraclass-correlation'],
  [{ ...ACCURACY, 'intraclass-correlation': '0.1' }, 'go together; add --group-size'],
  [{ ...ACCURACY, 'group-size': '0.5', 'intraclass-correlation': '0.1' }, '--group-size is "0.5"'],
  [{ ...ACCURACY, 'group-size': '5', 'intraclass-correlation': '1.1' }, '--intraclass-correlation is "1.1"'],
  [{ ...ACCURACY, metric: 'recall' }, 'recall is of the positive rows alone: add --prevalence'],
  [{ ...ACCURACY, prevalence: '0.1' }, '--prevalence says nothing of accuracy', 'multiclass-classification'],
  [{ metric: 'mae', margin: '1' }, 'mae needs --standard-deviation: that of the per-row difference'],
  [{ metric: 'mae', margin: '1', 'standard-deviation': '0' }, '--standard-deviation is "0"'],
  [{ metric: 'roc_auc', margin: '0.01' }, 'roc_auc needs --area'],
  [{ ...AREA, area: '0.5' }, '--area is "0.5"; write the area under the ROC curve'],
  [{ ...AREA, prevalence: '0' }, '--prevalence is "0"'],
  [
    { metric: 'roc_auc', area: '0.9', margin: '0.01' },
    'roc_auc needs rows of both classes: add --prevalence',
  ],
  [{ ...AREA, correlation: '1' }, '--correlation is "1"'],
  [{ ...AREA, gain: '0.15' }, '--gain 0.15 above an area of 0.85 leaves no room'],
];

describe('one clear message', () => {
  for (const [values, says, task] of WRONG) {
    it(`for ${JSON.stringify(values)} ${task ?? ''}`, async () => {
      const asked = plan(values, task);
      await expect(asked).rejects.toThrow(InputError);
      await expect(asked).rejects.toThrow(says);
    });
  }
});

describe('renderPlan', () => {
  it('says what the numbers mean, with positives, uses and what was asked', async () => {
    const text = renderPlan(await plan({ ...AREA, uses: '3' }));
    const flowing = text.replace(/\s+/g, ' ');
    expect(text).toMatch(
      /^A holdout for roc_auc\n {2}not worse by more than 0.01 {2}[\d,]+ labelled rows, [\d,]+ of them positive\n/,
    );
    expect(flowing).toContain('in 80 of 100 comparisons');
    expect(flowing).toContain('The holdout judges 3 challengers');
    expect(text).toMatch(/^ {2}0\.01 \* /m);
    expect(flowing).not.toMatch(/undefined|NaN|Infinity/);
  });

  it('of a gain that cannot be says so', async () => {
    const text = renderPlan(await plan({ metric: 'accuracy', discordance: '0.01', margin: '0.02' }));
    expect(text).toContain('no challenger can be better by so much');
  });

  it('text of foreign evidence stays text', async () => {
    const hostile = '::error::pwned ##[x]';
    const document = comparison({ primary: hostile, metrics: [{ ...metrics()[0]!, name: hostile }] });
    const text = renderPlan(await plan({ evidence: evidence(document) }));
    expect(text).not.toMatch(/::error|##\[/);
    expect(text).toContain('pwned');
  });
});

it('every flag that is read is one of the command', () => {
  const command = STAGE_COMMANDS.find(({ name }) => name === 'plan-holdout')!;
  const used = WRONG.flatMap(([values]) => Object.keys(values));
  expect(used.filter((name) => !Object.hasOwn(command.options, name))).toEqual([]);
});
