import { expect, it } from 'vitest';
import { describeComparison } from '../../../src/core/report/comparison-log.ts';
import { renderHtmlReport } from '../../../src/core/report/html/page.ts';
import { renderJobSummary } from '../../../src/core/report/job-summary.ts';
import { comparison } from '../../support/documents.ts';

const TITLE = 'The base branch protects the rules only, not the data.';

function everywhere(document: ReturnType<typeof comparison>): readonly string[] {
  const models = [{ model: document.model, comparison: document }];
  return [
    renderJobSummary(models, {}),
    renderHtmlReport(models, {}),
    describeComparison(document).join('\n'),
  ];
}

it('comment, report and log say that the data are not protected', () => {
  const { exam } = comparison();
  for (const text of everywhere(comparison({ exam: { ...exam, coversData: false } }))) {
    expect(text).toContain(TITLE);
    expect(text).toMatch(/The holdout is not in Git.*sha256.*data\.fetch/);
  }
});

it('and nothing where they are, or where nothing was judged', () => {
  const { exam } = comparison();
  const unjudged = comparison({ verdict: 'unchanged', exam: { ...exam, coversData: false } });
  for (const text of [...everywhere(comparison()), ...everywhere(unjudged)]) {
    expect(text).not.toContain(TITLE);
  }
});
