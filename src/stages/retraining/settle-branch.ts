import { InputError, OutsideError } from '../../core/errors.ts';
import type { CodeHost, HostCommit } from '../../ports/code-host.ts';
import { findForeignCommits, type Proposal, renderCommitMessage } from './candidate-commit.ts';

export type BranchRequest = {
  readonly branch: string;
  readonly base: string;
  readonly lockPath: string;
  readonly lockText: string;
  readonly proposal: Proposal;
  /** Login of the token; undefined for the token of an app. */
  readonly viewer: string | undefined;
};

export type SettledBranch =
  | {
      readonly head: string;
      readonly written: boolean;
      /** Login that the head commit carries. */
      readonly author: string | undefined;
      readonly foreign?: undefined;
    }
  | { readonly head: string; readonly foreign: readonly HostCommit[] };

/** Somebody else can be faster a few times, hardly more often. */
const TRIES = 4;

/**
 * Makes the branch hold the base branch and this lock file, by one commit that moves it forward; nothing is
 * written when the lock file says so already, or when somebody else has committed to the branch.
 */
export async function settleBranch(request: BranchRequest, host: CodeHost): Promise<SettledBranch> {
  const { branch, base, lockPath, lockText, viewer } = request;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const [parent, expected] = await Promise.all([host.branches.head(base), host.branches.head(branch)]);
    if (parent === undefined) {
      throw new InputError(`there is no branch ${base} to propose a retraining for; correct the input base`);
    }
    if (expected !== undefined) {
      const commits = await host.branches.commitsBetween(parent, expected);
      const foreign = findForeignCommits(commits, viewer);
      if (foreign.length > 0) return { head: expected, foreign };
      const content = await host.branches.readFile(expected, lockPath);
      // Without commits of its own the branch is an old one that was merged.
      if (commits.length > 0 && content !== undefined && new TextDecoder().decode(content) === lockText) {
        return { head: expected, written: false, author: commits[0]?.author };
      }
    }
    const head = await host.branches.commit({
      branch,
      parent,
      expected,
      message: renderCommitMessage(request.proposal),
      files: { [lockPath]: lockText },
    });
    if (head !== undefined) {
      const [newest] = await host.branches.commitsBetween(parent, head);
      return { head, written: true, author: newest?.author };
    }
  }
  throw new OutsideError(`the branch ${branch} moved each time it was written; run this again`);
}
