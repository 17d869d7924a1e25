import { exitCodeOf, InputError, messageOf } from '../../core/errors.ts';
import type { ModelRun } from '../../stages/model-run.ts';
import { runOpenRetrainingPr } from '../../stages/retraining/open-retraining-pr.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { prepareModels } from '../prepare-models.ts';

/** The action `open-retraining-pr` and the command of the same name. */
export async function driveOpenRetrainingPr(invocation: Invocation): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const run of await prepareModels(invocation)) outcomes.push(await retrainOne(invocation, run));
  return outcomes;
}

/** A failure is said and becomes the exit code; the outcomes of other stages and models stay. */
export async function retrainOne(invocation: Invocation, run: ModelRun): Promise<Outcome> {
  try {
    return await retrain(invocation, run);
  } catch (error) {
    invocation.world.log.error(messageOf(error), error instanceof InputError ? error.location : undefined);
    return {
      model: run.setup.configuration.model,
      exitCode: exitCodeOf(error),
      outputs: {},
      failure: messageOf(error),
    };
  }
}

async function retrain(invocation: Invocation, run: ModelRun): Promise<Outcome> {
  const { inputs, world, workingDirectory } = invocation;
  const [host, registry] = [await invocation.host(), await invocation.registry()];
  if (host === undefined || registry === undefined) {
    throw new InputError(
      'a retraining pull request needs GitHub: set GITHUB_TOKEN (or log in with gh) in a clone of the repository',
    );
  }
  const request = {
    setup: run.setup,
    workingDirectory,
    evidence: inputs.text('evidence'),
    base: inputs.text('base'),
    labels: inputs.list('labels'),
    reviewers: inputs.list('reviewers'),
    cooldownDays: inputs.count('cooldown-days'),
  };
  const [repository, history] = [await invocation.repository(), await invocation.history()];
  const ports = { world, registry, host, repository, history };
  const result = await runOpenRetrainingPr(request, ports);
  const { model } = run.setup.configuration;
  return { model, exitCode: result.exitCode, evidence: result.evidence, outputs: result.outputs };
}
