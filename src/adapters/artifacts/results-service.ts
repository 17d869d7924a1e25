import * as v from 'valibot';
import { messageOf, OutsideError } from '../../core/errors.ts';
import { statusOf } from '../github/errors.ts';
import type { createStorageClient } from '../github/octokit.ts';
import type { ArtifactRuntime } from './runtime/find-runtime.ts';

/** An artifact of this run, as its service names it. */
export type RunArtifact = {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly createdAt: string;
  /** SHA-256 in hex; undefined where the uploader gave none. */
  readonly digest: string | undefined;
  readonly runId: string;
  readonly jobId: string;
};

/** The artifact service of the own run, which the job's runtime token opens whatever `permissions:` says. */
export type ResultsService = {
  /** Artifacts of this run that are whole; with an id, that one alone. */
  list(id?: number): Promise<readonly RunArtifact[]>;
  /** An address under which the archive can be fetched for some minutes, without any token. */
  sign(artifact: RunArtifact): Promise<string>;
  /** Deletes an artifact; nothing happens when it is gone already. */
  remove(artifact: RunArtifact): Promise<void>;
};

const SERVICE = 'twirp/github.actions.results.api.v1.ArtifactService';
const EPOCH = '1970-01-01T00:00:00Z';

// Default values are left out of answers, and 64-bit numbers are text.
const listAnswer = v.object({
  artifacts: v.optional(
    v.array(
      v.object({
        database_id: v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.safeInteger()),
        name: v.string(),
        size: v.pipe(v.optional(v.union([v.string(), v.number()]), 0), v.transform(Number), v.safeInteger()),
        created_at: v.optional(v.string(), EPOCH),
        digest: v.nullish(v.string()),
        workflow_run_backend_id: v.string(),
        workflow_job_run_backend_id: v.string(),
      }),
    ),
    [],
  ),
});
const signAnswer = v.object({ signed_url: v.pipe(v.string(), v.url()) });

/**
 * Reads and deletes as `@actions/artifact` does, over the same protocol, without loading the storage client that
 * only an upload needs.
 */
export function createResultsService(
  runtime: ArtifactRuntime,
  client: ReturnType<typeof createStorageClient>,
): ResultsService {
  const own = { workflow_run_backend_id: runtime.runId, workflow_job_run_backend_id: runtime.jobId };
  const call = async (method: string, what: string, body: object): Promise<unknown> => {
    try {
      const answer = await client.request({
        method: 'POST',
        url: `${runtime.url}/${SERVICE}/${method}`,
        headers: { authorization: `Bearer ${runtime.token}` },
        data: body,
      });
      return withSnakeCase(answer.data);
    } catch (error) {
      const said = [statusOf(error), messageOf(error).split('\n')[0]].filter(Boolean).join(' ');
      throw new OutsideError(`GitHub's artifact service failed to ${what}: ${said}`, { cause: error });
    }
  };
  return {
    async list(id) {
      const filter = id === undefined ? {} : { id_filter: String(id) };
      const what = 'list the artifacts of this run';
      const answer = read(listAnswer, await call('ListArtifacts', what, { ...own, ...filter }), what);
      return answer.artifacts.map(toArtifact);
    },
    async sign(artifact) {
      const what = `give an address for artifact ${artifact.id}`;
      const answer = await call('GetSignedArtifactURL', what, nameOf(artifact));
      return read(signAnswer, answer, what).signed_url;
    },
    async remove(artifact) {
      await call('DeleteArtifact', `delete artifact ${artifact.id}`, nameOf(artifact)).catch(
        (error: unknown) => {
          if (statusOf((error as OutsideError).cause) !== 404) throw error;
        },
      );
    },
  };
}

/** SHA-256 in hex from `sha256:…`; undefined for anything else. */
export function digestFrom(text: string | null | undefined): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(text ?? '')?.[1];
}

function toArtifact(stored: v.InferOutput<typeof listAnswer>['artifacts'][number]): RunArtifact {
  return {
    id: stored.database_id,
    name: stored.name,
    bytes: stored.size,
    createdAt: stored.created_at,
    digest: digestFrom(stored.digest),
    runId: stored.workflow_run_backend_id,
    jobId: stored.workflow_job_run_backend_id,
  };
}

function nameOf({ runId, jobId, name }: RunArtifact) {
  return { workflow_run_backend_id: runId, workflow_job_run_backend_id: jobId, name };
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  throw new OutsideError(
    `GitHub's artifact service gave an answer that is not understood when asked to ${what}`,
  );
}

/** The protocol allows both spellings of a name in JSON. */
function withSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSnakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      withSnakeCase(child),
    ]),
  );
}
