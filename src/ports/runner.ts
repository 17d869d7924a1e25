import type { SourceLocation } from '../core/errors.ts';

/** What a stage tells whoever started it: log lines, groups, annotations and progress. */
export interface Log {
  info(message: string): void;
  warning(message: string, location?: SourceLocation): void;
  error(message: string, location?: SourceLocation): void;
  debug(message: string): void;
  /** Runs work inside a foldable group of log lines. */
  group<Result>(title: string, work: () => Promise<Result>): Promise<Result>;
  /** Reports progress of the current work: rows done of a total. Shown a few times, not at each call. */
  progress(what: string, done: number, total: number): void;
}

/** The run that a `workflow_run` event follows. Its numbers and names are the platform's, its files are not. */
export type UpstreamRun = {
  readonly run: string;
  /** What started it: `pull_request`, `push`, … */
  readonly event: string;
  /** `owner/name` of the repository its head commit is in; absent when it was deleted. */
  readonly headRepository?: string;
  readonly headBranch: string;
  readonly headCommit: string;
};

/** Where and why this run happens, read once from the runner's environment. */
export type RunContext = {
  readonly event:
    | 'pull_request'
    | 'push'
    | 'schedule'
    | 'workflow_dispatch'
    | 'merge_group'
    | 'workflow_run'
    | 'issue_comment'
    | 'local'
    | 'other';
  /** `owner/name`. */
  readonly repository?: string;
  readonly serverUrl: string;
  readonly runUrl?: string;
  readonly run?: string;
  readonly attempt?: string;
  readonly workflow?: string;
  /** Name of the job in its workflow; the same in every attempt, and for all jobs of a matrix. */
  readonly job?: string;
  /** Commit that is checked out: the merge commit on a pull request. */
  readonly commit?: string;
  /** Head commit of the pull request, else the commit itself; unknown when a comment started the run. */
  readonly headCommit?: string;
  readonly baseCommit?: string;
  /** Commit before a push. */
  readonly beforeCommit?: string;
  readonly pullRequest?: number;
  /** Of a `workflow_run` event. */
  readonly upstream?: UpstreamRun;
  /** Whether the change comes from another repository, or from Dependabot. */
  readonly untrusted: boolean;
  /** Whether a push is to the default branch. */
  readonly defaultBranch: boolean;
  /** The cron line that started a scheduled run. */
  readonly schedule?: string;
};

/** What the run's page shows of a step, as Markdown. */
export interface Summary {
  write(markdown: string): Promise<void>;
}
