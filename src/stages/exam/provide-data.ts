import { isAbsolute, join, resolve } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ExamData } from './exam-data.ts';
import { type ExamFolder, examFolderOf, openExamFolder } from './exam-folder.ts';
import type { BaseRequest } from './exam-request.ts';
import type { FetchPlan } from './fetch-plan.ts';
import { fillLargeFiles, findLargeFiles, refuseLargeFile } from './large-files.ts';
import { fetchHere } from './own-exam.ts';
import type { Exam } from './prepared-exam.ts';
import { pathInRepository } from './repository-path.ts';
import { runFetch } from './run-fetch.ts';

export type Provided = {
  readonly data: ExamData;
  readonly fetch: FetchPlan | undefined;
  readonly exam: Exam;
};

/** Lays out the base's files, with the bytes of large ones, and fetches what is not in Git. */
export async function provideBaseData(request: BaseRequest, provided: Provided): Promise<void> {
  const { repository, base, world } = request;
  const { data, fetch } = provided;
  const folder = await openExamFolder(request);
  await world.files.remove(folder.base);
  const written = await repository.exportFiles(base, data.tracked, folder.base);
  const large = await findLargeFiles(request, written, folder.base);
  const place = { directory: folder.base, beside: [repository.directory, folder.workTree] };
  const absent = await fillLargeFiles(request, large, { ...place, ask: false });
  const isNeeded = data.untracked.length > 0 || absent.length > 0;
  if (fetch !== undefined && isNeeded) await fetchForExam(request, provided, folder);
  else if (await world.files.exists(folder.workTree)) await repository.removeWorkTree(folder.workTree);
  const [missing] = await fillLargeFiles(request, absent, { ...place, ask: true });
  if (missing !== undefined) throw refuseLargeFile(missing, base);
  if (data.tracksRows && data.untracked.length > 0) await copyUntracked(request, provided, folder);
}

/** Beside the change where it can fetch nothing else there, since that is done anyway; else beside the base's files. */
async function fetchForExam(
  request: BaseRequest,
  { data, fetch, exam }: Provided,
  folder: ExamFolder,
): Promise<void> {
  const { repository, base, world } = request;
  if (fetch === undefined) return;
  if (!fetch.apart) {
    await fetchHere(request, exam);
    return;
  }
  world.log.info(
    'the change touches what decides the data; those of the exam are fetched by the base branch',
  );
  await runFetch(request, {
    command: fetch.command,
    directory: join(folder.workTree, data.configDirectory),
    record: folder.records.base,
    facts: base,
    brings: { paths: data.untracked, directory: join(folder.workTree, data.configDirectory) },
    place: {
      isReady: () => world.files.exists(join(folder.workTree, '.git')),
      make: () => repository.addWorkTree(base, folder.workTree),
    },
  });
}

/** Rows that are partly in Git are read from one directory, so that the other part is put beside them. */
async function copyUntracked(request: BaseRequest, provided: Provided, folder: ExamFolder): Promise<void> {
  const { repository, world } = request;
  const { data } = provided;
  const from = exposedDirectory(request, provided);
  for (const path of data.untracked) {
    if (isAbsolute(path)) continue;
    if (pathInRepository(repository, data.configDirectory, path) === undefined) {
      throw new InputError(
        `${path} lies outside of the repository, and other files of the same data are in Git; write its absolute path, or keep both in one place`,
      );
    }
    for (const file of await world.files.find([path], from))
      await world.files.copy(join(from, file), join(folder.base, data.configDirectory, file));
  }
}

/** Where files of the exam lie that are not in Git. */
function exposedDirectory(request: BaseRequest, { data, fetch }: Provided): string {
  return fetch?.apart === true
    ? join(examFolderOf(request).workTree, data.configDirectory)
    : resolve(request.repository.directory, data.configDirectory);
}

/** What code of the change could reach, since it is not laid out from Git. */
export async function digestExposed(
  request: BaseRequest,
  provided: Provided,
): Promise<ReadonlyMap<string, string>> {
  const { files } = request.world;
  const directory = exposedDirectory(request, provided);
  const digests = new Map<string, string>();
  for (const path of await files.find(provided.data.untracked, directory))
    digests.set(path, (await files.digest(resolve(directory, path))).sha256);
  return digests;
}
