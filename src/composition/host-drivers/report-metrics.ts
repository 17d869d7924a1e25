import { runReportMetrics } from '../../stages/report/report-metrics.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

/** The action `report-metrics`; one report for all models. */
export async function driveReportMetrics(invocation: Invocation): Promise<readonly Outcome[]> {
  const { inputs, world, workingDirectory } = invocation;
  const result = await runReportMetrics(
    {
      evidence: inputs.list('evidence'),
      evidenceDirectory: inputs.text('evidence-directory') ?? '.contender',
      workingDirectory,
      pullRequest: inputs.count('pull-request'),
      comment: inputs.flag('comment', true),
      key: inputs.text('key'),
    },
    {
      world,
      summary: { write: invocation.writeSummary },
      host: await invocation.host(),
      history: await invocation.history(),
      artifacts: await invocation.artifacts(),
    },
  );
  return [{ model: '', exitCode: result.exitCode, outputs: result.outputs }];
}
