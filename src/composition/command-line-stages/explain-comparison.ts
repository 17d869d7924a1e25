import { comparedNames } from '../../core/comparison/compared-names.ts';
import { nearestName } from '../../core/configuration/nearest-name.ts';
import type { ComparisonDocument } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import { explainMetric } from '../../core/report/explain/explain-metric.ts';
import type { ModelRun } from '../../stages/model-run.ts';
import { driveCompareModels } from '../data-drivers/compare-models.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

/** `contender compare-models`; with `--explain METRIC`, then tells step by step how its verdict came about. */
export async function compareAndExplain(
  invocation: Invocation,
  data: DataWorld,
): Promise<readonly Outcome[]> {
  const name = invocation.inputs.text('explain');
  if (name === undefined) return await driveCompareModels(invocation, data);
  const outcomes = await driveCompareModels(invocation, data, {
    checkFirst: (runs) => requireMetric(name, runs),
  });
  for (const { model, document } of outcomes) {
    const comparison = document as ComparisonDocument | undefined;
    if (comparison === undefined || comparison.verdict === 'error') continue;
    const title = outcomes.length === 1 ? '' : `\n${model}`;
    invocation.world.log.info(`${title}\n${explainMetric(comparison, name)}`);
  }
  return outcomes;
}

/** A name that no model of this run compares was mistyped; said before models are scored for minutes. */
async function requireMetric(name: string, runs: readonly ModelRun[]): Promise<void> {
  const exams = await Promise.all(runs.map((run) => run.exam()));
  const known = [...new Set(exams.flatMap(({ configuration }) => comparedNames(configuration)))];
  if (known.includes(name)) return;
  const near = nearestName(name, known);
  throw new InputError(
    `--explain is ${JSON.stringify(name)}, which is not compared; ${near === undefined ? '' : `did you mean ${near}? `}compared are ${known.join(', ')}; others come with --metrics`,
  );
}
