import { describe, expect, it } from 'vitest';
import { renderDriftSummaries, renderJobSummary } from '../../../src/core/report/job-summary.ts';
import { renderStageSummary } from '../../../src/core/report/stage-summary.ts';
import { SUMMARY_LIMIT_BYTES } from '../../../src/core/report/summary-limit.ts';
import { comparison, drift, gate, slice } from '../../support/documents.ts';
import { RUN } from './comment-states.ts';

const MODELS = Array.from({ length: 300 }, (_, index) => {
  const model = `model${String(index).padStart(3, '0')}`;
  return {
    model,
    comparison: comparison({
      model,
      ...(index === 200
        ? { verdict: 'worse' as const, promote: false, gates: [gate({ outcome: 'fail' })] }
        : {}),
      slices: Array.from({ length: 200 }, (_, number) => slice({ slice: `區 = ${number}`, rows: number })),
    }),
    drift: drift({
      model,
      ...(index === 299 ? {} : { verdict: 'stable' as const }),
      columns: Array.from({ length: 400 }, (_, number) => ({
        ...drift().columns[0]!,
        name: `column ${number}`,
      })),
    }),
  };
});

describe('the job summary of 300 models with 200 slices each', () => {
  const summary = renderJobSummary(MODELS, RUN);

  it('stays under half of its limit, names every model and the worst first', () => {
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES / 2);
    expect(summary).toMatch(/^### ❌ \*\*Worse\*\* .*, model200\n/);
    expect(summary).toContain('300 models changed: 1 failed, 299 passed.');
    for (const { model } of MODELS) expect(summary).toContain(model);
    expect(summary.match(/<details/g)?.length).toBe(summary.match(/<\/details>/g)?.length);
  });

  it('leaves room for the drift checks, those that found something first', () => {
    const drifts = renderDriftSummaries(MODELS);
    expect(Buffer.byteLength([summary, ...drifts].join('\n'))).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES);
    expect(drifts[0]).toMatch(/^### Drift check of model299: drift/);
    expect(drifts.at(-1)).toMatch(/^and \d+ more drift checks/);
    expect(renderDriftSummaries(MODELS.slice(0, 2))).toHaveLength(2);
  });

  it('of a stage of its own stays under the limit too', () => {
    const endings = MODELS.slice(0, 120).map((one) => ({
      model: one.model,
      outputs: { verdict: 'better' },
      details: renderJobSummary([one], RUN),
    }));
    const text = renderStageSummary({ stage: 'compare-models', verdict: 'worse', endings });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES);
    expect(text).toContain('The details did not fit here');
    expect(text).toContain('and 20 more');
  });
});
