import type { Repository } from '../../ports/repository.ts';
import type { RunContext } from '../../ports/runner.ts';
import type { Exam } from '../exam.ts';
import type { ModelSetup } from '../load-models.ts';
import type { DataHistory } from './other-data.ts';

/**
 * Where the previous version of the data lies: on a pull request in the base branch, on a laptop in the last
 * commit, else (a push, a schedule) in the commit before the one that is checked out. Undefined outside of Git
 * and where that commit is not here.
 */
export async function findHistory(
  { exam, setup }: { readonly exam: Exam; readonly setup: ModelSetup },
  { repository, context }: { readonly repository: Repository | undefined; readonly context: RunContext },
): Promise<DataHistory | undefined> {
  if (repository === undefined) return undefined;
  const head = await repository.resolveCommit('HEAD');
  if (head === undefined) return undefined;
  const isOwn = exam.commit === undefined || exam.commit === head;
  const commit = !isOwn
    ? exam.commit
    : context.event === 'local'
      ? head
      : (await repository.parentsOf(head))[0];
  const known = commit === undefined ? undefined : await repository.resolveCommit(commit);
  if (known === undefined) return undefined;
  return { repository, commit: known, directory: setup.baseDirectory, isExam: !isOwn };
}
