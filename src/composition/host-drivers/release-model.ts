import { InputError } from '../../core/errors.ts';
import type { ModelRun } from '../../stages/model-run.ts';
import { findCandidate } from '../../stages/release/candidate.ts';
import { type ReleaseResult, runReleaseModel } from '../../stages/release/release-model.ts';
import type { Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { forEachModel, prepareModels } from '../prepare-models.ts';

/** The action `release-model` and the command of the same name. */
export function driveReleaseModel(invocation: Invocation): Promise<readonly Outcome[]> {
  return forEachModel('release', invocation, {
    // A release takes the task from the documents; without a config the model is called `model`.
    prepare: () =>
      prepareModels(invocation, { defaultTask: 'binary-classification', standIns: ['model', 'evidence'] }),
    run: (run) => releaseOne(invocation, run),
  });
}

export async function releaseOne(invocation: Invocation, run: ModelRun): Promise<ReleaseResult> {
  const { inputs, world } = invocation;
  const request = {
    setup: run.setup,
    model: inputs.text('model'),
    evidence: inputs.text('evidence'),
    version: inputs.text('version') ?? 'auto',
    draft: inputs.flag('draft', false),
  };
  const ports = {
    world,
    registry: await registryOf(invocation),
    host: await invocation.host(),
    repository: await invocation.repository(),
    history: await invocation.history(),
  };
  return runReleaseModel(request, ports);
}

/** Whether this push brought a lock file whose candidate waits in a draft. */
export async function bringsCandidate(invocation: Invocation, run: ModelRun): Promise<boolean> {
  const repository = await invocation.repository();
  if (repository === undefined) return false;
  const registry = await registryOf(invocation);
  const candidate = await findCandidate(run.setup, { world: invocation.world, registry, repository });
  return candidate?.changedByPush === true && candidate.draft !== undefined;
}

async function registryOf(invocation: Invocation) {
  const registry = await invocation.registry();
  if (registry !== undefined) return registry;
  throw new InputError(
    'there is nowhere to publish: on a laptop give --registry DIR, or set GITHUB_TOKEN in a clone of the repository',
  );
}
