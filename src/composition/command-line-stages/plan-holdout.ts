import { EXIT_CODE } from '../../core/errors.ts';
import { renderPlan } from '../../core/report/planning/render-plan.ts';
import { planHoldoutFrom } from '../../stages/planning/plan-holdout.ts';
import type { CommandLine } from '../command-line/parse-arguments.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

/** `contender plan-holdout`: prints how many labelled rows a holdout needs. */
export async function drivePlanHoldout(
  { inputs, flags, workingDirectory, world }: Invocation,
  command: CommandLine,
): Promise<readonly Outcome[]> {
  const task = typeof flags.task === 'string' ? flags.task : flags.task?.join(',');
  const planned = await planHoldoutFrom(inputs, task, { workingDirectory, files: world.files });
  if (!command.json) process.stdout.write(renderPlan(planned));
  return [{ model: '', exitCode: EXIT_CODE.passed, outputs: {}, document: planned }];
}
