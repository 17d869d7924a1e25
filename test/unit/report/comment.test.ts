import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spentConfidence } from '../../../src/core/comparison/confidence.ts';
import { DETAIL_STEPS } from '../../../src/core/report/comment/detail.ts';
import { parseMarker } from '../../../src/core/report/comment/marker.ts';
import { COMMENT_LIMIT, fitReport, renderComment } from '../../../src/core/report/comment.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { renderJobSummary } from '../../../src/core/report/job-summary.ts';
import { renderStatus } from '../../../src/core/report/status.ts';
import { comparison, slice } from '../../support/documents.ts';
import { renderMarkdown } from '../../support/render-markdown.ts';
import { commentOf, RUN, STATES } from './comment-states.ts';

const GOLDEN = new URL('../../golden/comment/', import.meta.url);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('renderComment', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`says what the golden file says: ${name}`, () => {
      const file = new URL(`${name}.md`, GOLDEN);
      const { text } = renderComment(commentOf(state, sha256));
      const shown = `${text}\n`;
      if (process.env.UPDATE_GOLDEN === '1') {
        mkdirSync(GOLDEN, { recursive: true });
        writeFileSync(file, shown);
      }
      expect(shown).toBe(readFileSync(file, 'utf8'));
    });

    it(`shows verdict and number in the first 60 characters: ${name}`, () => {
      const { body } = renderComment(commentOf(state, sha256));
      const firstLine = textOf(renderMarkdown(body.split('\n')[0] ?? ''));
      const glance = [...firstLine].slice(0, 60).join('');
      expect(glance).toContain(state.glance);
      expect(decide(glance)).toBe(state.decision);
    });
  }

  it('has a golden file for every state and for nothing else', () => {
    const files = readdirSync(GOLDEN).sort();
    expect(files).toEqual(
      Object.keys(STATES)
        .map((name) => `${name}.md`)
        .sort(),
    );
  });

  it('does not mention unchanged models beside changed ones', () => {
    const { body } = renderComment(commentOf(STATES['five-models'] as never, sha256));
    expect(body).not.toContain('demand');
  });

  it('keeps the content digest when only the run differs, and the marker names the run', () => {
    const state = STATES.better as (typeof STATES)[string];
    const first = renderComment(commentOf(state, sha256));
    const again = renderComment({
      ...commentOf(state, sha256),
      run: { ...RUN, run: '9050', runUrl: 'https://github.com/acme/fraud/actions/runs/9050' },
    });
    expect(again.marker.content).toBe(first.marker.content);
    expect(again.marker.run).toBe('9050');
  });

  it('warns of a holdout that judged too many models, and not before', () => {
    const bodyAt = (uses: number) =>
      renderComment({
        models: [
          {
            model: 'fraud-detector',
            comparison: comparison({ holdout: { ...comparison().holdout, uses } }),
          },
        ],
        run: RUN,
        sha256,
      }).body;
    expect(bodyAt(16)).not.toContain('replace the holdout');
    expect(bodyAt(20)).toContain('This holdout has judged 20 changes');
    expect(bodyAt(20)).toContain('about 40\u00a0%');
  });

  it('says at which confidence an enforced budget has judged, and when it is nearly spent', () => {
    const judgedAs = (use: number, uses: number) => {
      const holdout = { ...comparison().holdout, use, uses };
      const document = comparison({ holdout, confidence: spentConfidence(0.95, use) });
      return [{ model: 'fraud-detector', comparison: document }];
    };
    const bodyOf = (...numbers: [number, number]) =>
      renderComment({ models: judgedAs(...numbers), run: RUN, sha256 }).body;
    expect(bodyOf(2, 2)).toContain('used 2 times, judged as use 2 at 99.24\u00a0% confidence');
    expect(bodyOf(2, 2)).toContain('gain [99.24\u00a0%]');
    expect(bodyOf(2, 2)).not.toContain('error budget');
    expect(bodyOf(1, 3)).toContain('**82.7\u00a0% of the error budget of this holdout is spent.**');
    expect(bodyOf(1, 3)).toContain('this one, use 1, at 97\u00a0%');
    expect(bodyOf(40, 40)).toContain('at 99.9981\u00a0%. Replace the holdout');
    const page = renderHtmlReport(judgedAs(3, 3), RUN);
    expect(page).toContain('of the error budget of this holdout is spent.');
    expect(page).toContain('used 3 times, judged as use 3 at 99.66\u00a0% confidence');
  });

  it('makes no title of a change of the rules that has no name', () => {
    const exam = { commit: 'ab'.repeat(20), changed: [{ what: '' }, { what: ' ' }] };
    const models = [{ model: 'churn', comparison: comparison({ exam }) }];
    const html = renderMarkdown(renderComment({ models, run: RUN, sha256 }).text);
    expect(html).not.toContain('<h2');
    expect(html).toContain('(empty)');
  });

  it('leaves out a command that holds anything but plain words', () => {
    const request = commentOf(STATES.better as never, sha256);
    const { body } = renderComment({
      ...request,
      run: { ...RUN, reproduce: ['compare-models', '; rm -rf /'] },
    });
    expect(body).not.toContain('rm -rf');
    expect(body).not.toContain('on a laptop');
  });
});

describe('the steps that make a comment fit', () => {
  const big = (count: number, length: number) =>
    comparison({
      slices: Array.from({ length: count }, (_, index) =>
        slice({ slice: `name = ${'漢'.repeat(length)}${index}`, rows: index }),
      ),
    });

  for (const [index, step] of DETAIL_STEPS.entries()) {
    it(`step ${index + 1} is taken when only it fits: ${step.leftOut ?? 'everything'}`, () => {
      const models = [
        { model: 'fraud-detector', comparison: big(400, 30) },
        ...Array.from({ length: 30 }, (_, number) => ({
          model: `model-${number}`,
          comparison: comparison({ model: `model-${number}` }),
        })),
      ];
      const bytes = bytesAt(models, index);
      const fitted = fitReport(models, RUN, { units: bytes, bytes });
      expect(fitted.leftOut).toBe(step.leftOut);
      if (step.leftOut !== undefined) expect(fitted.text).toContain(`without ${step.leftOut}`);
    });
  }

  it('keep units, bytes and the marker whatever the size', () => {
    for (const [count, length] of [
      [300, 10],
      [2000, 70],
    ] as const) {
      const models = Array.from({ length: 60 }, (_, number) => ({
        model: `model-${number}`,
        comparison: { ...big(count, length), model: `model-${number}` },
      }));
      const { body, marker, leftOut } = renderComment({ models, run: RUN, sha256 });
      expect(body.length).toBeLessThanOrEqual(COMMENT_LIMIT.units);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_LIMIT.bytes);
      expect(parseMarker(body)).toEqual(marker);
      expect(leftOut).toBeDefined();
      expect(body.startsWith('### ✅ **Better** average_precision 0.871 → 0.903')).toBe(true);
    }
  });

  it('give the job summary more room than the comment', () => {
    const models = [{ model: 'fraud-detector', comparison: big(240, 70) }];
    const summary = renderJobSummary(models, RUN);
    expect(summary.length).toBeGreaterThan(renderComment({ models, run: RUN, sha256 }).body.length);
    expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
  });
});

describe('renderStatus', () => {
  for (const [name, state] of Object.entries(STATES)) {
    if (state.models.length !== 1 || name === 'matrix') continue;
    it(`is ${state.status} for ${name}`, () => {
      const status = renderStatus(state.models[0] as never);
      expect(status.state).toBe(state.status);
      expect(status.context).toBe('contender/fraud-detector');
      expect(status.description.length).toBeLessThanOrEqual(140);
      expect(status.description).not.toBe('');
    });
  }

  it('says what the comment says', () => {
    const status = renderStatus({ model: 'fraud-detector', comparison: comparison() });
    expect(status.description).toBe(
      'Better average_precision 0.871 → 0.903; difference +0.032 [0.021, 0.043]; no slice got worse',
    );
  });

  it('says what is missing when it is pending', () => {
    const status = renderStatus(STATES.inconclusive?.models[0] as never);
    expect(status.description).toContain('about 71,000 labelled rows would settle it');
  });

  it('is an error when no comparison was left', () => {
    expect(renderStatus({ model: 'fraud-detector' }).state).toBe('error');
  });

  it('does not take an acceptance of other bytes', () => {
    const accepted = { by: 'maria', reason: 'fine', digest: '0'.repeat(64) };
    const state = STATES.worse?.models[0]?.comparison as never as object;
    const status = renderStatus({ model: 'fraud-detector', comparison: { ...state, accepted } as never });
    expect(status.state).toBe('failure');
  });

  it('never passes what the stage did not promote', () => {
    const status = renderStatus({ model: 'fraud-detector', comparison: comparison({ promote: false }) });
    expect(status.state).toBe('pending');
  });
});

/** What the pictures at the start of a title mean, and the words after them say the same. */
function decide(glance: string): string {
  const [icon] = glance.split(' ');
  const isPassing = /^(Better|Equivalent|Not worse|First model|Unchanged|Accepted)\b/.test(
    glance.slice((icon ?? '').length + 1),
  );
  if (icon === '✅') return isPassing ? 'merge' : 'contradiction';
  if (icon === '⚠️' || icon === '🟡') return 'look first';
  return isPassing ? 'contradiction' : 'do not merge';
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .trim();
}

function bytesAt(models: Parameters<typeof fitReport>[0], step: number): number {
  let limit = Number.MAX_SAFE_INTEGER;
  for (let index = 0; ; index += 1) {
    const { text } = fitReport(models, RUN, { units: limit, bytes: limit });
    if (index === step) return Buffer.byteLength(text);
    limit = Math.min(Buffer.byteLength(text), text.length) - 1;
  }
}
