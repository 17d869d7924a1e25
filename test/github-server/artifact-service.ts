import type { Storage, Upload } from './storage.ts';
import { type JobToken, type StoredArtifact, sha256, type WorkflowRuns } from './workflow-runs.ts';

/** The service that jobs upload artifacts to and read those of their own run from (Twirp, as JSON). */

export type ServiceAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

type Body = Readonly<Record<string, unknown>>;

const PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/';
const FORBIDDEN_IN_NAMES = /["<>|*?:\r\n\\/]/;
const MOST_ARTIFACTS_OF_A_JOB = 500;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Name of the called method; undefined for paths of other services. */
export function methodOf(pathname: string): string | undefined {
  return pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : undefined;
}

export class ArtifactService {
  readonly #runs: WorkflowRuns;
  readonly #storage: Storage;
  /** By run and name: artifacts that are not whole yet, whose names are taken all the same. */
  readonly #uploads = new Map<string, { readonly upload: Upload; readonly jobId: string }>();

  constructor(runs: WorkflowRuns, storage: Storage) {
    this.#runs = runs;
    this.#storage = storage;
  }

  answer(method: string, authorization: string | undefined, bytes: Buffer): ServiceAnswer {
    try {
      const job = this.#runs.jobOf((authorization ?? '').replace(/^Bearer /, ''));
      if (job === undefined) throw new Refusal(401, 'unauthenticated', 'invalid token');
      const body = JSON.parse(bytes.toString('utf8')) as Body;
      if (body.workflow_run_backend_id !== job.run.backendId) {
        throw new Refusal(403, 'permission_denied', 'the token is for another run');
      }
      return { status: 200, body: this.#perform(method, body, job) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { code: error.code, msg: error.message } };
    }
  }

  #perform(method: string, body: Body, job: JobToken): Body {
    switch (method) {
      case 'CreateArtifact':
        return this.#create(body, job);
      case 'FinalizeArtifact':
        return this.#finalize(body, job);
      case 'ListArtifacts':
        return { artifacts: visible(job).filter(matches(body)).map(describe) };
      case 'GetSignedArtifactURL': {
        const { name, data } = find(body, job);
        return { signed_url: this.#storage.sign(archiveOf(name, data)) };
      }
      case 'DeleteArtifact': {
        const { id } = find(body, job);
        job.run.deleteArtifact(id);
        return { ok: true, artifact_id: String(id) };
      }
      default:
        throw new Refusal(404, 'bad_route', `no handler for ${method}`);
    }
  }

  #create(body: Body, { run, jobId }: JobToken): Body {
    const name = String(body.name);
    if (body.workflow_job_run_backend_id !== jobId || body.version !== 7 || FORBIDDEN_IN_NAMES.test(name)) {
      throw new Refusal(400, 'invalid_argument', 'the request is wrong');
    }
    const key = `${run.backendId}/${name}`;
    if (this.#uploads.has(key) || run.artifacts.some((artifact) => artifact.name === name)) {
      const message = 'an artifact with this name already exists on the workflow run';
      throw new Refusal(409, 'already_exists', message);
    }
    if (run.artifacts.filter((artifact) => artifact.jobId === jobId).length >= MOST_ARTIFACTS_OF_A_JOB) {
      throw new Refusal(400, 'resource_exhausted', 'too many artifacts in this job');
    }
    const upload = this.#storage.openUpload(`${name}.zip`);
    this.#uploads.set(key, { upload, jobId });
    return { ok: true, signed_upload_url: upload.url };
  }

  #finalize(body: Body, { run, jobId }: JobToken): Body {
    const name = String(body.name);
    const key = `${run.backendId}/${name}`;
    const started = this.#uploads.get(key);
    const data = started?.upload.content();
    if (started?.jobId !== jobId || data === undefined) {
      throw new Refusal(404, 'not_found', 'no upload of this name');
    }
    if (body.size !== String(data.length) || body.hash !== `sha256:${sha256(data)}`) {
      throw new Refusal(400, 'invalid_argument', 'size or hash is not that of the blob');
    }
    this.#uploads.delete(key);
    const artifact = run.store({ name, data, jobId, size: data.length, digest: String(body.hash) });
    return { ok: true, artifact_id: String(artifact.id) };
  }
}

/** What the storage gives for an archive. */
export function archiveOf(name: string, data: Buffer) {
  return { data, contentType: 'application/zip', fileName: `${name}.zip` };
}

function visible({ run }: JobToken): StoredArtifact[] {
  return run.artifacts.filter((artifact) => !run.isExpired(artifact));
}

function matches({ id_filter, name_filter }: Body) {
  return ({ id, name }: StoredArtifact) =>
    (id_filter === undefined || id_filter === String(id)) &&
    (name_filter === undefined || name_filter === name);
}

function find(body: Body, job: JobToken): StoredArtifact {
  const found = visible(job).find(
    ({ name, jobId }) => name === body.name && jobId === body.workflow_job_run_backend_id,
  );
  if (found === undefined) throw new Refusal(404, 'not_found', 'artifact not found');
  return found;
}

function describe({ id, name, run, jobId, size, createdAt, digest }: StoredArtifact): Body {
  return {
    workflow_run_backend_id: run.backendId,
    workflow_job_run_backend_id: jobId,
    database_id: String(id),
    name,
    size: String(size),
    created_at: createdAt.toISOString(),
    ...(digest === null ? {} : { digest }),
  };
}
