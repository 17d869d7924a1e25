import type { CompletedDrift } from '../../core/documents/drift.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import type { DownloadedRelease, ModelRegistry } from '../../ports/model-registry.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';

export type RetrainingRequest = {
  readonly setup: ModelSetup;
  readonly workingDirectory: string;
  /** Folder with drift.json, training.json and comparison.json; that of the model by default. */
  readonly evidence: string | undefined;
  /** Branch the pull request goes into; the default branch when undefined. */
  readonly base: string | undefined;
  /** Instead of those of the config when there are any. */
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly cooldownDays: number | undefined;
};

export type RetrainingPorts = {
  readonly world: StageWorld;
  readonly registry: ModelRegistry;
  readonly host: CodeHost;
  /** Tells the top of the repository; the working directory stands in. */
  readonly repository: Repository | undefined;
  /** Holds the ledger of the holdouts; absent where nothing is counted. */
  readonly history?: History | undefined;
};

export type RetrainingOperation = 'created' | 'updated' | 'closed' | 'unchanged' | 'snoozed';

/** What one run found and did about one model. */
export type RetrainingEnding = {
  readonly operation: RetrainingOperation;
  readonly reason: string;
  /** Pull request that is open, or was closed by this run. */
  readonly pull?: PullRequest | undefined;
  /** Digest of the candidate that is proposed. */
  readonly digest?: string;
  /** Opens the pull request by a click, where the token may not. */
  readonly openLink?: string;
  readonly snoozedUntil?: string;
  readonly withheld?: string;
};

/** Everything the parts of this stage look at. */
export type RetrainingFacts = {
  readonly request: RetrainingRequest;
  readonly ports: RetrainingPorts;
  readonly drift: CompletedDrift;
  readonly champion: DownloadedRelease | undefined;
  readonly directory: string;
  readonly lockPath: string;
  readonly branch: string;
  readonly cooldownDays: number;
  /** Login of the token; undefined for the token of an app. */
  readonly viewer: string | undefined;
  /** All pull requests of the branch, newest first. */
  readonly pulls: readonly PullRequest[];
  readonly open: PullRequest | undefined;
};
