import { dirname, resolve } from 'node:path';
import { artifactOutputs, uploadEvidence } from '../stages/evidence-artifact.ts';
import type { Invocation } from './invocation.ts';
import type { Outcome } from './outcome.ts';

/**
 * The same work, after which the evidence folder of each model is uploaded, whether its stages came through or
 * not, and the outputs name the artifact.
 */
export function sharingEvidence(drive: (invocation: Invocation) => Promise<readonly Outcome[]>) {
  return async (invocation: Invocation): Promise<readonly Outcome[]> => {
    const outcomes = await drive(invocation);
    const shared: Outcome[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const later = outcomes.slice(index + 1).filter(hasFolder);
      const isLast = hasFolder(outcome) && !later.some(({ model }) => model === outcome.model);
      shared.push(isLast ? await share(invocation, outcome) : outcome);
    }
    return shared;
  };
}

type FolderOutcome = Outcome & { readonly evidence: string };

function hasFolder(outcome: Outcome): outcome is FolderOutcome {
  return outcome.model !== '' && outcome.evidence !== undefined;
}

async function share(invocation: Invocation, outcome: FolderOutcome): Promise<Outcome> {
  const { model, evidence, outputs } = outcome;
  const { world, workingDirectory } = invocation;
  const folder = {
    subject: model,
    evidenceDirectory: dirname(dirname(resolve(workingDirectory, evidence))),
    patterns: [`${model}/**`],
  };
  const artifact = await uploadEvidence(folder, { world, artifacts: await invocation.artifacts() });
  return { ...outcome, outputs: { ...outputs, ...artifactOutputs(artifact) } };
}
