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

/** Where and why this run happens, read once from the runner's environment. */
export type RunContext = {
  readonly event:
    | 'pull_request'
    | 'push'
    | 'schedule'
    | 'workflow_dispatch'
    | 'merge_group'
    | 'workflow_run'
    | 'local'
    | 'other';
  /** `owner/name`. */
  readonly repository?: string;
  readonly serverUrl: string;
  readonly runUrl?: string;
  readonly run?: string;
  readonly attempt?: string;
  /** Name of the job in its workflow; jobs of one matrix share it. */
  readonly job?: string;
  /** Commit that is checked out: the merge commit on a pull request. */
  readonly commit?: string;
  /** Head commit of the pull request, else the commit itself. */
  readonly headCommit?: string;
  readonly baseCommit?: string;
  /** Commit before a push. */
  readonly beforeCommit?: string;
  readonly pullRequest?: number;
  /** Whether the pull request comes from another repository, or the token is read-only by design (Dependabot). */
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
