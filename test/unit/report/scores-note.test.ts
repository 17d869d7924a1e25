import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CompletedComparison, ModelScores } from '../../../src/core/documents/comparison.ts';
import { renderComment } from '../../../src/core/report/comment.ts';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { renderModelCard } from '../../../src/core/report/notes.ts';
import { describeScores, hasOutsideScores } from '../../../src/core/report/scores-note.ts';
import { comparison, firstComparison, training } from '../../support/documents.ts';
import { RUN } from './comment-states.ts';
import { manifest } from './manifest-builder.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function scored(challenger?: ModelScores['by'], champion?: ModelScores['by']): CompletedComparison {
  const document = comparison();
  const scores = (side: string, by: ModelScores['by'] | undefined) =>
    by === undefined ? {} : { scores: { by, path: `scores/${side}.parquet`, sha256: 'a'.repeat(64) } };
  return {
    ...document,
    challenger: { ...document.challenger, ...scores('challenger', challenger) },
    champion: { ...document.champion!, ...scores('champion', champion) },
  };
}

describe('a model that was judged by its scores', () => {
  it.each([
    [undefined, undefined, undefined, false],
    ['table', undefined, 'the challenger was judged by a table of scores', true],
    [
      'command',
      'release',
      'the challenger was judged by the scores of scoring.command, the champion was judged by the scores of its release',
      true,
    ],
    [undefined, 'release', 'the champion was judged by the scores of its release', false],
    [undefined, 'command', 'the champion was judged by the scores of scoring.command', true],
  ] as const)(
    '(challenger by %s, champion by %s) is told in one sentence',
    (challenger, champion, words, outside) => {
      const document = scored(challenger, champion);
      const sentence = words && `${words}; latency and model contract are not compared`;
      expect(describeScores(document)).toBe(sentence);
      expect(hasOutsideScores(document)).toBe(outside);
    },
  );

  it('is told in the comment, the report and the log, and the size without a file is left out', () => {
    const { size: _size, ...document } = scored('table', 'table');
    const models = [{ model: document.model, comparison: document }];
    const words =
      'the challenger was judged by a table of scores, the champion was judged by a table of scores; latency and model contract are not compared';
    const { body } = renderComment({ models, run: RUN, sha256 });
    expect(body).toContain(`- ${words}`);
    expect(body).not.toContain('**Size:**');
    const page = renderHtmlReport(models, RUN);
    expect(page).toContain(`T${words.slice(1)}.`);
    expect(page).not.toContain('<dt>Size</dt>');
    expect(describeComparison(document).at(-1)).toBe(words);
  });

  it('is told by the model card, which has no outputs to show', () => {
    const { signature: _own, ...released } = manifest({ file: 'model.pkl', scores: 'scores.parquet' });
    const { signature: _trained, ...trained } = training();
    const card = renderModelCard({ comparison: firstComparison(), training: trained, manifest: released });
    expect(card).toContain('`model.pkl` is no ONNX file and was never opened here');
    expect(card).not.toContain('| output |');
  });
});
