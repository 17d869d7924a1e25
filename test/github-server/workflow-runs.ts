import { createHash, randomUUID } from 'node:crypto';
import { zipOf } from '../support/zip.ts';
import type { GitHubState, Repository } from './state.ts';

/** An artifact as the service keeps it. */
export type StoredArtifact = {
  readonly id: number;
  readonly name: string;
  readonly run: WorkflowRun;
  /** The job that made it, as the artifact service names jobs. */
  readonly jobId: string;
  readonly createdAt: Date;
  expiresAt: Date;
  /** What the uploader said of it. */
  readonly size: number;
  readonly digest: string | null;
  data: Buffer;
};

export type NewRun = {
  readonly repository: Repository;
  /** A new number when left out. */
  readonly id?: number;
  /** A commit of nobody when left out. */
  readonly headSha?: string;
  readonly headBranch?: string;
  /** The fork that a pull request came from; the repository itself when left out. */
  readonly headRepository?: Repository;
};

export type NewArtifact = {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Bytes of the archive itself, in the place of `files`. */
  readonly archive?: Buffer;
  /** Name of the job that made it; `job` when left out. */
  readonly job?: string;
  /** What is said of the archive; the truth when left out, and null for uploaders that say nothing. */
  readonly digest?: string | null;
  readonly size?: number;
};

export type Handover = { readonly id: number; readonly digest: string };

const RETENTION_DAYS = 90;
const DAY = 86_400_000;

/** The workflow runs of all repositories, and the artifacts of their jobs. */
export class WorkflowRuns {
  /** Where the artifact service answers. */
  readonly resultsUrl: string;
  readonly #state: GitHubState;
  readonly #tokens = new Map<string, JobToken>();

  constructor(state: GitHubState, resultsUrl: string) {
    this.#state = state;
    this.resultsUrl = resultsUrl;
  }

  /** Makes a run; a second one of the same number is the same run. */
  run(fields: NewRun): WorkflowRun {
    const id = fields.id ?? this.#state.nextId();
    const known = fields.repository.runs.get(id);
    if (known !== undefined) return known;
    const run = new WorkflowRun(this.#state, this, { ...fields, id });
    fields.repository.runs.set(id, run);
    return run;
  }

  /** The token that the runner gives actions for the services of the run; nobody checks its signature. */
  issueToken(run: WorkflowRun, jobId: string): string {
    const scope = `Actions.GenericRead:00000000 Actions.Results:${run.backendId}:${jobId}`;
    const parts = [{ alg: 'none' }, { scp: scope, jti: randomUUID() }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const token = `${parts.join('.')}.signature`;
    this.#tokens.set(token, { run, jobId });
    return token;
  }

  jobOf(token: string): JobToken | undefined {
    return this.#tokens.get(token);
  }
}

export type JobToken = { readonly run: WorkflowRun; readonly jobId: string };

/** One run of a workflow, with what its jobs uploaded. */
export class WorkflowRun {
  readonly id: number;
  readonly backendId = randomUUID();
  readonly repository: Repository;
  readonly headRepository: Repository;
  readonly headSha: string;
  readonly headBranch: string;
  readonly artifacts: StoredArtifact[] = [];
  readonly #state: GitHubState;
  readonly #runs: WorkflowRuns;
  readonly #jobs = new Map<string, string>();

  constructor(state: GitHubState, runs: WorkflowRuns, fields: NewRun & { readonly id: number }) {
    this.#state = state;
    this.#runs = runs;
    this.id = fields.id;
    this.repository = fields.repository;
    this.headRepository = fields.headRepository ?? fields.repository;
    this.headSha = fields.headSha ?? '0'.repeat(40);
    this.headBranch = fields.headBranch ?? fields.repository.defaultBranch;
  }

  /**
   * What the runner adds to the environment of an action in a job of this run.
   * @param instance tells jobs of one matrix apart, which share the job's name.
   */
  environment(job = 'job', instance = ''): Record<string, string> {
    return {
      ACTIONS_RESULTS_URL: `${this.#runs.resultsUrl}/`,
      ACTIONS_RUNTIME_TOKEN: this.#runs.issueToken(this, this.jobId(`${job}${instance}`)),
      GITHUB_RUN_ID: String(this.id),
      GITHUB_JOB: job,
    };
  }

  jobId(job: string): string {
    const id = this.#jobs.get(job) ?? randomUUID();
    this.#jobs.set(job, id);
    return id;
  }

  /** Puts an artifact there as if a job had uploaded it. */
  uploadArtifact({ name, files = {}, archive, job = 'job', ...said }: NewArtifact): Handover {
    const data = archive ?? zipOf(files);
    const actual = sha256(data);
    this.store({
      ...{ name, data, jobId: this.jobId(job), size: said.size ?? data.length },
      digest: said.digest === undefined ? `sha256:${actual}` : said.digest,
    });
    return { id: this.artifacts.at(-1)!.id, digest: actual };
  }

  /** What any job of the run can do: delete an artifact and upload another under its name. */
  replaceArtifact(id: number, artifact: Omit<NewArtifact, 'name'>): Handover {
    const { name } = this.artifact(id);
    this.deleteArtifact(id);
    return this.uploadArtifact({ ...artifact, name });
  }

  /** Other bytes under the same id and digest, as if the storage were not to be trusted. */
  corruptArtifact(id: number, archive: Buffer): void {
    this.artifact(id).data = archive;
  }

  expireArtifact(id: number): void {
    this.artifact(id).expiresAt = new Date(this.#state.now().getTime() - 1);
  }

  deleteArtifact(id: number): void {
    this.artifacts.splice(this.artifacts.indexOf(this.artifact(id)), 1);
  }

  artifact(id: number): StoredArtifact {
    const found = this.artifacts.find((artifact) => artifact.id === id);
    if (found === undefined) throw new Error(`run ${this.id} has no artifact ${id}`);
    return found;
  }

  store(fields: Pick<StoredArtifact, 'name' | 'data' | 'jobId' | 'size' | 'digest'>): StoredArtifact {
    const createdAt = this.#state.now();
    const expiresAt = new Date(createdAt.getTime() + RETENTION_DAYS * DAY);
    const artifact = { ...fields, id: this.#state.nextId(), run: this, createdAt, expiresAt };
    this.artifacts.push(artifact);
    return artifact;
  }

  isExpired({ expiresAt }: StoredArtifact): boolean {
    return expiresAt <= this.#state.now();
  }
}

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
