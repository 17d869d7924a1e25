import type { ReadableStream } from 'node:stream/web';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { ArtifactDescription } from '../../ports/artifact-store.ts';
import { request, requestOrUndefined, statusOf } from '../github/errors.ts';
import type { createStorageClient, Octokit } from '../github/octokit.ts';
import type { RepositoryParameters } from '../github/repository-name.ts';
import { digestFrom } from './results-service.ts';

/** Artifacts of all runs of a repository, by its API; needs `actions: read` where the repository is private. */
export type OtherRuns = {
  readonly octokit: Octokit;
  readonly repository: RepositoryParameters;
  readonly storage: ReturnType<typeof createStorageClient>;
};

const PERMISSION = 'actions: read';
const PAGE = 100;

/** Artifacts of a run that have not expired and have a digest. */
export async function listArtifacts(host: OtherRuns, run: string): Promise<readonly ArtifactDescription[]> {
  const { octokit, repository } = host;
  const purpose = { what: `list the artifacts of run ${run}`, permission: PERMISSION };
  const stored = await request(purpose, () =>
    octokit.paginate(octokit.rest.actions.listWorkflowRunArtifacts, {
      ...repository,
      run_id: Number(run),
      per_page: PAGE,
    }),
  );
  return stored.flatMap((artifact) => describe(artifact) ?? []);
}

/** Undefined when there is none, it has expired, or nothing is known of its bytes. */
export async function findArtifact(host: OtherRuns, id: number): Promise<ArtifactDescription | undefined> {
  const { octokit, repository } = host;
  const purpose = { what: `read artifact ${id}, which is none of this run`, permission: PERMISSION };
  const answer = await requestOrUndefined(purpose, () =>
    octokit.rest.actions.getArtifact({ ...repository, artifact_id: id }),
  );
  return answer && describe(answer.data);
}

/** The archive comes from the storage that the API redirects to, which must not see the token. */
export async function openArtifact(host: OtherRuns, id: number): Promise<ReadableStream> {
  const { octokit, repository, storage } = host;
  const purpose = { what: `download artifact ${id}`, permission: PERMISSION };
  return await request(purpose, async () => {
    const answer = await octokit.rest.actions
      .downloadArtifact({
        ...repository,
        artifact_id: id,
        archive_format: 'zip',
        request: { redirect: 'manual' },
      })
      .catch((error: unknown) => {
        if (statusOf(error) === 410) throw expired(id, error);
        throw error;
      });
    const { location } = answer.headers;
    if (location === undefined) throw new Error(`the answer ${answer.status} names no address`);
    return await openSigned(storage, location);
  });
}

/** Reads what lies under a signed address, as a stream. */
export async function openSigned(storage: OtherRuns['storage'], url: string): Promise<ReadableStream> {
  try {
    const answer = await storage.request({
      method: 'GET',
      url,
      request: { parseSuccessResponseBody: false },
    });
    return answer.data as ReadableStream;
  } catch (error) {
    const said = [statusOf(error), messageOf(error).split('\n')[0]].filter(Boolean).join(' ');
    throw new OutsideError(`GitHub's storage did not give the artifact: ${said}`, { cause: error });
  }
}

export function expired(id: number, cause?: unknown): InputError {
  return new InputError(
    `artifact ${id} does not exist or has expired; run the job that made it again, and check that the id is of this repository`,
    { cause },
  );
}

type StoredArtifact = {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly expired: boolean;
  readonly created_at: string | null;
  readonly digest?: string | null;
  readonly workflow_run?: { readonly id?: number } | null;
};

function describe(stored: StoredArtifact): ArtifactDescription | undefined {
  const digest = digestFrom(stored.digest);
  const run = stored.workflow_run?.id;
  if (stored.expired || digest === undefined || run === undefined) return undefined;
  const { id, name, size_in_bytes: bytes } = stored;
  return {
    id,
    name,
    bytes,
    digest,
    run: String(run),
    createdAt: stored.created_at ?? '1970-01-01T00:00:00Z',
  };
}
