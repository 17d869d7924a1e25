import { setTimeout as sleep } from 'node:timers/promises';
import { once } from '../../core/once.ts';
import { readArtifactReferences } from '../../stages/other-jobs/references.ts';
import { runReportMetrics } from '../../stages/report/report-metrics.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

/** The plotting library is loaded only where pictures are wanted: it takes longer than all the rest of a report. */
const openRenderer = once(async () => {
  const { createPictureRenderer } = await import('../../adapters/pictures/picture-renderer.ts');
  return createPictureRenderer();
});

/** The action `report-metrics`; one report for all models. */
export async function driveReportMetrics(invocation: Invocation): Promise<readonly Outcome[]> {
  const { inputs, world, workingDirectory } = invocation;
  const result = await runReportMetrics(
    {
      evidence: inputs.list('evidence'),
      pinned: readArtifactReferences(inputs),
      evidenceDirectory: inputs.text('evidence-directory') ?? '.contender',
      workingDirectory,
      pullRequest: inputs.count('pull-request'),
      comment: inputs.flag('comment', true),
      key: inputs.text('key'),
      pictures: inputs.flag('pictures', false),
      job: { index: inputs.count('job-index') ?? 0, total: inputs.count('job-total') ?? 1 },
    },
    {
      world,
      summary: { write: invocation.writeSummary },
      host: await invocation.host(),
      history: await invocation.history(),
      pictures: { renderer: openRenderer, store: invocation.pictures },
      artifacts: await invocation.artifacts(),
      sleep: async (milliseconds) => void (await sleep(milliseconds)),
    },
  );
  return [{ model: '', exitCode: result.exitCode, outputs: result.outputs }];
}
