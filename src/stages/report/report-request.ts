import type { ArtifactReference, ArtifactStore } from '../../ports/artifact-store.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import type { Summary } from '../../ports/runner.ts';
import type { StageWorld } from '../stage.ts';
import type { PictureTools } from './pictures.ts';
import type { JobPlace } from './publish-comment.ts';

export type ReportRequest = {
  /** Files, folders or globs from the working directory; empty for all of the evidence directory. */
  readonly evidence: readonly string[];
  /** The only artifacts that are reported, by id and digest; empty where files are. */
  readonly pinned: readonly ArtifactReference[];
  /** Root of the evidence of all models, as given: the report goes there. */
  readonly evidenceDirectory: string;
  readonly workingDirectory: string;
  /** Number of the pull request; that of the event by default. */
  readonly pullRequest: number | undefined;
  readonly comment: boolean;
  /** Tells a second comment on the same pull request apart. */
  readonly key: string | undefined;
  /** Place among the jobs of this run that report to the same comment; alone by default. */
  readonly job?: JobPlace | undefined;
  /** Whether the comment shows pictures, where they can be kept on their branch. */
  readonly pictures?: boolean;
};

export type ReportPorts = {
  readonly world: StageWorld;
  readonly summary: Summary;
  /** Absent where nobody is to be told: on a laptop without a token. */
  readonly host: CodeHost | undefined;
  /** Holds the ledger of the holdouts; absent where nothing is counted. */
  readonly history?: History | undefined;
  /** Evidence of other jobs, and the place where the report is kept; absent where nothing outlives the run. */
  readonly artifacts?: ArtifactStore | undefined;
  /** Absent where no pictures are drawn. */
  readonly pictures?: PictureTools | undefined;
  /** Waits, for jobs that write to the same comment. */
  readonly sleep: (milliseconds: number) => Promise<void>;
};
