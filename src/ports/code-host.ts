/**
 * The place where a repository is discussed: pull requests, comments, statuses, issues and branches on the
 * server. Every method throws OutsideError with the request id when the host fails after retries, and
 * MissingPermissionError (an InputError naming the YAML line to add) when the token may not.
 */
export interface CodeHost {
  readonly repository: { readonly owner: string; readonly name: string };

  readonly comments: {
    /** All comments of a pull request or issue, oldest first. */
    list(number: number): Promise<readonly HostComment[]>;
    create(number: number, body: string): Promise<HostComment>;
    update(commentId: number, body: string): Promise<HostComment>;
    delete(commentId: number): Promise<void>;
  };

  readonly pulls: {
    get(number: number): Promise<PullRequest>;
    /** Pull requests whose head is that branch (`owner:branch`), newest first. */
    findByHead(head: string, state: 'open' | 'closed' | 'all'): Promise<readonly PullRequest[]>;
    findByCommit(commit: string): Promise<readonly PullRequest[]>;
    /** Numbers of all that are open. */
    listOpen(): Promise<readonly number[]>;
    /** The pull request from head to base, made now unless it is open already. */
    create(request: NewPullRequest): Promise<PullRequest>;
    update(
      number: number,
      change: { readonly title?: string; readonly body?: string; readonly state?: 'closed' },
    ): Promise<PullRequest>;
    requestReviewers(number: number, reviewers: readonly string[]): Promise<void>;
  };

  readonly issues: {
    /** Open issues with a label (no pull requests), oldest first. */
    findByLabel(label: string): Promise<readonly HostIssue[]>;
    create(issue: {
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
    }): Promise<HostIssue>;
    update(
      number: number,
      change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
    ): Promise<HostIssue>;
    addLabels(number: number, labels: readonly string[]): Promise<void>;
  };

  readonly statuses: {
    set(commit: string, status: CommitStatus): Promise<void>;
  };

  readonly branches: {
    /** Commit a branch points at; undefined when it does not exist. */
    head(branch: string): Promise<string | undefined>;
    /**
     * Content of a file at a branch or commit; undefined when it is not there.
     * @throws InputError when it is larger than is wanted.
     */
    readFile(
      revision: string,
      path: string,
      limit?: { readonly maximumBytes: number },
    ): Promise<Uint8Array | undefined>;
    /** The commits reachable from `head` and not from `base`, newest first. */
    commitsBetween(base: string, head: string): Promise<readonly HostCommit[]>;
    /**
     * Writes one commit whose content is that of `parent` with the files, and points the branch at it. The
     * branch is created when `expected` is undefined, else moved only if it still points at `expected`
     * (compare and swap) and never backwards: where `expected` is not `parent`, the commit joins both.
     * Returns the id of the commit; undefined when somebody else moved or made the branch meanwhile, in
     * which case nothing was changed and the caller reads and tries again.
     */
    commit(request: BranchCommit): Promise<string | undefined>;
    /** Every file of a commit. */
    list(commit: string): Promise<readonly HostFile[]>;
    /**
     * Puts one commit without a parent, with these files alone, in the place of a branch and all its history, if
     * the branch still points at `expected` (does not exist when it is undefined). Returns the id of the
     * commit; undefined when somebody else moved or made the branch meanwhile, in which case nothing was changed.
     */
    replace(request: BranchReplacement): Promise<string | undefined>;
    delete(branch: string): Promise<void>;
  };

  /** Permission of a user on the repository. */
  permissionOf(login: string): Promise<'admin' | 'write' | 'read' | 'none'>;

  /** Name of the default branch. */
  defaultBranch(): Promise<string>;

  /**
   * Login that comments of this token carry; undefined for the token of an app (the job's own is one), which
   * may not ask: its comments carry a login that ends in `[bot]`.
   */
  viewer(): Promise<string | undefined>;
}

export type HostComment = {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  readonly url: string;
  readonly createdAt: string;
};

export type PullRequest = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly url: string;
  readonly author: string;
  readonly labels: readonly string[];
  /** `owner/name` of the head repository; undefined when it was deleted. */
  readonly headRepository: string | undefined;
  readonly headBranch: string;
  readonly headCommit: string;
  readonly baseBranch: string;
  readonly baseCommit: string;
  readonly mergeCommit: string | undefined;
  /** Of an open one: the merge of base and head that the host tried last; both move on without it at times. */
  readonly testMerge: string | undefined;
  readonly createdAt: string;
  readonly closedAt: string | undefined;
};

export type NewPullRequest = {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
};

export type HostIssue = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly url: string;
  readonly labels: readonly string[];
};

export type CommitStatus = {
  readonly context: string;
  readonly state: 'success' | 'failure' | 'pending' | 'error';
  /** At most 140 characters are kept. */
  readonly description: string;
  readonly targetUrl?: string;
};

export type HostCommit = {
  readonly id: string;
  readonly message: string;
  readonly author: string;
};

export type BranchCommit = {
  readonly branch: string;
  /** Commit whose content the files are laid over; undefined for a branch that holds these files alone. */
  readonly parent: string | undefined;
  readonly expected: string | undefined;
  readonly message: string;
  /** Whole content of each file, by its path from the top of the repository; bytes are kept as they are. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
};

export type HostFile = {
  /** From the top of the repository. */
  readonly path: string;
  /** Id of the content, by which it can be written again without being sent. */
  readonly content: string;
};

export type BranchReplacement = {
  readonly branch: string;
  readonly expected: string | undefined;
  readonly message: string;
  /** By path; content that the host has already is named by its id. */
  readonly files: Readonly<Record<string, string | Uint8Array | Pick<HostFile, 'content'>>>;
};
