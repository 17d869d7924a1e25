import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { renderComment } from '../../../src/core/report/comment.ts';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { describeLeakage } from '../../../src/core/report/leakage-note.ts';
import { comparison } from '../../support/documents.ts';
import { commentOf, RUN, STATES } from './comment-states.ts';

type Overlap = NonNullable<CompletedComparison['holdout']['overlap']>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function told(overlap: Overlap) {
  return describeLeakage(comparison({ holdout: { ...comparison().holdout, overlap } }));
}

function seen(rows: number, expected: number, suspicious: boolean): Overlap['challenger'] {
  return { labelledRows: 2000, checks: [{ by: 'values', rows, expected, suspicious }] };
}

describe('describeLeakage', () => {
  it('says whom it flatters', () => {
    const { alerts } = told({ challenger: seen(100, 0.001, true), champion: seen(40, 12.3, true) });
    expect(alerts).toEqual([
      'The challenger was trained on rows with the values of 100 of 2,000 holdout rows (5\u00a0%; none is expected); this flatters the challenger.',
      'The champion was trained on rows with the values of 40 of 2,000 holdout rows (2\u00a0%; 12 are expected, since rows repeat by nature); this flatters the champion, and makes the challenger look worse than it is.',
    ]);
  });

  it('does not cry wolf over rows that repeat by nature', () => {
    expect(told({ challenger: seen(33, 31, false) })).toEqual({
      alerts: [],
      notes: [
        'The challenger was trained on rows with the values of 33 of 2,000 holdout rows (1.7\u00a0%; 31 are expected, since rows repeat by nature); too few to matter, or no more than chance explains.',
      ],
    });
  });

  it('reads documents from before, which have the bare count', () => {
    const { holdout } = comparison();
    expect(describeLeakage({ holdout }).alerts).toEqual([]);
    expect(describeLeakage({ holdout: { ...holdout, leakage: 1 } }).alerts).toEqual([
      '1 row of the holdout was also in the training data; the numbers below flatter the challenger.',
    ]);
  });
});

describe('every report', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('&nbsp;', ' ');

  it('has the same words: alerts before the numbers, notes beside the details', () => {
    const state = STATES.leakage!;
    const document = state.models[0]!.comparison as CompletedComparison;
    const { alerts, notes } = describeLeakage(document);
    expect([alerts.length, notes.length]).toEqual([2, 1]);
    const comment = plain(renderComment(commentOf(state, sha256)).body);
    const page = plain(renderHtmlReport(state.models, RUN));
    for (const words of [...alerts, ...notes].map(plain)) {
      expect(comment).toContain(words);
      expect(page).toContain(words);
    }
    expect(comment.indexOf('**Leakage.**')).toBeLessThan(comment.indexOf('| metric'));
    expect(describeComparison(document).slice(-1)).toEqual(notes);
  });

  it('lets no name of a column become a command of the runner', () => {
    const notChecked = 'the holdout has no column "\n::error::x", which the training data have';
    const [line] = describeComparison(
      comparison({ holdout: { ...comparison().holdout, overlap: { challenger: { notChecked } } } }),
    ).slice(-1);
    expect(line).not.toContain('\n');
    expect(line).not.toContain('::');
  });
});
