import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { logLine } from '../core/report/log-text.ts';
import type { ArtifactReference, ArtifactStore } from '../ports/artifact-store.ts';
import type { StageWorld } from './stage.ts';

export type SharedFolder = {
  /** What the artifact is of: a model, or something that no model can be named. */
  readonly subject: string;
  /** Root of the evidence of all models; the artifact has the same layout. */
  readonly evidenceDirectory: string;
  /** Globs below it. */
  readonly patterns: readonly string[];
};

/**
 * Uploads evidence as one artifact, `contender-<subject>-<job>-<attempt>`, in the place of what this job uploaded
 * under the name before. Undefined when there is nowhere to, nothing to, or it went wrong: evidence that is no
 * artifact is no reason to fail what was found.
 */
export async function uploadEvidence(
  { subject, evidenceDirectory, patterns }: SharedFolder,
  { world, artifacts }: { readonly world: StageWorld; readonly artifacts: ArtifactStore | undefined },
): Promise<ArtifactReference | undefined> {
  if (artifacts === undefined) return undefined;
  const { context, files, log } = world;
  const name = `contender-${subject}-${context.job ?? 'job'}-${context.attempt ?? '1'}`;
  try {
    const paths = (await files.find(patterns, evidenceDirectory)).map((path) =>
      join(evidenceDirectory, path),
    );
    if (paths.length === 0) return undefined;
    return await log.group(`Upload the artifact ${name}`, () =>
      artifacts.upload({ name, root: evidenceDirectory, files: paths }),
    );
  } catch (error) {
    log.warning(`the evidence is no artifact of this run: ${logLine(messageOf(error))}`);
    return undefined;
  }
}

/** The outputs of an action that name an artifact. */
export function artifactOutputs(artifact: ArtifactReference | undefined): Readonly<Record<string, string>> {
  if (artifact === undefined) return {};
  return { 'artifact-id': String(artifact.id), 'artifact-digest': artifact.digest };
}
