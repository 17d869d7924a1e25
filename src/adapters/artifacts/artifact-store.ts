import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadableStream } from 'node:stream/web';
import { InputError } from '../../core/errors.ts';
import type { ArtifactDescription, ArtifactStore } from '../../ports/artifact-store.ts';
import { createStorageClient, type Octokit } from '../github/octokit.ts';
import { parseRepositoryName } from '../github/repository-name.ts';
import { checkDigest, checkSize, downloadArchive } from './download-archive.ts';
import {
  expired,
  findArtifact,
  listArtifacts,
  type OtherRuns,
  openArtifact,
  openSigned,
} from './other-runs.ts';
import { createResultsService, type ResultsService, type RunArtifact } from './results-service.ts';
import type { ArtifactRuntime } from './runtime/find-runtime.ts';
import { unpackArchive } from './unpack-archive.ts';
import { uploadArtifact } from './upload-artifact.ts';

export type ArtifactStoreOptions = {
  readonly runtime: ArtifactRuntime;
  /** Number of this run, as its address has it. */
  readonly run: string;
  /** For artifacts of other runs; undefined where there is no token. */
  readonly github: { readonly octokit: Octokit; readonly repository: string } | undefined;
  readonly userAgent: string;
  /** A new empty folder for an archive on its way. */
  readonly temporaryDirectory: () => Promise<string>;
  /** Unit of the growing delay between retries after a failure. */
  readonly retryMilliseconds?: number;
};

/**
 * The artifacts of GitHub Actions. Those of this run are read over the job's own service, which asks for no
 * permission; those of other runs over the API. Artifacts without a digest, made by uploaders of before 2025, are
 * not seen: nothing could be said of their bytes.
 */
export function createArtifactStore(options: ArtifactStoreOptions): ArtifactStore {
  const { runtime, run, userAgent, retryMilliseconds = 1000 } = options;
  const storage = createStorageClient({ userAgent, retryMilliseconds });
  const service = createResultsService(runtime, storage);
  const others = (): OtherRuns => {
    if (options.github === undefined) {
      throw new InputError('artifacts of another run need a token with actions: read; give github-token');
    }
    const { octokit, repository } = options.github;
    return { octokit, repository: parseRepositoryName(repository), storage };
  };
  const places = { service, run, others, storage };
  return {
    upload: (artifact) => uploadArtifact(artifact, service, runtime.jobId),
    async listOfRun(wanted) {
      const found =
        wanted === run
          ? (await service.list()).flatMap((artifact) => describe(artifact, run) ?? [])
          : await listArtifacts(others(), wanted);
      return found.toSorted((left, right) => right.id - left.id);
    },
    find: async (id) => (await locate(places, id))?.description,
    async unpack(reference, folder, limits) {
      const found = await locate(places, reference.id);
      if (found === undefined) throw expired(reference.id);
      const { description, open } = found;
      checkDigest(reference, description.digest);
      checkSize(reference, description.bytes, limits.archiveBytes);
      const directory = await options.temporaryDirectory();
      try {
        const file = join(directory, 'archive.zip');
        const mostBytes = limits.archiveBytes;
        await downloadArchive({ reference, open, file, mostBytes, retryMilliseconds });
        return await unpackArchive(file, folder, limits);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

type Places = {
  readonly service: ResultsService;
  readonly run: string;
  readonly others: () => OtherRuns;
  readonly storage: OtherRuns['storage'];
};

type Located = {
  readonly description: ArtifactDescription;
  readonly open: () => Promise<ReadableStream>;
};

async function locate({ service, run, others, storage }: Places, id: number): Promise<Located | undefined> {
  const own = (await service.list(id)).find((artifact) => artifact.id === id);
  if (own !== undefined) {
    const description = describe(own, run);
    return description && { description, open: async () => openSigned(storage, await service.sign(own)) };
  }
  const host = others();
  const description = await findArtifact(host, id);
  return description && { description, open: () => openArtifact(host, id) };
}

function describe(artifact: RunArtifact, run: string): ArtifactDescription | undefined {
  const { id, name, bytes, createdAt, digest } = artifact;
  return digest === undefined ? undefined : { id, name, bytes, createdAt, digest, run };
}
