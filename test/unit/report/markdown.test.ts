import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarker } from '../../../src/core/report/comment/marker.ts';
import { renderComment } from '../../../src/core/report/comment.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { PAGE_SCRIPT } from '../../../src/core/report/html/page-script.ts';
import { logLine, logLines } from '../../../src/core/report/log-text.ts';
import {
  codeBlock,
  codeSpan,
  escapeSummary,
  escapeText,
  makeVisible,
} from '../../../src/core/report/markdown.ts';
import { renderModelCard, renderReleaseNotes } from '../../../src/core/report/notes.ts';
import { renderDashboard, renderRetrainingBody } from '../../../src/core/report/retraining.ts';
import { renderStatus } from '../../../src/core/report/status.ts';
import {
  CHALLENGER_DIGEST,
  comparison,
  datasetProfile,
  drift,
  driftColumn,
  failedDocument,
  gate,
  losingSlice,
  metric,
  training,
  validation,
} from '../../support/documents.ts';
import { renderMarkdown } from '../../support/render-markdown.ts';
import { RUN } from './comment-states.ts';
import { HOSTILE } from './hostile-text.ts';
import { manifest } from './manifest-builder.ts';

/** Elements that our own words make; none may carry an attribute that came from data. */
const OWN_ELEMENTS = new Set(
  'h1 h2 h3 p b strong sub br table thead tbody tr th td code pre ul li details summary div svg path a em'.split(
    ' ',
  ),
);
const OWN_LINKS = [RUN.runUrl, RUN.reportUrl, '#own'];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom(...HOSTILE), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
  fc
    .array(fc.constantFrom(...'<>&|`*_~[]()!#@:/\\$-+=\n \'"{}'.split(''), 'www.', 'http', 'a', '1'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

describe('escaping of text from data', () => {
  for (const hostile of HOSTILE) {
    it(`shows as text wherever it stands: ${JSON.stringify(hostile.slice(0, 50))}`, () => {
      expectOnlyText(hostile);
    });
  }

  it('holds for any text', () => {
    fc.assert(fc.property(text, expectOnlyText), { numRuns: 400 });
  });

  it('leaves ordinary words as they are', () => {
    expect(escapeText('average_precision of amt, 2 % (night)')).toBe('average_precision of amt, 2 % (night)');
    expect(codeSpan('category = grocery_pos')).toBe('`category = grocery_pos`');
  });

  it('names characters that cannot be seen', () => {
    expect(makeVisible('a\u202eb\u200bc')).toBe('a⟨U+202E⟩b⟨U+200B⟩c');
  });

  it('cuts at characters, not inside them', () => {
    expect(makeVisible('😀😀😀😀', 3)).toBe('😀😀…');
  });
});

describe('reports of hostile documents', () => {
  it('hold no element, link or marker that came from the data', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 6, maxLength: 6 }), (texts) => {
        const models = [{ model: 'fraud-detector', ...hostileEvidence(texts) }];
        const { body, marker } = renderComment({ models, run: RUN, sha256: () => 'ab'.repeat(32) });
        expect(parseMarker(body)).toEqual(marker);
        // State, seal and marker.
        expect(body.match(/<!--/g)).toHaveLength(3);
        expectOwnElements(renderMarkdown(body));
      }),
      { numRuns: 60 },
    );
  });

  it('keep the table: each row has as many cells as its header', () => {
    for (const hostile of HOSTILE) {
      const models = [{ model: 'fraud-detector', ...hostileEvidence([hostile]) }];
      const { body } = renderComment({ models, run: RUN, sha256: () => 'ab'.repeat(32) });
      for (const table of renderMarkdown(body).match(/<table>[\s\S]*?<\/table>/g) ?? []) {
        const rows = (table.match(/<tr>[\s\S]*?<\/tr>/g) ?? []).map(
          (row) => (row.match(/<t[hd]/g) ?? []).length,
        );
        expect(new Set(rows).size).toBe(1);
      }
    }
  });

  it('hold for the error of a stage', () => {
    for (const hostile of HOSTILE) {
      const failed = failedDocument('training', { message: hostile, file: hostile, line: 3 });
      const models = [{ model: 'fraud-detector', training: failed }];
      const { body } = renderComment({ models, run: RUN, sha256: () => 'ab'.repeat(32) });
      expectOwnElements(renderMarkdown(body));
      expect(renderStatus(models[0] as never).description).not.toContain('\n');
    }
  });

  it('hold for release notes, model card, retraining and dashboard', () => {
    for (const hostile of HOSTILE) {
      const evidence = hostileEvidence([hostile]);
      const facts = {
        comparison: evidence.comparison,
        training: training({ learner: hostile }),
        manifest: manifest({
          parameters: { [hostile]: hostile },
          featureColumns: [{ name: hostile, type: hostile }],
        }),
      };
      expectOwnElements(renderMarkdown(renderReleaseNotes(facts)));
      expectOwnElements(renderMarkdown(renderModelCard(facts)));
      const body = renderRetrainingBody({
        drift: drift({ reason: hostile, columns: [driftColumn({ name: hostile })] }),
        comparison: evidence.comparison,
        version: '1.6.0',
        lockFile: 'contender.lock.yml',
        cooldownDays: 7,
        token: 'job',
        run: RUN,
      });
      expectOwnElements(renderMarkdown(body));
      const lastCheck = { on: hostile, verdict: hostile, recommendation: hostile, reason: hostile };
      expectOwnElements(
        renderMarkdown(renderDashboard([{ model: 'fraud-detector', lastCheck, withheld: hostile }])),
      );
    }
  });

  it('hold for the HTML report', () => {
    for (const hostile of HOSTILE) {
      const html = renderHtmlReport(
        [
          {
            model: 'fraud-detector',
            ...hostileEvidence([hostile]),
            drift: drift({ columns: [driftColumn({ name: hostile })] }),
          },
        ],
        RUN,
      );
      // Our script is the same in every report; the numbers beside it are in a block of their own.
      const body = html
        .slice(html.indexOf('<body>'))
        .replace(`<script>${PAGE_SCRIPT}</script>`, '')
        .replace(/<script type="application\/json" data-block="curves">[^<]*<\/script>/, '');
      expect(body).not.toMatch(/<(script|img|iframe|b|form|object|style|input)[\s>]/i);
      for (const tag of body.match(/<[a-z][^<>]*>/gi) ?? []) {
        expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
        expect(tag).not.toMatch(/href="(?!#|https:\/\/github\.com\/acme\/)/);
      }
      expect(html.match(/<\/style>/g)).toHaveLength(1);
    }
  });
});

describe('log text', () => {
  it('never begins or holds a command of the runner', () => {
    fc.assert(
      fc.property(text, (raw) => {
        for (const line of [logLine(raw), ...logLines(raw).split('\n')]) {
          expect(line).not.toMatch(/::|##\[|[\r\u2028]/);
        }
      }),
    );
    expect(logLines('::error::x\n  ##[group]y')).not.toMatch(/::|##\[/);
  });
});

function expectOnlyText(raw: string): void {
  const table = renderMarkdown(`| a | b |\n| --- | --- |\n| ${escapeText(raw)} | ${codeSpan(raw)} |`);
  expectOwnElements(table);
  expect(table.match(/<td/g)).toHaveLength(2);
  expectOwnElements(renderMarkdown(`- ${escapeText(raw)}\n- x: ${codeSpan(raw)}`));
  expectOwnElements(renderMarkdown(`Words ${escapeText(raw)} and ${codeSpan(raw)}.`));
  expectOwnElements(
    renderMarkdown(`<details><summary>${escapeSummary(raw)}</summary>\n\nbody\n\n</details>`),
  );
  const block = renderMarkdown(`${codeBlock(raw)}\n\nafter`);
  expectOwnElements(block);
  expect(block.match(/<pre>/g)).toHaveLength(1);
  expect(block).toContain('<p>after</p>');
}

function expectOwnElements(html: string): void {
  for (const [tag, name, attributes] of html.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi)) {
    expect(OWN_ELEMENTS, tag).toContain(name?.toLowerCase());
    if (name === 'a') expect(OWN_LINKS, tag).toContain(/href="([^"]*)"/.exec(attributes ?? '')?.[1]);
    else if (!/^(svg|path|code|div|p)$/.test(name ?? ''))
      expect(attributes, tag).toMatch(/^(| open| align="(left|right|center)")$/);
  }
}

function hostileEvidence(texts: readonly string[]) {
  const at = (index: number) => texts[index % texts.length] as string;
  const [first, second, third] = [at(0), at(1), at(2)];
  return {
    comparison: comparison({
      primary: first,
      proposedVersion: second,
      metrics: [metric({ name: first, note: second }), metric({ name: third, direction: 'lower' })],
      gates: [
        gate({ description: first, reason: second }),
        gate({ outcome: 'fail', role: 'gate', description: third, metric: first, reason: at(3) }),
      ],
      slices: [
        { ...losingSlice(), slice: first, name: third },
        { ...losingSlice(), slice: second, name: first },
      ],
      flips: {
        newlyRight: 1,
        newlyWrong: 2,
        slices: [{ slice: first, rows: 3, newlyRight: 1, newlyWrong: 2 }],
        examples: { newlyRight: [], newlyWrong: [{ idHash: second, score: 0.9 }] },
      },
      calibration: { bins: 15, champion: { notes: [at(3)] }, challenger: { notes: [at(4)] } },
      champion: { digest: CHALLENGER_DIGEST, bytes: 1, version: at(4), origin: at(5) },
      exam: {
        commit: at(3),
        changed: [{ what: first, before: second, after: third }],
        proposed: { verdict: at(4), note: at(5) },
      },
      accepted: { by: at(3), reason: at(4), digest: CHALLENGER_DIGEST },
      modelContract: { changes: [{ change: at(5), breaking: true }] },
      parametersChanged: [{ what: at(3), before: at(4), after: at(5) }],
      importance: [{ column: at(2), share: 0.5 }],
      holdout: {
        ...comparison().holdout,
        digest: at(1),
        leakage: 2,
        overlap: {
          challenger: {
            labelledRows: 18_420,
            checks: [{ by: 'values', rows: 2, expected: 0, suspicious: true }],
          },
          champion: { notChecked: at(2) },
        },
      },
      measured: {
        latency: {
          ...{ unit: 'ms', batchRows: 10, runs: 3 },
          challenger: { median: 1, p95: 2, rowsPerSecond: 10_000 },
          ratio: { value: 1, confidence: 0.95, method: at(5) },
        },
      },
    }),
    validation: validation({
      verdict: 'fail',
      datasets: [
        datasetProfile({
          name: first,
          columns: [
            { name: second, type: 'string', missing: 0, distinct: 1, top: [{ value: third, count: 1 }] },
          ],
        }),
      ],
      findings: [
        {
          check: 'set',
          severity: 'error',
          dataset: first,
          column: second,
          message: third,
          failing: 1,
          examples: [],
        },
      ],
    }),
  };
}
