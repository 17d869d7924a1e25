import { resolve } from 'node:path';
import type { SourceConfiguration } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/errors.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import { buildRequest } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';

/** A data set to check, not yet opened. */
export type DeclaredData = {
  readonly name: string;
  readonly source: SourceConfiguration;
  /** Absolute directory its paths start from. */
  readonly directory: string;
  /** Whether every row should have a label. */
  readonly labelsExpected: boolean;
};

export type DeclaredRequest = {
  readonly exam: Exam;
  readonly workingDirectory: string;
  /** Paths or globs given instead of what the config declares; each is a data set. */
  readonly paths: readonly string[];
  readonly files: Files;
};

/**
 * The data sets a validation looks at: those given, else training and holdout (or the source they are split
 * from, once), and reference and current data where their files are there.
 * @throws InputError when nothing is declared.
 */
export async function declareData(request: DeclaredRequest): Promise<readonly DeclaredData[]> {
  const { exam, workingDirectory, paths } = request;
  if (paths.length > 0) {
    return paths.map((path) => ({
      name: path,
      source: { paths: [path] },
      directory: workingDirectory,
      labelsExpected: true,
    }));
  }
  const { training, holdout, source } = exam.configuration.data;
  const learned = [
    declare('training', training, exam.headDirectory),
    declare('holdout', holdout, exam.directory),
    ...(training && holdout ? [] : [declare('source', source, exam.headDirectory)]),
  ].flat();
  const observed = await Promise.all([
    declarePresent(request, 'reference', true),
    declarePresent(request, 'current', false),
  ]);
  const declared = [...learned, ...observed.flat()];
  if (declared.length > 0) return declared;
  throw new InputError(
    'there are no data to check; write data.training, data.holdout or data.source in the config, or give the input data (--data)',
  );
}

export function openDeclared(engine: DataEngine, declared: DeclaredData): Promise<DataSet> {
  const { name, source, directory } = declared;
  return engine.open(buildRequest({ name, source, directory, filters: [] }));
}

function declare(name: string, source: SourceConfiguration | undefined, directory: string): DeclaredData[] {
  return source ? [{ name, source, directory: resolve(directory), labelsExpected: true }] : [];
}

/** Reference and current data come and go: a validation of training data does not need them. */
async function declarePresent(
  { exam, files }: DeclaredRequest,
  name: 'reference' | 'current',
  labelsExpected: boolean,
): Promise<DeclaredData[]> {
  const source = exam.configuration.data[name];
  if (source === undefined) return [];
  const directory = resolve(exam.headDirectory);
  const found = await files.find(source.paths, directory);
  return found.length === 0 ? [] : [{ name, source, directory, labelsExpected }];
}
