import { createHash } from 'node:crypto';
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
import type { BenchmarkRow } from './benchmark.ts';

const SLICES = 200;
const COLUMNS = 100;
const REPEATS = 15;

/** Rendering of a comment and of an HTML report with 200 slices and 100 columns: median times and sizes. */
export async function benchmarkReport(): Promise<readonly BenchmarkRow[]> {
  const models = [largeEvidence()];
  const run = { commit: '3f1c9a7be2d4508617cafe00d15ea5e0badc0de1', run: '1', attempt: '1' };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const small = [{ model: 'fraud-detector', comparison: comparison(), validation: validation() }];
  const comment = renderComment({ models, run, sha256 });
  const html = renderHtmlReport(models, run);
  return [
    { name: 'comment', value: medianTime(() => renderComment({ models: small, run, sha256 })), unit: 'ms' },
    {
      name: `comment of ${SLICES} slices`,
      value: medianTime(() => renderComment({ models, run, sha256 })),
      unit: 'ms',
    },
    { name: `comment of ${SLICES} slices, size`, value: Buffer.byteLength(comment.body) / 1000, unit: 'kB' },
    {
      name: `HTML report of ${SLICES} slices and ${COLUMNS} columns`,
      value: medianTime(() => renderHtmlReport(models, run)),
      unit: 'ms',
    },
    {
      name: `HTML report of ${SLICES} slices and ${COLUMNS} columns, size`,
      value: Buffer.byteLength(html) / 1_000_000,
      unit: 'MB',
    },
  ];
}

function largeEvidence() {
  const template = datasetProfile().columns[0] as NonNullable<
    ReturnType<typeof datasetProfile>['columns'][number]
  >;
  const columns = Array.from({ length: COLUMNS }, (_, index) => ({ ...template, name: `column_${index}` }));
  return {
    model: 'fraud-detector',
    comparison: comparison({
      slices: Array.from({ length: SLICES }, (_, index) =>
        slice({ slice: `merchant = shop ${index}`, rows: index + 1 }),
      ),
      curves: curves(),
    }),
    validation: validation({
      datasets: [datasetProfile({ columns }), datasetProfile({ name: 'holdout', columns })],
    }),
    training: training(),
    drift: drift({ columns: columns.map(({ name }) => driftColumn({ name })) }),
  };
}

function medianTime(work: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  }).sort((left, right) => left - right);
  return times[Math.floor(REPEATS / 2)] as number;
}
