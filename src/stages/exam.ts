import { findBase } from './exam/base-commit.ts';
import { prepareBaseExam } from './exam/base-exam.ts';
import type { ExamRequest } from './exam/exam-request.ts';
import { prepareOwnExam } from './exam/own-exam.ts';
import type { Exam, PreparedExam } from './exam/prepared-exam.ts';

export type { Exam, PreparedExam } from './exam/prepared-exam.ts';

/** Prepares the exam of one model: from the base branch on a pull request, else from what is checked out. */
export async function prepareExam(request: ExamRequest): Promise<PreparedExam> {
  const { setup, repository } = request;
  const base = repository && setup.configFile !== undefined ? await findBase(request, repository) : undefined;
  if (base === undefined || repository === undefined || setup.configFile === undefined)
    return prepareOwnExam(request);
  await repository.fetchCommit(base);
  return prepareBaseExam({ ...request, repository, configFile: setup.configFile, base });
}

/** Prepares the exam and puts its data in place. */
export async function layOutExam(request: ExamRequest): Promise<Exam> {
  const { exam, provide } = await prepareExam(request);
  await provide();
  return exam;
}
