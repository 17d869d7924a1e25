import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { renderComment } from '../../../src/core/report/comment.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { describeScoring } from '../../../src/core/report/scoring-notes.ts';
import { comparison } from '../../support/documents.ts';
import { RUN } from './comment-states.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Facts = Pick<CompletedComparison['challenger'], 'binding' | 'refused'>;

function told(challenger: Facts, champion: Facts = {}): CompletedComparison {
  const document = comparison();
  return {
    ...document,
    challenger: { ...document.challenger, ...challenger },
    champion: { ...document.champion!, ...champion },
  };
}

const byName = { by: 'by name', notes: [] };

describe('how models were scored', () => {
  it.each<[string, CompletedComparison, readonly string[]]>([
    ['an older document', told({}), []],
    [
      'both by name',
      told({ binding: byName }, { binding: byName }),
      ['challenger: inputs take their columns by name', 'champion: inputs take their columns by name'],
    ],
    [
      'with notes',
      told({ binding: { by: 'by position', notes: ['missing n is fed as -1', 'its scores are logits'] } }),
      ['challenger: inputs take their columns by position; missing n is fed as -1; its scores are logits'],
    ],
    [
      'with one refused row',
      told({ refused: { rows: 1, reasons: ['a has no value'], first: ['holdout data.csv line 7'] } }),
      ['challenger: no answer for 1 row, left out for both: a has no value (holdout data.csv line 7)'],
    ],
    [
      'with many',
      told(
        {},
        { refused: { rows: 1234, reasons: ['x', 'y'], first: ['data.csv line 7', 'data.csv line 9'] } },
      ),
      [
        'champion: no answer for 1,234 rows, left out for both: x; y (data.csv line 7, data.csv line 9, and others)',
      ],
    ],
  ])('%s', (_name, document, expected) => {
    expect(describeScoring(document)).toEqual(expected);
  });

  it('stands in the comment and on the page, and hostile text in it stays text', () => {
    const document = told({ binding: { by: 'by name', notes: ['missing <b>x</b> @octocat is fed as ""'] } });
    const models = [{ model: document.model, comparison: document }];
    const { body } = renderComment({ models, run: RUN, sha256 });
    expect(body).toContain(
      '**How they were scored**\n\n- challenger: inputs take their columns by name; missing ',
    );
    expect(body).not.toContain('<b>x</b>');
    expect(body).not.toMatch(/[^\u200b`]@octocat/);
    const page = renderHtmlReport(models, RUN);
    expect(page).toContain(
      '<dt>Scoring</dt><dd>challenger: inputs take their columns by name; missing &lt;b&gt;',
    );
  });
});
