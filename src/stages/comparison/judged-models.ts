import { join, resolve } from 'node:path';
import { parseDocument } from '../../core/documents/documents.ts';
import type { Manifest } from '../../core/documents/manifest.ts';
import type { CompletedTraining } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { WeightsFile } from '../../core/release/model-identity.ts';
import type { Files } from '../../ports/files.ts';
import type { DownloadedRelease, ModelRegistry } from '../../ports/model-registry.ts';
import { readFeatures } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';
import type { ModelSetup } from '../load-models.ts';
import { besideText, identifyModel, type ModelFilesWorld } from '../model-files.ts';

/** A model that is judged: its file, and how its rows are made. */
export type JudgedModel = {
  readonly path: string;
  /** Covers the files beside it too; see `digestOfModel`. */
  readonly digest: string;
  /** Of all its files. */
  readonly bytes: number;
  /** Files beside it that hold its weights. */
  readonly files: readonly WeightsFile[];
  readonly version?: string;
  /** `release 1.2.0`, `training of this run`, or the path. */
  readonly origin: string;
  /** How messages call it. */
  readonly name: string;
  /** Feature columns it was trained on; absent when only the config can tell. */
  readonly featureColumns?: readonly { readonly name: string; readonly type: string }[];
  /** Its own features query. */
  readonly features?: { readonly sql: string; readonly file: string };
  readonly manifest?: Manifest;
  readonly training?: CompletedTraining;
  /** Absolute path of the scores that its release holds. */
  readonly releasedScores?: string;
  /** Which rows it was trained on, as hashes; the digest where the training names one. */
  readonly fingerprint?: { readonly path: string; readonly sha256?: string };
  /** There is no file but a table of its scores; path, digest and size are those of the table. */
  readonly scoresOnly?: true;
};

export type ChallengerRequest = {
  readonly setup: ModelSetup;
  /** Path of the model file, when one was given. */
  readonly given: string | undefined;
  /** How documents call where that file comes from; its path by default. */
  readonly origin?: string | undefined;
  /** Path of a table of its scores, when one was given. */
  readonly scores: string | undefined;
  readonly world: ModelFilesWorld;
};

/**
 * The model to judge: the file given, else the one that the training left in the evidence, else what is known
 * by its scores alone.
 */
export async function findChallenger({
  setup,
  given,
  origin,
  scores,
  world,
}: ChallengerRequest): Promise<JudgedModel> {
  if (given !== undefined && origin !== undefined)
    return { ...(await modelAt(given, 'challenger', world)), origin };
  if (given !== undefined) return await modelAt(given, `challenger ${given}`, world);
  const { files } = world;
  const { model } = setup.configuration;
  const file = join(setup.evidenceDirectory, 'training.json');
  const text = await files.readText(file);
  if (text === undefined && scores !== undefined) return await scoresAlone('challenger', scores, files);
  if (text === undefined) {
    throw new InputError(
      `there is no challenger: ${file} does not exist; run train-model first, or name a model file with the input challenger (--challenger)`,
    );
  }
  const training = parseDocument('training', text, { file, model });
  if (training.verdict === 'error') {
    throw new InputError(`there is no challenger: training ended with an error: ${training.error.message}`);
  }
  const found = await modelAt(join(setup.evidenceDirectory, training.path), 'challenger', world);
  if (found.digest !== training.digest) {
    throw new InputError(
      `the model file ${found.path}${besideText(found.files)} has the digest ${found.digest}, but ${file} says ${training.digest}; train again`,
    );
  }
  const features =
    training.features && (await readQuery(files, join(setup.evidenceDirectory, training.features)));
  return {
    ...found,
    origin: 'training of this run',
    featureColumns: training.featureColumns,
    ...(features ? { features } : {}),
    ...(training.fingerprint
      ? {
          fingerprint: {
            path: join(setup.evidenceDirectory, training.fingerprint.path),
            sha256: training.fingerprint.sha256,
          },
        }
      : {}),
    training,
  };
}

export type ChampionRequest = {
  /** Name of the model whose releases are looked through. */
  readonly model: string;
  /** `release`, `none`, a version or a path. */
  readonly wanted: string;
  /** Path of a table of its scores, when one was given. */
  readonly scores?: string | undefined;
  readonly registry: ModelRegistry | undefined;
  readonly world: ModelFilesWorld;
};

/** The model to beat; undefined when there is none yet, or none is wanted. */
export async function findChampion({
  model,
  wanted,
  scores,
  registry,
  world,
}: ChampionRequest): Promise<JudgedModel | undefined> {
  const { files } = world;
  if (wanted === 'none' && scores !== undefined) {
    throw new InputError(
      'champion is none, but champion-scores names a table; leave one of them out (champion-scores alone is enough where there is no release)',
    );
  }
  if (wanted === 'none') return undefined;
  const isVersion = /^v?\d+\.\d+\.\d+/.test(wanted) && !(await files.exists(wanted));
  if (wanted !== 'release' && !isVersion) return await modelAt(wanted, `champion ${wanted}`, world);
  if (registry === undefined && scores !== undefined && !isVersion)
    return await scoresAlone('champion', scores, files);
  if (registry === undefined) {
    throw new InputError(
      `champion is ${wanted}, but no releases can be looked up here; give --registry DIR, a path, or \`none\``,
    );
  }
  const version = wanted.replace(/^v/, '');
  const release = isVersion ? await registry.findRelease(model, version) : await registry.findChampion(model);
  if (release === undefined) {
    if (!isVersion) return scores === undefined ? undefined : await scoresAlone('champion', scores, files);
    throw new InputError(`the model ${model} has no release ${version}`);
  }
  const directory = await files.temporaryDirectory('champion');
  return await fromRelease(await registry.download(release, directory), world);
}

async function fromRelease(release: DownloadedRelease, world: ModelFilesWorld): Promise<JudgedModel> {
  const { manifest, reference } = release;
  const { files } = world;
  const features =
    release.featuresPath === undefined ? undefined : await readQuery(files, release.featuresPath);
  const found = await modelAt(release.modelPath, `champion ${reference.version}`, world);
  if (found.digest !== manifest.digest) {
    throw new InputError(
      `the model of release ${reference.version}${besideText(found.files)} has the digest ${found.digest}, but its manifest says ${manifest.digest}; publish the model again under a new version`,
    );
  }
  return {
    ...found,
    version: reference.version,
    origin: `release ${reference.version}`,
    featureColumns: manifest.featureColumns,
    ...(features ? { features: { ...features, file: `features.sql of release ${reference.version}` } } : {}),
    manifest,
    ...(manifest.scores === undefined
      ? {}
      : { releasedScores: join(resolve(release.directory), manifest.scores) }),
    ...(manifest.fingerprint === undefined
      ? {}
      : { fingerprint: { path: join(resolve(release.directory), manifest.fingerprint) } }),
  };
}

/** Every statistic needs only scores: without a file the table stands for the model. */
async function scoresAlone(
  side: 'challenger' | 'champion',
  path: string,
  files: Files,
): Promise<JudgedModel> {
  const absolute = resolve(path);
  const { sha256: digest, bytes } = await files.digest(absolute);
  return { path: absolute, digest, bytes, files: [], origin: path, name: side, scoresOnly: true };
}

export async function modelAt(path: string, name: string, world: ModelFilesWorld): Promise<JudgedModel> {
  const absolute = resolve(path);
  const whole = await identifyModel({ path: absolute, name }, world);
  return { path: absolute, ...whole, origin: path, name };
}

async function readQuery(files: Files, path: string): Promise<{ sql: string; file: string }> {
  const sql = await files.readText(path);
  if (sql === undefined)
    throw new InputError(`the features query ${path} does not exist`, { location: { file: path } });
  return { sql, file: path };
}

/** A model given by its path brings no features of its own: the config's query makes them. */
export async function withOwnFeatures(
  model: JudgedModel,
  { configuration, headDirectory }: Pick<Exam, 'configuration' | 'headDirectory'>,
  files: Files,
): Promise<JudgedModel> {
  if (model.training !== undefined || model.manifest !== undefined) return model;
  const features = await readFeatures(files, configuration, headDirectory);
  return features === undefined ? model : { ...model, features };
}
