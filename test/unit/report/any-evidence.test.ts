import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { withoutCommands } from '../../../src/adapters/runner/workflow-commands.ts';
import { comparisonSchema } from '../../../src/core/documents/comparison.ts';
import { driftSchema } from '../../../src/core/documents/drift.ts';
import { trainingSchema } from '../../../src/core/documents/training.ts';
import { validationSchema } from '../../../src/core/documents/validation.ts';
import { openComment } from '../../../src/core/report/comment/seal.ts';
import { COMMENT_LIMIT, fitReport, renderComment } from '../../../src/core/report/comment.ts';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import type { ModelEvidence } from '../../../src/core/report/evidence.ts';
import { renderDriftSummaries, renderJobSummary } from '../../../src/core/report/job-summary.ts';
import { renderJunit } from '../../../src/core/report/junit.ts';
import { logLine, logLines } from '../../../src/core/report/log-text.ts';
import { renderStatus } from '../../../src/core/report/status.ts';
import { SUMMARY_LIMIT_BYTES } from '../../../src/core/report/summary-limit.ts';
import { arbitraryOf } from '../../support/arbitrary-document.ts';
import { type HtmlNode, renderMarkdownTree } from '../../support/render-markdown.ts';
import { RUN } from './comment-states.ts';
import { HOSTILE } from './hostile-text.ts';

/** Whatever documents the schemas allow, what is shown of them is text. */

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const NONE = { units: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };

function evidenceOf(sizes: readonly number[]): fc.Arbitrary<ModelEvidence> {
  const options = { texts: HOSTILE, sizes };
  return fc.record(
    {
      model: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/),
      comparison: arbitraryOf(comparisonSchema, options),
      validation: arbitraryOf(validationSchema, options),
      training: arbitraryOf(trainingSchema, options),
      drift: arbitraryOf(driftSchema, options),
      selfReported: fc.boolean(),
    },
    { requiredKeys: ['model', 'comparison'], noNullPrototype: true },
  ) as unknown as fc.Arbitrary<ModelEvidence>;
}

const LARGE = evidenceOf([0, 1, 7, 60, 5000]);
const SMALL = evidenceOf([0, 1, 2, 5]);
const run = (seconds: number, runs: number) => ({
  numRuns: runs,
  interruptAfterTimeLimit: seconds * 1000,
  endOnFailure: true,
});

/** What a report is made of; anything else came from data. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...{ h3: [], p: [], strong: [], code: ['className'], pre: [], sub: [], br: [], ul: [], li: [], b: [] },
  ...{ table: [], thead: [], tbody: [], tr: [], th: ['align'], td: ['align'], blockquote: [] },
  ...{ details: ['open'], summary: [], a: ['href'], div: ['className'], svg: [], path: [] },
};

function* elementsOf(node: HtmlNode): Generator<HtmlNode> {
  for (const child of node.children ?? []) {
    if (child.type === 'element') yield child;
    // The icon of an alert is the renderer's.
    if (child.tagName !== 'svg') yield* elementsOf(child);
  }
}

function textOf(node: HtmlNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

function findForeign(tree: HtmlNode): string[] {
  const foreign: string[] = [];
  for (const element of elementsOf(tree)) {
    const { tagName = '', properties = {} } = element;
    const allowed = ALLOWED[tagName];
    const extra = tagName === 'svg' ? [] : Object.keys(properties).filter((name) => !allowed?.includes(name));
    // Digits alone are a number of ours; the host links them only where they begin the id of a commit.
    if (tagName === 'a' && /^\d+$/.test(textOf(element))) continue;
    const isOwnLink = tagName !== 'a' || String(properties.href).startsWith('https://github.com/acme/fraud/');
    if (allowed === undefined || !isOwnLink || (tagName !== 'p' && extra.length > 0)) {
      foreign.push(`${tagName} ${JSON.stringify(properties)} ${textOf(element)}`);
    }
  }
  return foreign;
}

/** Elements without their text, in order. */
function skeletonOf(node: HtmlNode): string {
  const inner = (node.children ?? []).map(skeletonOf).join('');
  return node.type === 'element' ? `<${node.tagName} ${JSON.stringify(node.properties)}>${inner}</>` : inner;
}

/** The same document with harmless words: the same word for the same text. */
function harmless(value: unknown): unknown {
  if (typeof value === 'string') {
    const index = HOSTILE.indexOf(value);
    return index < 0 || value.trim() === ''
      ? value
      : `text ${String.fromCharCode(97 + (index % 26))}${index}`;
  }
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, harmless(inner)]));
}

describe('any evidence', () => {
  it('is a document by its schema, so that the rest is about documents', () => {
    fc.assert(
      fc.property(SMALL, ({ comparison, validation }) => {
        expect(v.safeParse(comparisonSchema, comparison).success).toBe(true);
        if (validation !== undefined) expect(v.safeParse(validationSchema, validation).success).toBe(true);
      }),
      run(20, 25),
    );
  });

  it('gives a comment under the limit that is read back, without an element that came from the data', () => {
    fc.assert(
      fc.property(fc.array(LARGE, { minLength: 1, maxLength: 3 }), (models) => {
        const { body } = renderComment({ models, run: RUN, sha256 });
        expect(body.length).toBeLessThanOrEqual(COMMENT_LIMIT.units);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_LIMIT.bytes);
        expect(findForeign(renderMarkdownTree(body))).toEqual([]);
        expect(openComment(body, sha256)?.state.models.length).toBeGreaterThan(0);
      }),
      run(20, 15),
    );
  }, 120_000);

  it('has the elements that the same report has with harmless words, and no other', () => {
    fc.assert(
      fc.property(SMALL, (evidence) => {
        const plain = harmless(evidence) as ModelEvidence;
        const [shown, expected] = [evidence, plain].map((one) =>
          skeletonOf(renderMarkdownTree(fitReport([one], RUN, NONE).text)),
        );
        expect(shown).toBe(expected);
      }),
      run(15, 25),
    );
  }, 120_000);

  it('carries its text over to the next push and to another job, and it stays text', () => {
    fc.assert(
      fc.property(SMALL, SMALL, ({ model: _one, ...before }, { model: _other, ...now }) => {
        const first = renderComment({
          models: [
            { ...before, model: 'a' },
            { ...now, model: 'b' },
          ],
          run: { ...RUN, commit: 'ab'.repeat(20) },
          sha256,
        });
        const next = renderComment({
          models: [{ ...now, model: 'a' }],
          run: RUN,
          sha256,
          earlier: openComment(first.body, sha256),
        });
        const joined = renderComment({
          models: [{ ...before, model: 'b' }],
          run: RUN,
          sha256,
          earlier: openComment(next.body, sha256),
        });
        for (const { body } of [next, joined]) expect(findForeign(renderMarkdownTree(body))).toEqual([]);
      }),
      run(20, 20),
    );
  }, 120_000);

  it('gives summaries under their limit', () => {
    fc.assert(
      fc.property(fc.array(LARGE, { minLength: 1, maxLength: 4 }), (models) => {
        const summary = [renderJobSummary(models, RUN), ...renderDriftSummaries(models)].join('\n');
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES);
      }),
      run(20, 12),
    );
  }, 120_000);

  it('gives drift summaries without an element that came from the data', () => {
    fc.assert(
      fc.property(SMALL, (evidence) => {
        for (const part of renderDriftSummaries([evidence]))
          expect(findForeign(renderMarkdownTree(part))).toEqual([]);
      }),
      run(30, 30),
    );
  }, 120_000);

  it('gives a status of at most 140 characters that is one visible line', () => {
    fc.assert(
      fc.property(SMALL, (evidence) => {
        const { description } = renderStatus(evidence);
        expect(description.length).toBeLessThanOrEqual(140);
        expect(description).toMatch(/^\S/);
        expect(description).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(description.isWellFormed()).toBe(true);
      }),
      run(30, 150),
    );
  });

  it('gives XML of allowed characters, tags and numbers only', () => {
    fc.assert(
      fc.property(fc.array(SMALL, { minLength: 1, maxLength: 3 }), (models) => {
        const xml = renderJunit(models);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML does not allow
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(xml.isWellFormed()).toBe(true);
        const rest = xml
          .replace(/<\?xml [^?]*\?>/, '')
          .replace(
            /<\/?(testsuites|testsuite|testcase|properties|property|failure|error|skipped|system-out)( [a-z]+="[^"<>]*")*\/?>/g,
            '',
          );
        expect(rest).not.toMatch(/[<>"]/);
        expect(rest.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
      }),
      run(40, 50),
    );
  }, 60_000);

  it('prints no command to the log', () => {
    // As the runner reads: white space is cut off a line, U+0085 too.
    const isCommand = /^[\s\u0085]*::|##\[/m;
    fc.assert(
      fc.property(SMALL, ({ comparison }) => {
        if (comparison === undefined || comparison.verdict === 'error') return;
        for (const line of describeComparison(comparison)) expect(line).not.toMatch(isCommand);
      }),
      run(30, 50),
    );
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: fc.constantFrom(':', '#', '[', '\n', ' ', '\u200b', '\u0085', '\r', 'a') }),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        expect(logLine(hostile)).not.toMatch(isCommand);
        expect(logLines(hostile)).not.toMatch(isCommand);
        expect(withoutCommands(hostile)).not.toMatch(isCommand);
      }),
      { numRuns: 1000 },
    );
  });
});
