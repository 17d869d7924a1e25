import { join, resolve } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ExamRequest } from './exam-request.ts';

/** Where exams are laid out; never uploaded, never committed. */
const EXAM_ROOT = '.contender-exam';

/** The parts of a model's folder of the exam. */
export type ExamFolder = {
  /** Files of the base commit, laid out anew each time. */
  readonly base: string;
  /** The base commit checked out, for a command that fetches its data. */
  readonly workTree: string;
  /** What was fetched into the checked-out directory, and into the work tree. */
  readonly records: { readonly head: string; readonly base: string };
};

export function examFolderOf({ workingDirectory, setup }: ExamRequest): ExamFolder {
  const root = resolve(workingDirectory, EXAM_ROOT, setup.configuration.model);
  return {
    base: join(root, 'base'),
    workTree: join(root, 'work-tree'),
    records: { head: join(root, 'fetched.json'), base: join(root, 'fetched-base.json') },
  };
}

/**
 * Makes sure that the folder is ours.
 * @throws InputError when it is a link, or Git has files in it: a change could then bring its own exam.
 */
export async function openExamFolder(request: ExamRequest): Promise<ExamFolder> {
  const { world, workingDirectory, repository } = request;
  const root = resolve(workingDirectory, EXAM_ROOT);
  const refuse = (what: string) =>
    new InputError(`${EXAM_ROOT} ${what}; remove it: the folder is Contender's own and is made anew`, {
      location: { file: EXAM_ROOT },
    });
  const folder = examFolderOf(request);
  for (const path of [root, join(folder.base, '..')]) {
    if (await world.files.isLink(path)) throw refuse('is a symbolic link');
  }
  const head = await repository?.resolveCommit('HEAD');
  const committed = `**/${EXAM_ROOT}`;
  if (repository !== undefined && head !== undefined) {
    const found = await repository.listFilesAt(head, [committed, `${committed}/**`]);
    if (found.length > 0) throw refuse('has files in Git');
  }
  await world.files.write(join(root, '.gitignore'), '*\n');
  return folder;
}
