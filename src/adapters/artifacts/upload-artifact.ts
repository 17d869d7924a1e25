import { access, constants, lstat, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { ArtifactReference, ArtifactUpload } from '../../ports/artifact-store.ts';
import type { ResultsService } from './results-service.ts';

/** Jobs of one matrix share a job's name. */
const MOST_JOBS_OF_A_NAME = 256;

/**
 * Uploads under the first of `name`, `name-2`, … that no other job took. What this job uploaded under it is
 * deleted before, since an artifact cannot be changed; the service itself says whose an artifact is.
 */
export async function uploadArtifact(
  artifact: ArtifactUpload,
  service: ResultsService,
  ownJob: string,
): Promise<ArtifactReference> {
  await checkFiles(artifact);
  const present = await service.list();
  for (let number = 1; number <= MOST_JOBS_OF_A_NAME; number += 1) {
    const name = number === 1 ? artifact.name : `${artifact.name}-${number}`;
    const taken = present.filter((other) => other.name === name);
    if (taken.some(({ jobId }) => jobId !== ownJob)) continue;
    for (const earlier of taken) await service.remove(earlier);
    const uploaded = await send({ ...artifact, name });
    if (uploaded !== undefined) return uploaded;
  }
  throw new OutsideError(`${MOST_JOBS_OF_A_NAME} jobs of this run have an artifact ${artifact.name}`);
}

/** Undefined when the name was taken in the meantime. */
async function send({ name, root, files }: ArtifactUpload): Promise<ArtifactReference | undefined> {
  // Loaded only now: the storage client behind it takes longer to load than everything else together.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  try {
    const { id, digest } = await new DefaultArtifactClient().uploadArtifact(name, [...files], root);
    if (id === undefined || digest === undefined) throw new Error('the service gave no id or digest');
    return { id, digest };
  } catch (error) {
    if (/\(409\)|already exists/i.test(messageOf(error))) return undefined;
    throw new OutsideError(`the artifact ${name} could not be uploaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** The library follows links, and a file that it cannot open ends the whole process. */
async function checkFiles({ root, files }: ArtifactUpload): Promise<void> {
  if (files.length === 0) throw new InputError('there are no files to upload as an artifact');
  const realRoot = await realpath(root);
  for (const file of files) {
    // Real all the way down: a link on the way would bring what lies elsewhere.
    const isReal = await realpath(file).then(
      (real) => real === join(realRoot, relative(root, file)),
      () => false,
    );
    const isPlain = isReal && (await lstat(file)).isFile();
    const isReadable = await access(file, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!isPlain || !isReadable) throw new InputError(`${file} is no plain file that can be read`);
  }
}
