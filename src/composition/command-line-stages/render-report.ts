import { resolve } from 'node:path';
import { EXIT_CODE } from '../../core/errors.ts';
import { renderHtmlReport } from '../../core/report/html/page.ts';
import { renderJobSummary } from '../../core/report/job-summary.ts';
import { renderJunit } from '../../core/report/junit.ts';
import { commitOfEvidence, readEvidence } from '../../stages/report/read-evidence.ts';
import { driveReportMetrics } from '../host-drivers/report-metrics.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

const FORMATS = ['markdown', 'html', 'json', 'junit'] as const;

/** In a runner the report goes to the pull request; on a laptop, or with a format, it is only rendered. */
export async function driveReport(invocation: Invocation): Promise<readonly Outcome[]> {
  const { inputs, world } = invocation;
  const asked = inputs.text('format') !== undefined || inputs.text('output') !== undefined;
  if (world.context.event !== 'local' && !asked) return driveReportMetrics(invocation);
  const text = await render(invocation);
  const output = inputs.text('output');
  if (output === undefined) process.stdout.write(text);
  else await world.files.write(resolve(invocation.workingDirectory, output), text);
  return [{ model: '', exitCode: EXIT_CODE.passed, outputs: {} }];
}

async function render({ inputs, world, workingDirectory }: Invocation): Promise<string> {
  const named = inputs.list('evidence');
  const patterns = named.length > 0 ? named : [inputs.text('evidence-directory') ?? '.contender'];
  const models = await readEvidence(patterns, { workingDirectory, files: world.files });
  const { commit } = commitOfEvidence(models, world.context);
  const run = commit === undefined ? {} : { commit };
  switch (inputs.choice('format', FORMATS, 'markdown')) {
    case 'markdown':
      return renderJobSummary(models, run);
    case 'html':
      return renderHtmlReport(models, run);
    case 'junit':
      return renderJunit(models);
    case 'json':
      return `${JSON.stringify(models.length === 1 ? models[0] : models, null, 2)}\n`;
  }
}
