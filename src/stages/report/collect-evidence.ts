import { InputError } from '../../core/errors.ts';
import type { ModelEvidence } from '../../core/report/evidence.ts';
import type { ArtifactReference, ArtifactStore, UnpackLimits } from '../../ports/artifact-store.ts';
import type { StageWorld } from '../stage.ts';
import { documentsOf, headCommitsOf, readEvidence } from './read-evidence.ts';

export type EvidenceRequest = {
  /** Artifacts that are reported and nothing else; empty where files of this job are. */
  readonly pinned: readonly ArtifactReference[];
  /** Files, folders or globs from the working directory; empty for all of the evidence directory. */
  readonly evidence: readonly string[];
  readonly evidenceDirectory: string;
  readonly workingDirectory: string;
};

type EvidencePorts = {
  readonly world: StageWorld;
  readonly artifacts: ArtifactStore | undefined;
};

/** A report reads documents alone; the archive may also hold the model. */
const LIMITS: UnpackLimits = {
  files: 2000,
  archiveBytes: 1_500_000_000,
  bytes: 200_000_000,
  wanted: (path) => /^([^/]+\/){0,2}[a-z]+\.json$/.test(path),
};

/**
 * The evidence to report: of artifacts by id and digest, or of files. What crossed from another job has to be
 * of the very commit that this run is for, and what another run made vouches for nothing.
 * @throws InputError when there is none, it cannot be read, an artifact is not the one that was pinned, or it
 * is of another commit.
 */
export async function collectEvidence(
  request: EvidenceRequest,
  ports: EvidencePorts,
): Promise<readonly ModelEvidence[]> {
  const { pinned, workingDirectory } = request;
  const { world } = ports;
  const { context, files } = world;
  if (pinned.length === 0) {
    const patterns = request.evidence.length === 0 ? [request.evidenceDirectory] : request.evidence;
    if (context.upstream?.event === 'pull_request' && request.evidence.length === 0) throw unpinned();
    const evidence = await readEvidence(patterns, { workingDirectory, files });
    if (context.upstream !== undefined) refuseOtherCommits(evidence, context.headCommit);
    return evidence;
  }
  const unpacked: { readonly folder: string; readonly isForeign: boolean }[] = [];
  for (const reference of pinned) unpacked.push(await unpack(reference, ports));
  const folders = unpacked.map(({ folder }) => folder);
  const evidence = await readEvidence(folders, { workingDirectory, files });
  refuseOtherCommits(evidence, context.headCommit);
  if (context.headCommit !== undefined) refuseUnnamedCommits(evidence);
  // What is reported of it is what a maintainer accepted, whichever run made it.
  const isForeign = context.event !== 'issue_comment' && unpacked.some((one) => one.isForeign);
  return isForeign ? evidence.map((one) => ({ ...one, selfReported: true })) : evidence;
}

function unpinned(): InputError {
  return new InputError(
    'artifact-id is empty: the job that judges left no evidence; look at its log, and hand its outputs artifact-id and artifact-digest to this step',
  );
}

async function unpack(reference: ArtifactReference, { world, artifacts }: EvidencePorts) {
  if (artifacts === undefined) {
    throw new InputError(
      'artifact-id is given, but there is no artifact service here (GitHub Enterprise Server, or no runner); download the files in a step before this one, and name them with the input evidence',
    );
  }
  const known = await artifacts.find(reference.id);
  if (known === undefined) {
    throw new InputError(
      `there is no artifact ${reference.id} any more; run the job again that made it, so that it hands on a new one`,
    );
  }
  const folder = await world.files.temporaryDirectory('evidence');
  await artifacts.unpack(reference, folder, LIMITS);
  return { folder, isForeign: known.run !== world.context.run };
}

/** A file that a change brings along cannot name the commit it is part of; what a stage of a run wrote always does. */
function refuseUnnamedCommits(evidence: readonly ModelEvidence[]): void {
  const unnamed = documentsOf(evidence).find(({ source }) => source.headCommit === undefined);
  if (unnamed === undefined) return;
  throw new InputError(
    `the ${unnamed.kind} of ${unnamed.model} names no commit, so no stage of this run wrote it; remove files committed below the evidence directory`,
  );
}

/** A status must not end up on a commit that nobody judged. */
function refuseOtherCommits(evidence: readonly ModelEvidence[], wanted: string | undefined): void {
  const other = headCommitsOf(evidence).find((commit) => commit !== wanted);
  if (other === undefined || wanted === undefined) return;
  throw new InputError(
    `the evidence is of the commit ${other.slice(0, 40)}, but this run is for ${wanted}; report what a job of this run made`,
  );
}
