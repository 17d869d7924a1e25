import { GitHubError } from './answers.ts';
import type { TreeChange } from './git-repository.ts';
import {
  closeIssue,
  createComment,
  createIssue,
  editComment,
  findComment,
  findIssue,
  reopenIssue,
} from './issues.ts';
import { synchronizePull, synchronizePulls } from './pull-synchronization.ts';
import { findPull, mergePull, openPull } from './pulls.ts';
import { changeRelease, createRelease, findReleaseByTag, type ReleaseFields } from './releases.ts';
import type { Comment, GitHubState, Issue, PullRequestIssue, Release, Repository, User } from './state.ts';

export type Push = {
  readonly branch: string;
  /** Branch or commit to start from; the branch itself when it is there, else the default branch. */
  readonly from?: string;
  readonly message: string;
  /** Whole content by path; `null` removes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
};

export type PullRequestRequest = {
  readonly title: string;
  readonly body?: string;
  /** `branch`, or `owner:branch` of a fork. */
  readonly head: string;
  /** The default branch when left out. */
  readonly base?: string;
  readonly draft?: boolean;
};

/** What a person does on the pages of GitHub or at a keyboard: the acts of a story, without a token. */
export class Person {
  readonly user: User;
  readonly #state: GitHubState;

  constructor(state: GitHubState, user: User) {
    this.#state = state;
    this.user = user;
  }

  /** Commits files on a branch and pushes it; returns the commit. */
  push(repository: Repository, push: Push): Promise<string> {
    return repository.exclusively(async () => {
      const { git } = repository;
      const branch = `refs/heads/${push.branch}`;
      const tip = await git.reference(branch);
      const start = push.from ?? (tip === undefined ? repository.defaultBranch : push.branch);
      const parent = await git.commitOf(start);
      const changes = Object.entries(push.files).map(
        ([path, content]): TreeChange => ({ path, mode: '100644', ...(content === null ? {} : { content }) }),
      );
      const signature = { name: this.user.name, email: this.user.email, date: this.#state.now() };
      const sha = await git.createCommit({
        tree: await git.createTree(parent === undefined ? undefined : `${parent}^{tree}`, changes),
        parents: parent === undefined ? [] : [parent],
        message: push.message,
        author: signature,
        committer: signature,
      });
      await git.updateReference(branch, sha);
      await synchronizePulls(this.#state, repository, this.user);
      return sha;
    });
  }

  deleteBranch(repository: Repository, branch: string): Promise<void> {
    return repository.exclusively(async () => {
      await repository.git.deleteReference(`refs/heads/${branch}`);
      await synchronizePulls(this.#state, repository, this.user);
    });
  }

  openPullRequest(repository: Repository, request: PullRequestRequest): Promise<PullRequestIssue> {
    const { title, body = null, head, base = repository.defaultBranch, draft = false } = request;
    const fields = { author: this.user, title, body, head, base, draft };
    return repository.exclusively(() => openPull(this.#state, repository, fields));
  }

  /** Merges with a real commit (or squashes) and returns its SHA. */
  mergePullRequest(
    repository: Repository,
    number: number,
    method: 'merge' | 'squash' = 'merge',
  ): Promise<string> {
    return repository.exclusively(async () => {
      const place = { repository, issue: findPull(repository, number) };
      const sha = await mergePull(this.#state, place, { by: this.user, method });
      await synchronizePulls(this.#state, repository, this.user);
      return sha;
    });
  }

  openIssue(repository: Repository, request: { title: string; body?: string; labels?: string[] }): Issue {
    const { title, body = null, labels = [] } = request;
    return createIssue(this.#state, repository, { author: this.user, title, body, labels });
  }

  /** Closes an issue or a pull request without merging it. */
  close(repository: Repository, number: number): void {
    const issue = findIssue(repository, number);
    closeIssue(this.#state, issue, this.user, issue.pull === undefined ? 'completed' : null);
  }

  reopen(repository: Repository, number: number): Promise<void> {
    return repository.exclusively(async () => {
      const issue = findIssue(repository, number);
      if (issue.pull?.mergedAt)
        throw new GitHubError(422, 'The pull request is merged and cannot be reopened.');
      reopenIssue(this.#state, issue);
      if (issue.pull !== undefined)
        await synchronizePull(this.#state, repository, findPull(repository, number));
    });
  }

  comment(repository: Repository, number: number, body: string): Comment {
    return createComment(this.#state, repository, { author: this.user, issueNumber: number, body });
  }

  editComment(repository: Repository, commentId: number, body: string): void {
    editComment(this.#state, findComment(repository, commentId), body);
  }

  deleteComment(repository: Repository, commentId: number): void {
    repository.comments.delete(findComment(repository, commentId).id);
  }

  release(repository: Repository, fields: Partial<ReleaseFields> & { tagName: string }): Promise<Release> {
    const standing = { targetCommitish: repository.defaultBranch, name: null, body: null };
    const flags = { draft: false, prerelease: false, makeLatest: 'true' as const };
    const request = { ...standing, ...flags, ...fields, author: this.user };
    return repository.exclusively(() => createRelease(this.#state, repository, request));
  }

  /** Takes a release back without touching its tag or assets: it becomes a prerelease. */
  markPrerelease(repository: Repository, tag: string): Promise<void> {
    return repository.exclusively(async () => {
      const release = findReleaseByTag(repository, tag);
      await changeRelease(this.#state, { repository, release }, { ...release, prerelease: true });
    });
  }
}
