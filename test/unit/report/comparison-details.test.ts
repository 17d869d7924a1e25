import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { renderComment } from '../../../src/core/report/comment.ts';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { comparison, firstComparison } from '../../support/documents.ts';
import { RUN } from './comment-states.ts';

const hash = (number: number) => number.toString(16).padStart(16, '0');

const DETAILED = comparison({
  measured: {
    latency: {
      unit: 'ms',
      batchRows: 1000,
      runs: 100,
      champion: { median: 10.21, p95: 12.99, rowsPerSecond: 97_943 },
      challenger: { median: 11.64, p95: 14.2, rowsPerSecond: 85_910 },
      ratio: { value: 1.14, interval: [1.082, 1.201], confidence: 0.95, method: 'Hodges-Lehmann' },
    },
  },
  flips: {
    threshold: 0.25,
    newlyRight: 31,
    newlyWrong: 12,
    slices: [
      { slice: 'category = home', rows: 900, newlyRight: 9, newlyWrong: 1 },
      { slice: 'category = <b>|`x`', rows: 800, newlyRight: 2, newlyWrong: 8 },
      { slice: 'category = calm', rows: 700, newlyRight: 0, newlyWrong: 0 },
    ],
    examples: {
      newlyRight: [{ idHash: hash(77), score: 0.5125 }],
      newlyWrong: Array.from({ length: 7 }, (_, index) => ({
        idHash: hash(index),
        score: 0.9 - index / 100,
      })),
    },
  },
  calibration: {
    bins: 15,
    champion: {
      expectedError: 0.0123,
      squaredError: -0.00002,
      spiegelhalter: { z: 1.5291, pValue: 0.1262 },
      clippedRows: 0,
      notes: ['said of both'],
    },
    challenger: { expectedError: 0.0456, clippedRows: 3, notes: ['said of both', 'said of one'] },
  },
});

const comment = (document: CompletedComparison) =>
  renderComment({
    models: [{ model: 'fraud-detector', comparison: document }],
    run: RUN,
    sha256: () => 'ab'.repeat(32),
  }).body.replaceAll('\u00a0', ' ');
const page = (document: CompletedComparison) =>
  renderHtmlReport([{ model: 'fraud-detector', comparison: document }], RUN).replaceAll('\u00a0', ' ');

describe('flips', () => {
  it('are shown by slice, the one that lost most first, and by a few hashed rows', () => {
    const body = comment(DETAILED);
    expect(body).toContain('**Flips:** 31 rows newly right, 12 rows newly wrong (threshold 0.25)');
    const table = body.split('\n').filter((line) => /category.*\| \d+ \| \d+ \| \d+ \|$/.test(line));
    expect(table.map((line) => line.split(' | ').slice(1).join(' '))).toEqual(['800 2 8 |', '900 9 1 |']);
    expect(body).not.toContain('<b>|');
    expect(body).toContain(`newly wrong, surest first: \`${hash(0)}\` (0.9), \`${hash(1)}\` (0.89)`);
    expect(body).toContain('and 2 more in the report');
    expect(body).toContain(`newly right, surest first: \`${hash(77)}\` (0.5125)`);
  });

  it('have the same numbers in the report and in the terminal', () => {
    const report = page(DETAILED);
    expect(report).toContain('31 rows newly right, 12 rows newly wrong (threshold 0.25)');
    expect(report).toContain('<td data-sort="800">800</td><td data-sort="2">2</td><td data-sort="8">8</td>');
    expect(report).toContain('category = &lt;b&gt;|`x`');
    for (let index = 0; index < 7; index++) expect(report).toContain(`<code>${hash(index)}</code>`);
    expect(describeComparison(DETAILED)).toContain(
      'flips: 31 rows newly right, 12 rows newly wrong (threshold 0.25)',
    );
  });

  it('need no part of their own without slices and examples', () => {
    expect(comment(comparison())).not.toContain('Flips by slice');
    expect(page(firstComparison())).not.toContain('id="model-1-flips"');
  });
});

describe('calibration', () => {
  it('is shown beside the curve, what is undefined as such, with its reasons', () => {
    const body = comment(DETAILED);
    expect(body).toContain('| expected error (15 bins) | 0.0123 | 0.0456 |');
    expect(body).toContain('| squared error without chance | −0.00002 | – |');
    expect(body).toContain("| Spiegelhalter's Z | 1.529 (p = 0.126) | – |");
    expect(body).toContain('| probabilities clipped in log loss | 0 | 3 |');
    expect(body).toContain('- said of both\n- challenger: said of one');
    const report = page(DETAILED);
    expect(report).toContain('<td>1.529 (p = 0.126)</td><td>–</td>');
    const [line] = describeComparison(DETAILED).filter((text) => text.startsWith('calibration: '));
    expect(line).toContain('expected error (15 bins) 0.0123 → 0.0456');
  });

  it('does not speak of clipping where nothing was clipped', () => {
    const { calibration } = DETAILED;
    const clean = { ...calibration!, challenger: { ...calibration!.challenger, clippedRows: 0 } };
    expect(comment(comparison({ calibration: clean }))).not.toContain('clipped');
  });
});

describe('latency', () => {
  const words =
    "median 10.21 ms → 11.64 ms, 95 % quantile 12.99 ms → 14.2 ms; 1.14 [1.08, 1.20] times the champion's time (Hodges-Lehmann, 95 % interval); 100 runs of each in turn";

  it('is shown with throughput in the report and the terminal', () => {
    expect(page(DETAILED)).toContain(words.replaceAll("'", '&#39;'));
    expect(page(DETAILED)).toContain('97,900 → 85,900 rows per second');
    const lines = describeComparison(DETAILED).map((line) => line.replaceAll('\u00a0', ' '));
    expect(lines).toContain(`Latency of 1,000 rows: ${words}`);
  });

  it('stands in the comment and never makes it another one', () => {
    const body = comment(DETAILED);
    expect(body).toContain('**Latency of 1,000 rows:**');
    expect(body).toContain('median 10.21 ms → 11.64 ms');
    const contentOf = (document: CompletedComparison) =>
      renderComment({
        models: [{ model: 'fraud-detector', comparison: document }],
        run: RUN,
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
      }).marker.content;
    const { latency: _latency, ...measured } = DETAILED.measured;
    expect(contentOf({ ...DETAILED, measured })).toBe(contentOf(DETAILED));
    expect(contentOf({ ...DETAILED, promote: false })).not.toBe(contentOf(DETAILED));
  });

  it('of a first model has no ratio', () => {
    const { latency } = DETAILED.measured;
    const { champion: _champion, ratio: _ratio, ...alone } = latency!;
    const lines = describeComparison(firstComparison({ measured: { latency: alone } }));
    expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toContain(
      'Latency of 1,000 rows: median 11.64 ms, 95 % quantile 14.2 ms; 100 runs',
    );
  });
});
