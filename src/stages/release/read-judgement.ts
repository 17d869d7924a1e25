import { join } from 'node:path';
import type { DocumentKind } from '../../core/documents/common.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import { type DocumentByKind, parseDocument } from '../../core/documents/documents.ts';
import type { CompletedTraining } from '../../core/documents/training.ts';
import type { CompletedValidation } from '../../core/documents/validation.ts';
import { InputError } from '../../core/errors.ts';
import type { DownloadedRelease } from '../../ports/model-registry.ts';
import type { StageWorld } from '../stage.ts';

/** A judged model: its documents, and where its files lie. */
export type JudgedFiles = {
  readonly comparison: CompletedComparison;
  readonly training: CompletedTraining;
  readonly validation: CompletedValidation | undefined;
  readonly modelPath: string;
  readonly featuresPath: string | undefined;
  /** Table of the scores it was judged by, when it was not run. */
  readonly scoresPath: string | undefined;
  /** Which rows it was trained on, as hashes. */
  readonly fingerprintPath: string | undefined;
  /** Paths of the documents as they are stored. */
  readonly documents: Readonly<Partial<Record<DocumentKind, string>>>;
};

/**
 * What an evidence folder says about a model; undefined when nothing was judged there.
 * @param folder the folder of the model, or the one that holds a folder for each model.
 * @throws InputError when a stage had died, or training.json is missing.
 */
export async function readJudgement(
  folder: string,
  model: string,
  { files }: Pick<StageWorld, 'files'>,
): Promise<JudgedFiles | undefined> {
  const ownFolder = join(folder, model);
  const directory = (await files.exists(join(ownFolder, 'comparison.json'))) ? ownFolder : folder;
  const place = { directory, model, files };
  const comparison = await readDocument('comparison', place);
  if (comparison === undefined) return undefined;
  const training = await readDocument('training', place);
  if (training === undefined) {
    throw new InputError(
      `${join(directory, 'training.json')} does not exist, and says what the model reads and how it was made; run train-model before compare-models`,
    );
  }
  const validation = await readDocument('validation', place);
  const judged = {
    comparison: refuseFailed(comparison, directory),
    training: refuseFailed(training, directory),
    validation: validation === undefined || validation.verdict === 'error' ? undefined : validation,
  };
  const { scores } = judged.comparison.challenger;
  const { fingerprint } = judged.training;
  return {
    ...judged,
    modelPath: join(directory, judged.training.path),
    featuresPath:
      judged.training.features === undefined ? undefined : join(directory, judged.training.features),
    scoresPath: scores === undefined ? undefined : join(directory, scores.path),
    fingerprintPath: fingerprint === undefined ? undefined : join(directory, fingerprint.path),
    documents: documentPaths(directory, judged.validation !== undefined),
  };
}

/** The judgement that lies in the release itself. @throws InputError when its documents are not whole. */
export async function readReleasedJudgement(
  release: DownloadedRelease,
  { files }: Pick<StageWorld, 'files'>,
): Promise<JudgedFiles> {
  const { directory } = release;
  const { scores, fingerprint } = release.manifest;
  const place = { directory, model: release.manifest.model, files };
  const [comparison, training, validation] = [
    await readDocument('comparison', place),
    await readDocument('training', place),
    await readDocument('validation', place),
  ];
  if (comparison === undefined || training === undefined) {
    throw new InputError(
      `the draft ${release.reference.tag} has no comparison.json and training.json; delete it and let the retraining run again`,
    );
  }
  return {
    comparison: refuseFailed(comparison, directory),
    training: refuseFailed(training, directory),
    validation: validation === undefined || validation.verdict === 'error' ? undefined : validation,
    modelPath: release.modelPath,
    featuresPath: release.featuresPath,
    scoresPath: scores === undefined ? undefined : join(directory, scores),
    fingerprintPath: fingerprint === undefined ? undefined : join(directory, fingerprint),
    documents: documentPaths(directory, validation !== undefined),
  };
}

type Place = {
  readonly directory: string;
  readonly model: string;
  readonly files: StageWorld['files'];
};

/** One document of a model; undefined when it is not there. @throws InputError when it is of another model. */
export async function readDocument<Kind extends DocumentKind>(
  kind: Kind,
  { directory, model, files }: Place,
): Promise<DocumentByKind[Kind] | undefined> {
  const file = join(directory, `${kind}.json`);
  const text = await files.readText(file);
  return text === undefined ? undefined : parseDocument(kind, text, { file, model });
}

function refuseFailed<Document extends DocumentByKind['comparison'] | DocumentByKind['training']>(
  document: Document,
  directory: string,
): Exclude<Document, { verdict: 'error' }> {
  if (document.verdict !== 'error') return document as Exclude<Document, { verdict: 'error' }>;
  throw new InputError(
    `nothing can be published: ${join(directory, `${document.kind}.json`)} ended with an error: ${document.error.message}`,
  );
}

function documentPaths(directory: string, validated: boolean): JudgedFiles['documents'] {
  return {
    comparison: join(directory, 'comparison.json'),
    training: join(directory, 'training.json'),
    ...(validated ? { validation: join(directory, 'validation.json') } : {}),
  };
}
