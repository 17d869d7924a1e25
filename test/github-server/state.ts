import { GitRepository } from './git-repository.ts';
import type { WorkflowRun } from './workflow-runs.ts';

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export type User = {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string;
  readonly email: string;
};

export type RepositorySettings = {
  /** "Allow GitHub Actions to create and approve pull requests"; off in new repositories, as on GitHub. */
  allowActionsToCreatePullRequests: boolean;
  /** Releases are locked when they are published. */
  immutableReleases: boolean;
  hasIssues: boolean;
  deleteBranchOnMerge: boolean;
  /** How an asset is served: by a redirect to signed storage, or from the API itself. */
  assetDownload: 'redirect' | 'direct';
};

export type Label = { id: number; name: string; color: string; description: string | null };

export type Comment = {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: User;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
};

export type Issue = {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: User;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  labels: string[];
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  closedBy: User | null;
  /** Set when the issue is a pull request. */
  readonly pull?: PullRequest;
};

export type PullRequest = {
  readonly headRepository: Repository;
  readonly headBranch: string;
  headSha: string;
  baseBranch: string;
  baseSha: string;
  draft: boolean;
  requestedReviewers: User[];
  /** The test merge (`refs/pull/N/merge`) while open, the real merge commit once merged. */
  mergeCommitSha: string | null;
  mergeable: boolean;
  mergedAt: Date | null;
  mergedBy: User | null;
};

export type PullRequestIssue = Issue & { readonly pull: PullRequest };

export type Status = {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly createdAt: Date;
};

export type Asset = {
  readonly id: number;
  name: string;
  label: string | null;
  readonly contentType: string;
  readonly data: Buffer;
  readonly sha256: string;
  readonly uploader: User;
  readonly createdAt: Date;
  updatedAt: Date;
  downloads: number;
};

export type Release = {
  readonly id: number;
  readonly author: User;
  tagName: string;
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  makeLatest: 'true' | 'false' | 'legacy';
  readonly assets: Asset[];
  /** Date of the commit it is made from. */
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
};

/** Everything GitHub keeps of one repository beside the git objects. */
export class Repository {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly git: GitRepository;
  readonly settings: RepositorySettings;
  readonly createdAt: Date;
  readonly parent: Repository | undefined;
  readonly collaborators = new Map<string, Role>();
  readonly issues = new Map<number, Issue>();
  readonly comments = new Map<number, Comment>();
  readonly labels = new Map<string, Label>();
  readonly statuses: Status[] = [];
  readonly releases = new Map<number, Release>();
  readonly runs = new Map<number, WorkflowRun>();
  /** Tags that an immutable release has used; they stay taken when it is deleted. */
  readonly lockedTags = new Set<string>();
  /** Commits made over the API by a bot without naming an author, which GitHub signs itself. */
  readonly signedCommits = new Set<string>();
  /** The release that was last published with `make_latest: "true"`. */
  latestReleaseId: number | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(fields: RepositoryFields) {
    this.id = fields.id;
    this.owner = fields.owner;
    this.name = fields.name;
    this.private = fields.private;
    this.defaultBranch = fields.defaultBranch;
    this.git = new GitRepository(fields.directory);
    this.settings = fields.settings;
    this.createdAt = fields.createdAt;
    this.parent = fields.parent;
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  get pulls(): PullRequestIssue[] {
    return [...this.issues.values()].filter((issue): issue is PullRequestIssue => issue.pull !== undefined);
  }

  /** Acts that change the repository run one after another, in the order they arrived. */
  exclusively<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(act);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  roleOf(login: string): Role {
    if (login.toLowerCase() === this.owner.login.toLowerCase()) return 'admin';
    return this.collaborators.get(login.toLowerCase()) ?? (this.private ? 'none' : 'read');
  }
}

export type RepositoryFields = {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly directory: string;
  readonly settings: RepositorySettings;
  readonly createdAt: Date;
  readonly parent: Repository | undefined;
};

export const ACTIONS_LOGIN = 'github-actions[bot]';

/** All repositories, people and ids of one GitHub. */
export class GitHubState {
  readonly repositories: Repository[] = [];
  readonly users = new Map<string, User>();
  readonly now: () => Date;
  #lastId = 1_000;

  constructor(now: () => Date) {
    this.now = now;
    this.users.set(ACTIONS_LOGIN, {
      id: 41_898_282,
      login: ACTIONS_LOGIN,
      type: 'Bot',
      name: ACTIONS_LOGIN,
      email: '41898282+github-actions[bot]@users.noreply.github.com',
    });
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  findUser(login: string): User | undefined {
    return this.users.get(login.toLowerCase());
  }

  /** The user with this login, made on first use. */
  user(login: string): User {
    const known = this.findUser(login);
    if (known !== undefined) return known;
    const id = this.nextId();
    const user: User = {
      id,
      login,
      type: login.endsWith('[bot]') ? 'Bot' : 'User',
      name: login,
      email: `${id}+${login}@users.noreply.github.com`,
    };
    this.users.set(login.toLowerCase(), user);
    return user;
  }

  userByEmail(email: string): User | undefined {
    return [...this.users.values()].find((user) => user.email === email);
  }

  findRepository(owner: string, name: string): Repository | undefined {
    const wanted = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((repository) => repository.fullName.toLowerCase() === wanted);
  }
}
