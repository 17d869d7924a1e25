import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { computeCurves } from '../../src/core/comparison/curves.ts';
import type { BinarySample } from '../../src/core/metrics/metric.ts';
import type { ModelEvidence } from '../../src/core/report/evidence.ts';
import { renderHtmlReport } from '../../src/core/report/html/page.ts';
import { createRandom } from '../../src/core/statistics/random.ts';
import { describeInChromium, openPage } from '../support/chromium.ts';
import {
  comparison,
  datasetProfile,
  drift,
  driftColumn,
  gate,
  metric,
  slice,
  training,
  validation,
} from '../support/documents.ts';
import { binarySample } from '../unit/metrics/samples.ts';
import { RUN, STATES } from '../unit/report/comment-states.ts';
import { HOSTILE } from '../unit/report/hostile-text.ts';

/** What a reader can do with the report in a browser: threshold, curves, sorting, filters, keyboard, paper. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const ROWS = 3000;
const SAMPLES = makeSamples();
const SLICES = 60;
const EVIDENCE: ModelEvidence = makeEvidence();

/** Two models with scores of their own scale; a missed row costs as much as its amount. */
function makeSamples(): Record<'champion' | 'challenger', BinarySample> {
  const random = createRandom(11);
  const labels = Array.from({ length: ROWS }, () => Number(random.uniform() < 0.08));
  const misses = Float64Array.from(labels, () => Math.round(500 * random.uniform()));
  const model = (skill: number) => ({
    ...binarySample(
      labels,
      labels.map((label) => Number(((1 - skill) * random.uniform() + skill * label).toFixed(3))),
    ),
    falsePositiveCost: 3,
    falseNegativeCost: misses,
  });
  return { champion: model(0.2), challenger: model(0.3) };
}

function makeEvidence(): ModelEvidence {
  const curves = computeCurves(SAMPLES.challenger, SAMPLES.champion, 0.5)!;
  const positives = SAMPLES.challenger.labels.reduce((total, label) => total + label, 0);
  const columns = Array.from({ length: 30 }, (_, index) => ({
    ...datasetProfile().columns[index % 3]!,
    name: `column_${index}`,
    missing: (index * 7) % 30,
  }));
  return {
    model: 'fraud-detector',
    comparison: comparison({
      curves,
      holdout: { ...comparison().holdout, rows: ROWS, positives },
      slices: Array.from({ length: SLICES }, (_, index) => {
        const value = 0.05 * Math.sin(index * 1.7);
        return slice({
          slice: `shop = ${index}`,
          rows: 1000 + ((index * 37) % 60),
          difference: { value, interval: [value - 0.02, value + 0.02], method: 'bootstrap' },
        });
      }),
    }),
    validation: validation({
      datasets: [
        datasetProfile({ columns }),
        datasetProfile({ name: 'holdout', rows: 18_420, columns: columns.slice(1) }),
        datasetProfile({ name: 'current', rows: 9120, columns }),
      ],
      findings: [
        {
          ...validation().findings[0]!,
          column: 'column_1',
          edit: {
            file: 'contract.yml',
            line: 3,
            path: 'a',
            before: '  maximum: 1\n',
            after: '  maximum: 2\n',
          },
        },
      ],
    }),
    training: training(),
    drift: drift({
      columns: columns.map(({ name }, index) => driftColumn({ name, drifted: index % 7 === 0 })),
    }),
  };
}

/** The cells as counting row by row gives them. */
function countAt(sample: BinarySample, threshold: number) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0, cost: 0 };
  sample.labels.forEach((label, row) => {
    const called = sample.probabilities[row]! >= threshold;
    if (called && label === 1) counts.truePositives++;
    if (called && label === 0) counts.falsePositives++;
    if (!called && label === 1) counts.falseNegatives++;
    if (!called && label === 0) counts.trueNegatives++;
    if (called && label === 0) counts.cost += 3;
    if (!called && label === 1) counts.cost += (sample.falseNegativeCost as Float64Array)[row]!;
  });
  return counts;
}

describeInChromium('the report that is read', (browser) => {
  type Reader = { width?: number; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean };
  async function open(models: readonly ModelEvidence[], reader: Reader = {}) {
    const { width = 1200, ...rest } = reader;
    const options = { viewport: { width, height: 900 }, ...rest };
    return openPage(browser(), renderHtmlReport(models, RUN), options);
  }

  for (const width of [1200, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`breaks no rule of axe, ${width} px, ${colorScheme}`, async () => {
        for (const models of [[EVIDENCE], STATES['five-models']!.models, STATES['first-model']!.models]) {
          const { page, troubles, context } = await open(models, { width, colorScheme });
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          // One scheme and width for the many: the others differ in colours and places only.
          if (models[0] === EVIDENCE || (width === 1200 && colorScheme === 'light')) {
            await page.evaluate(AXE);
            expect(await violations(page)).toEqual([]);
          }
          expect(troubles).toEqual([]);
          await context.close();
        }
      });
    }
  }

  it('shows at each threshold what counting the rows gives, and moves both models along their curves', async () => {
    const { page, troubles, context } = await open([EVIDENCE]);
    const slider = page.locator('.slider input[type=range]');
    const points = computeCurves(SAMPLES.challenger, SAMPLES.champion, 0.5)!.thresholds!.challenger;
    expect(await slider.getAttribute('max')).toBe(String(points.length - 1));
    for (const position of [0, 7, 33, 60, points.length - 1]) {
      await slider.fill(String(position));
      const { threshold } = points[position]!;
      for (const model of ['champion', 'challenger'] as const) {
        const { cost, ...cells } = countAt(SAMPLES[model], threshold);
        for (const [cell, count] of Object.entries(cells)) {
          const text = page.locator(`[data-model=${model}] [data-cell=${cell}] strong`);
          expect(numberOf((await text.textContent()) ?? ''), `${model} ${cell} at ${threshold}`).toBe(count);
        }
        const total = page.locator(`[data-rate=cost] [data-of=${model}]`);
        expect(numberOf((await total.textContent()) ?? '')).toBe(cost);
        const positives = cells.truePositives + cells.falseNegatives;
        const negatives = ROWS - positives;
        const mark = page.locator(`[data-chart=roc] [data-mark=${model}]`);
        expect(Number(await mark.getAttribute('cx'))).toBeCloseTo(
          40 + (260 * cells.falsePositives) / negatives,
          6,
        );
        expect(Number(await mark.getAttribute('cy'))).toBeCloseTo(
          10 + 260 * (1 - cells.truePositives / positives),
          6,
        );
      }
    }
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('marks the threshold in use, goes back to it, and can be moved by keys alone', async () => {
    const { page, context } = await open([EVIDENCE]);
    const slider = page.locator('.slider input[type=range]');
    const mark = page.locator('.setting .mark');
    expect(await mark.isVisible()).toBe(true);
    const before = (await page.locator('[data-model=challenger]').textContent()) ?? '';
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await mark.isVisible()).toBe(false);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /champion finds \d+ of \d+.*challenger finds/,
    );
    await page.getByRole('button', { name: 'Back to the threshold in use' }).press('Enter');
    expect(await mark.isVisible()).toBe(true);
    expect((await page.locator('[data-model=challenger]').textContent()) ?? '').toBe(before);
    await context.close();
  });

  it('reads the curves off at the pointer and by keys', async () => {
    const { page, context } = await open([EVIDENCE]);
    const figure = page.locator('[data-chart=roc]');
    const input = figure.locator('input');
    await input.focus();
    await page.keyboard.press('End');
    expect(plain((await figure.locator('.reading').textContent()) ?? '')).toBe(
      '100 %: champion 100 %, challenger 100 %',
    );
    const picture = figure.locator('svg');
    await picture.scrollIntoViewIfNeeded();
    const box = (await picture.boundingBox())!;
    await page.mouse.move(box.x + (box.width * (40 + 130)) / 312, box.y + box.height / 2);
    expect(plain((await figure.locator('.reading').textContent()) ?? '')).toMatch(/^50 %: /);
    expect(plain((await input.getAttribute('aria-valuetext')) ?? '')).toMatch(
      /^50 %: champion [\d.]+ %, challenger/,
    );
    await context.close();
  });

  it('sorts slices by every column, in both directions, and says so', async () => {
    const { page, context } = await open([EVIDENCE]);
    const section = page.locator('#model-1-slices');
    const names = () => section.locator('tbody th').allTextContents();
    for (const [name, column] of [
      ['Rows', 3],
      ['Gain', 1],
    ] as const) {
      const head = section.locator('th[data-sorts]').filter({ hasText: name });
      const keys = () =>
        page.evaluate(
          `[...document.querySelectorAll('#model-1-slices tbody tr')].map((row) => Number(row.children[${column}].dataset.sort))`,
        );
      await head.getByRole('button').click();
      const first = (await keys()) as number[];
      const direction = await head.getAttribute('aria-sort');
      await head.getByRole('button').press('Enter');
      const second = (await keys()) as number[];
      expect(new Set([direction, await head.getAttribute('aria-sort')])).toEqual(
        new Set(['ascending', 'descending']),
      );
      const rising = [...first].sort((left, right) => left - right);
      const falling = [...rising].reverse();
      expect(first).toEqual(direction === 'ascending' ? rising : falling);
      expect(second).toEqual(direction === 'ascending' ? falling : rising);
    }
    await section.locator('th').filter({ hasText: 'Slice' }).getByRole('button').click();
    // Numbers inside words count as numbers.
    expect((await names()).slice(0, 3)).toEqual(['shop = 0', 'shop = 1', 'shop = 2']);
    expect(await section.locator('th[aria-sort]').count()).toBe(1);
    await context.close();
  });

  it('filters and folds long tables', async () => {
    const { page, context } = await open([EVIDENCE]);
    const section = page.locator('#model-1-slices');
    const shown = () => section.locator('tbody tr:visible').count();
    expect(await shown()).toBe(25);
    await section.getByRole('button', { name: `Show all ${SLICES} slices` }).click();
    expect(await shown()).toBe(SLICES);
    await section.getByLabel('Filter slices').fill('SHOP = 5');
    expect(await shown()).toBe(11);
    expect((await section.locator('output').textContent()) ?? '').toBe(`11 of ${SLICES} slices`);
    await context.close();
  });

  it('keeps the data sets of a column together when the columns are sorted', async () => {
    const { page, context } = await open([EVIDENCE]);
    const table = page.locator('#model-1-data table.grouped');
    await table.locator('th').filter({ hasText: 'Missing' }).getByRole('button').click();
    await table.locator('th').filter({ hasText: 'Missing' }).getByRole('button').click();
    const first = table.locator('tbody').first();
    expect((await first.locator('th').textContent()) ?? '').toContain('column_17');
    expect((await first.locator('td.set').allTextContents()).map((text) => text.trim())).toEqual([
      'training',
      'holdout',
      'current',
    ]);
    await page.getByLabel('Filter columns').last().fill('column_0');
    expect((await table.locator('td.absent').textContent()) ?? '').toBe('not in this data set');
    await context.close();
  });

  it('leaves the columns that have findings, and finds columns by their name alone', async () => {
    const { page, context } = await open([EVIDENCE]);
    const shown = () => page.locator('#model-1-data table.grouped tbody:visible').count();
    await page.getByLabel('only with findings').check();
    expect(await shown()).toBe(1);
    expect(await page.locator('#model-1-data tr.found:visible').count()).toBe(1);
    await page.getByLabel('only with findings').uncheck();
    const filter = page.locator('#model-1-data').getByLabel('Filter columns');
    await filter.fill('holdout');
    expect(await shown()).toBe(0);
    await filter.fill('COLUMN_2');
    expect(await shown()).toBe(11);
    await context.close();
  });

  it('can be read without its script, all of it', async () => {
    const { page, context } = await open([EVIDENCE], { javaScriptEnabled: false });
    expect(await page.locator('#model-1-slices tbody tr').count()).toBe(SLICES);
    expect(await page.locator('button, input').count()).toBe(0);
    const { truePositives } = countAt(SAMPLES.challenger, 0.5);
    const cell = page.locator('[data-model=challenger] [data-cell=truePositives] strong');
    expect(numberOf((await cell.textContent()) ?? '')).toBe(truePositives);
    await context.close();
  });

  it('has everything and no control on paper, whatever was filtered', async () => {
    const { page, context } = await open([EVIDENCE]);
    await page.getByLabel('Filter slices').first().fill('shop = 5');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('#model-1-slices tbody tr:visible').count()).toBe(SLICES);
    expect(await page.locator('#model-1-data table.grouped tbody:visible').count()).toBe(30);
    for (const control of ['input', 'button.more', 'nav', '.skip']) {
      expect(await page.locator(control).filter({ visible: true }).count(), control).toBe(0);
    }
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await context.close();
  });

  it('makes no element or attribute of what stands in the data', async () => {
    const { page, troubles, context } = await open([]);
    const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 60 }));
    const expected = await shapeOf(
      page,
      hostileEvidence(() => 'plain'),
    );
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(text), async (texts) => {
        const evidence = hostileEvidence(() => texts.next().value as string);
        expect(await shapeOf(page, evidence)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
    // The pages above were only parsed; one is opened, so that whatever could run would.
    await page.setContent(renderHtmlReport([hostileEvidence(pickInTurn())], RUN));
    await page.waitForFunction('document.documentElement.dataset.script === "ready"');
    expect(troubles).toEqual([]);
    await context.close();
  });
});

function pickInTurn(): () => string {
  let next = 0;
  return () => HOSTILE[next++ % HOSTILE.length]!;
}

/** A document whose every free text is drawn; names of columns differ, so that none merges with another. */
function hostileEvidence(draw: () => string): ModelEvidence {
  let columns = 0;
  const name = () => `${++columns} ${draw()}`;
  const primary = `p ${draw()}`;
  return {
    model: 'fraud-detector',
    comparison: comparison({
      primary,
      metrics: [metric({ name: primary, note: `a ${draw()}` })],
      gates: [gate({ description: draw(), reason: draw() })],
      slices: Array.from({ length: 12 }, () => slice({ slice: draw() })),
      importance: [{ column: draw(), share: 0.5 }],
      parametersChanged: [{ what: draw(), before: draw(), after: draw() }],
      modelContract: { changes: [{ change: draw(), breaking: true }] },
      challenger: { ...comparison().challenger, origin: draw() },
      exam: {
        changed: [{ what: draw(), before: draw(), after: draw() }],
        proposed: { verdict: draw(), note: draw() },
      },
      inputs: [{ role: `r${draw()}`, path: draw() }],
    }),
    validation: validation({
      datasets: [
        datasetProfile({
          name: draw(),
          columns: Array.from({ length: 12 }, () => ({
            name: name(),
            type: 'string' as const,
            missing: 0,
            distinct: 1,
            top: [{ value: draw(), count: 3 }],
          })),
        }),
      ],
      findings: [
        {
          check: draw(),
          severity: 'error',
          dataset: draw(),
          message: draw(),
          examples: [{ file: draw(), line: 1, value: draw() }],
        },
      ],
    }),
    training: training({
      learner: `l ${draw()}`,
      parameters: { a: `v ${draw()}` },
      environment: { b: `v ${draw()}` },
    }),
    drift: drift({
      reason: draw(),
      columns: [driftColumn({ name: draw(), method: draw(), note: `n ${draw()}` })],
    }),
  };
}

/** Every element of the parsed page with its attributes; texts and the labels that hold them are left out. */
async function shapeOf(page: Page, evidence: ModelEvidence): Promise<unknown> {
  const html = renderHtmlReport([evidence], RUN);
  return page.evaluate(`(() => {
    const parsed = new DOMParser().parseFromString(${JSON.stringify(html).replaceAll('<', '\\u003c')}, 'text/html');
    return [...parsed.querySelectorAll('*')].map((element) =>
      [element.tagName, ...[...element.attributes].map(({ name, value }) => name === 'aria-label' ? name : name + '=' + value)].join(' '));
  })()`);
}

/** Pixels by which the page is wider than the window. */
async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
}

async function violations(page: Page): Promise<unknown> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`);
}

/** With plain blanks before units. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function numberOf(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-'));
}
