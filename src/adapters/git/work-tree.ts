import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type GitProcess, gitFailed, runGit } from './git-process.ts';

/** A detached work tree, made anew: one that a killed run left half done is no obstacle. */
export async function addWorkTree(git: GitProcess, commit: string, directory: string): Promise<void> {
  await removeWorkTree(git, directory);
  await mkdir(path.dirname(directory), { recursive: true });
  // Given twice, the force also takes over the lock of a run that was killed while it checked out.
  const commandArguments = ['worktree', 'add', '--force', '--force', '--detach', directory, commit];
  // Objects of Git LFS are fetched by hash where they are needed, and not all of them.
  const environment = { ...git.environment, GIT_LFS_SKIP_SMUDGE: '1' };
  const result = await runGit({ ...git, environment }, commandArguments);
  if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
}

export async function removeWorkTree(git: GitProcess, directory: string): Promise<void> {
  // Git refuses to remove what is half done or not its own; the directory goes all the same.
  await runGit(git, ['worktree', 'remove', '--force', '--force', directory]);
  await rm(directory, { recursive: true, force: true });
  await runGit(git, ['worktree', 'prune']);
}
