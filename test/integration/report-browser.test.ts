import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { renderComment } from '../../src/core/report/comment.ts';
import { renderHtmlReport } from '../../src/core/report/html/page.ts';
import { renderJunit } from '../../src/core/report/junit.ts';
import { describeInChromium, openPage } from '../support/chromium.ts';
import {
  comparison,
  drift,
  firstComparison,
  gate,
  losingSlice,
  slices,
  training,
  validation,
} from '../support/documents.ts';
import { renderMarkdownPage } from '../support/render-markdown.ts';
import { commentOf, RUN, STATES } from '../unit/report/comment-states.ts';
import { HOSTILE } from '../unit/report/hostile-text.ts';

/** What a browser makes of the report and of comments; pictures land in a temporary folder. */

const FULL = [
  {
    model: 'fraud-detector',
    comparison: comparison({ slices: [...slices(), losingSlice()] }),
    validation: validation(),
    training: training(),
    drift: drift(),
  },
];

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describeInChromium('the HTML report', (browser) => {
  const pictures = mkdtempSync(join(tmpdir(), 'contender-report-'));
  async function open(html: string, options: { width: number; colorScheme: 'light' | 'dark' }) {
    const { width, colorScheme } = options;
    const viewport = { width, height: 900 };
    const { page, troubles, context } = await openPage(browser(), html, { viewport, colorScheme });
    return { page, troubles, close: () => context.close() };
  }

  for (const width of [1200, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`opens without an error or a request, ${width} px, ${colorScheme}`, async () => {
        const { page, troubles, close } = await open(renderHtmlReport(FULL, RUN), { width, colorScheme });
        await page.screenshot({ path: join(pictures, `report-${width}-${colorScheme}.png`), fullPage: true });
        expect(troubles).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await page.locator('h2').first().innerText()).toContain('Better');
        await close();
      });
    }
  }

  it('shows the text readably: at least 4.5 to 1 against what is behind it', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, close } = await open(renderHtmlReport(FULL, RUN), { width: 1200, colorScheme });
      expect(await weakTexts(page)).toEqual([]);
      await close();
    }
  });

  it('runs nothing that stands in the data', async () => {
    const hostile = HOSTILE.map((text, index) => ({ ...losingSlice(), slice: text, rows: index }));
    const html = renderHtmlReport(
      [
        {
          model: 'fraud-detector',
          comparison: firstComparison({ slices: hostile, primary: HOSTILE[0] as string }),
        },
      ],
      RUN,
    );
    const { page, troubles, close } = await open(html, { width: 1200, colorScheme: 'light' });
    expect(troubles).toEqual([]);
    expect(await page.locator('iframe, img, object, embed, form').count()).toBe(0);
    // Ours, and the numbers it reads.
    expect(await page.locator('script:not([type])').count()).toBe(1);
    expect(await page.locator('script[type]:not([type="application/json"])').count()).toBe(0);
    expect(await page.locator('a:not([href^="#"]):not([href^="https://github.com/acme/"])').count()).toBe(0);
    await close();
  });

  it('can be walked through with the keyboard: skip link first, then the parts', async () => {
    const { page, close } = await open(renderHtmlReport(FULL, RUN), { width: 1200, colorScheme: 'light' });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Metrics');
    await close();
  });

  it('reads the JUnit output as XML, whatever text stands in it', async () => {
    const hostile = HOSTILE.map((text) => gate({ description: text, reason: text, outcome: 'fail' }));
    const findings = HOSTILE.map((text) => ({
      ...{
        check: text,
        severity: 'error' as const,
        dataset: text,
        column: text,
        message: text,
        examples: [],
      },
      location: { file: text, line: 3 },
    }));
    const xml = renderJunit([
      { model: 'churn', comparison: comparison({ model: 'churn', gates: hostile }) },
      { model: 'demand', validation: validation({ verdict: 'fail', findings }) },
      ...FULL,
    ]);
    const page = await browser().newPage();
    const read = (await page.evaluate(`(() => {
      const page = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
      const all = [...page.querySelectorAll('*')];
      const suites = [...page.querySelectorAll('testsuite')].map((suite) => ({
        tests: Number(suite.getAttribute('tests')) - suite.querySelectorAll('testcase').length,
        failures: Number(suite.getAttribute('failures')) - suite.querySelectorAll('failure').length,
        errors: Number(suite.getAttribute('errors')) - suite.querySelectorAll('error').length,
        skipped: Number(suite.getAttribute('skipped')) - suite.querySelectorAll('skipped').length,
      }));
      const cases = [...page.querySelectorAll('testcase')];
      return {
        broken: page.querySelectorAll('parsererror').length,
        tags: [...new Set(all.map(({ tagName }) => tagName))].sort(),
        suites,
        unnamed: cases.filter((one) => !['name', 'classname', 'time'].every((name) => one.getAttribute(name))).length,
        results: Math.max(...cases.map(({ children }) => children.length)),
        told: cases.some((one) => one.textContent.includes('<script>alert(1)</script>')),
      };
    })()`)) as Record<string, unknown>;
    await page.close();
    const right = { tests: 0, failures: 0, errors: 0, skipped: 0 };
    expect(read).toEqual({
      ...{ broken: 0, suites: [right, right, right], unnamed: 0, results: 1, told: true },
      tags: ['failure', 'properties', 'property', 'system-out', 'testcase', 'testsuite', 'testsuites'],
    });
  });

  for (const name of Object.keys(STATES)) {
    it(`keeps the comment within a phone: ${name}`, async () => {
      const { text: body } = renderComment(commentOf(STATES[name] as never, sha256));
      const html = renderMarkdownPage(body, { title: name, theme: 'light' });
      const { page, troubles, close } = await open(html, { width: 390, colorScheme: 'light' });
      await page.screenshot({ path: join(pictures, `comment-${name}.png`), fullPage: true });
      expect(troubles).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const gain = page.locator('table:visible').first().locator('tr').nth(1).locator('td').nth(1);
      const box = (await gain.count()) === 0 ? undefined : await gain.boundingBox();
      if (box) expect(box.x + box.width).toBeLessThanOrEqual(390);
      // Title and verdict are what the eye lands on: above everything, and in few lines.
      const title = await page.locator('h3').first().boundingBox();
      expect(title?.y).toBeLessThan(60);
      expect(title?.height).toBeLessThan(130);
      await close();
    });
  }
});

/** Pixels by which the page is wider than the window. */
async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
}

/** Texts whose contrast against the nearest background is under 4.5. */
async function weakTexts(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => {
      const part = (v) => { const s = v / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; };
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = parse(getComputedStyle(at).backgroundColor);
        if (color.length === 3 || color[3] === 1) return color;
      }
      return [255, 255, 255];
    };
    const weak = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.textContent.trim() || !element.getClientRects().length) continue;
      const style = getComputedStyle(element);
      const color = parse(element instanceof SVGElement ? style.fill : style.color);
      const [one, two] = [light(color), light(behind(element))].sort((a, b) => b - a);
      const ratio = (one + 0.05) / (two + 0.05);
      if (ratio < 4.5) weak.add(node.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
    }
    return [...weak];
  })()`);
}
