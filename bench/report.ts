import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { renderComment } from '../src/core/report/comment.ts';
import { renderHtmlReport } from '../src/core/report/html/page.ts';
import {
  comparison,
  curves,
  datasetProfile,
  drift,
  driftColumn,
  slice,
  training,
  validation,
} from '../test/support/documents.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';

const SLICES = 200;
const COLUMNS = 100;
const REPEATS = 15;
const DATA_SETS = ['training', 'holdout', 'current'];
const CHROMIUM = '/usr/bin/chromium';
const OPENINGS = 5;

/**
 * Rendering of a comment and of an HTML report with 200 slices and 100 columns of three data sets: median times,
 * sizes, and how long a browser takes until the report can be used.
 */
export async function benchmarkReport(): Promise<Benchmark> {
  const models = [largeEvidence()];
  const run = { commit: '3f1c9a7be2d4508617cafe00d15ea5e0badc0de1', run: '1', attempt: '1' };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const small = [{ model: 'fraud-detector', comparison: comparison(), validation: validation() }];
  const comment = renderComment({ models, run, sha256 });
  const html = renderHtmlReport(models, run);
  const report = `HTML report of ${SLICES} slices and ${COLUMNS} columns`;
  const rows: BenchmarkRow[] = [
    {
      name: 'comment',
      value: medianOf(REPEATS, () => timeOf(() => renderComment({ models: small, run, sha256 }))),
      unit: 'ms',
      limit: 50,
    },
    {
      name: `comment of ${SLICES} slices`,
      value: medianOf(REPEATS, () => timeOf(() => renderComment({ models, run, sha256 }))),
      unit: 'ms',
      limit: 50,
    },
    { name: `comment of ${SLICES} slices, size`, value: Buffer.byteLength(comment.body) / 1000, unit: 'kB' },
    {
      name: report,
      value: medianOf(REPEATS, () => timeOf(() => renderHtmlReport(models, run))),
      unit: 'ms',
      limit: 500,
    },
    { name: `${report}, size`, value: Buffer.byteLength(html) / 1_000_000, unit: 'MB', limit: 2 },
  ];
  if (!existsSync(CHROMIUM)) {
    return { rows, notes: [`${CHROMIUM} is not installed: the opening of the report was not measured`] };
  }
  const openings = await openInBrowser(html);
  rows.push({
    name: `${report}, until it can be used`,
    value: medianOf(OPENINGS, (index) => openings[index]!),
    unit: 'ms',
    limit: 1000,
  });
  return { rows, notes: [] };
}

/** Milliseconds from navigation to the mark that the script of the page sets when it is done. */
async function openInBrowser(html: string): Promise<readonly number[]> {
  const directory = mkdtempSync(join(tmpdir(), 'contender-report-'));
  const file = join(directory, 'report.html');
  writeFileSync(file, html);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const times: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening++) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      times.push(Number(await page.evaluate(`performance.getEntriesByName('report-ready')[0].startTime`)));
      await page.close();
    }
    return times;
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function largeEvidence() {
  const templates = datasetProfile().columns;
  const columns = Array.from({ length: COLUMNS }, (_, index) => ({
    ...templates[index % templates.length]!,
    name: `column_${index}`,
  }));
  return {
    model: 'fraud-detector',
    comparison: comparison({
      slices: Array.from({ length: SLICES }, (_, index) =>
        slice({ slice: `merchant = shop ${index}`, rows: index + 1 }),
      ),
      curves: curves(),
    }),
    validation: validation({
      datasets: DATA_SETS.map((name) => datasetProfile({ name, columns })),
    }),
    training: training(),
    drift: drift({ columns: columns.map(({ name }) => driftColumn({ name })) }),
  };
}

function timeOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function medianOf(count: number, measure: (index: number) => number): number {
  const values = Array.from({ length: count }, (_, index) => measure(index)).sort(
    (left, right) => left - right,
  );
  return values[Math.floor(count / 2)]!;
}
