import { setTimeout as sleep } from 'node:timers/promises';
import { readArtifactReferences } from '../../stages/other-jobs/references.ts';
import { runReportMetrics } from '../../stages/report/report-metrics.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

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
      job: { index: inputs.count('job-index') ?? 0, total: inputs.count('job-total') ?? 1 },
    },
    {
      world,
      summary: { write: invocation.writeSummary },
      host: await invocation.host(),
      history: await invocation.history(),
      artifacts: await invocation.artifacts(),
      sleep: async (milliseconds) => void (await sleep(milliseconds)),
    },
  );
  return [{ model: '', exitCode: result.exitCode, outputs: result.outputs }];
}
