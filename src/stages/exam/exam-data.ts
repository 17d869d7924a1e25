import { posix } from 'node:path';
import type { Configuration, SourceConfiguration } from '../../core/configuration/configuration.ts';
import type { BaseRequest } from './exam-request.ts';
import { pathInRepository } from './repository-path.ts';

/** Where the data of an exam are, as far as the base branch and its config tell. */
export type ExamData = {
  /** Folder of the base's config, from the top of the repository. */
  readonly configDirectory: string;
  /** Paths and globs of the rows that judge, from the top of the repository, of those inside it. */
  readonly patterns: readonly string[];
  /** The same with reference data and contract. */
  readonly watched: readonly string[];
  /** Files of the base commit that the watched patterns read. */
  readonly tracked: readonly string[];
  /** Paths of the config that no file in Git matches, as written. */
  readonly untracked: readonly string[];
  /** Whether some of the rows that judge are in Git. */
  readonly tracksRows: boolean;
  readonly contractInGit: boolean;
  /** Whether the base fixes the rows; see `Exam.coversData`. */
  readonly coversData: boolean;
};

export async function findExamData(
  request: BaseRequest,
  configuration: Configuration,
  configPath: string,
): Promise<ExamData> {
  const { repository, base } = request;
  const configDirectory = posix.dirname(configPath);
  const { data, contract } = configuration;
  const inside = (path: string) => pathInRepository(repository, configDirectory, path);
  const sources = [data.holdout, data.source].filter((source) => source !== undefined);
  const found = new Map<string, readonly string[]>();
  async function filesOf(path: string): Promise<readonly string[]> {
    const pattern = inside(path);
    const files = pattern === undefined ? [] : await repository.listFilesAt(base, [pattern]);
    // A pointer lies beside its data and is not data itself.
    const own = files.filter((file) => !file.endsWith('.dvc'));
    found.set(path, own);
    return own;
  }
  const others = [...(data.reference?.paths ?? []), ...(contract === undefined ? [] : [contract])];
  for (const path of [...sources.flatMap(({ paths }) => paths), ...others]) await filesOf(path);
  const isTracked = (path: string) => (found.get(path)?.length ?? 0) > 0;
  const isFixed = (source: SourceConfiguration) =>
    source.paths.every(isTracked) || source.sha256 !== undefined || data.fetch !== undefined;
  const paths = [...new Set(sources.flatMap((source) => source.paths))];
  const known = (list: readonly string[]) => list.map(inside).filter((path) => path !== undefined);
  return {
    configDirectory,
    patterns: known(paths),
    watched: known([...paths, ...others]),
    tracked: [...new Set([...found.values()].flat())],
    untracked: paths.filter((path) => !isTracked(path)),
    tracksRows: paths.some(isTracked),
    contractInGit: contract !== undefined && isTracked(contract),
    coversData: sources.length > 0 && sources.every(isFixed),
  };
}
