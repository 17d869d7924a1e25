import { basename, dirname, join, resolve } from 'node:path';
import { serializeDocument } from '../../core/documents/documents.ts';
import type { Manifest } from '../../core/documents/manifest.ts';
import type { CompletedValidation } from '../../core/documents/validation.ts';
import {
  FEATURES_ASSET,
  FINGERPRINT_ASSET,
  MODEL_ASSET,
  SCORES_ASSET,
} from '../../core/release/asset-names.ts';
import { MANIFEST_NAME } from '../../core/release/check-release.ts';
import { buildManifest } from '../../core/release/manifest.ts';
import { renderModelCard, renderReleaseNotes } from '../../core/report/notes.ts';
import type { DraftRequest } from '../../ports/model-registry.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';
import type { JudgedFiles } from './read-judgement.ts';

export type AssemblyRequest = {
  readonly judged: JudgedFiles;
  readonly setup: Pick<ModelSetup, 'configuration' | 'baseDirectory'>;
  readonly version: string;
  /** Commit of the repository that the release is of; undefined outside of Git. */
  readonly commit: string | undefined;
  /** What the tag will point at. */
  readonly target: string;
};

/** Lays out every asset of a release, ready to be stored. */
export async function assembleRelease(
  request: AssemblyRequest,
  world: StageWorld,
): Promise<DraftRequest & { readonly manifest: Manifest }> {
  const { judged, setup, version, commit, target } = request;
  const { comparison, training } = judged;
  const { run } = world.context;
  const file = training.signature === undefined ? basename(training.path) : MODEL_ASSET;
  const manifest = buildManifest(comparison, training, {
    version,
    file,
    ...(judged.scoresPath === undefined ? {} : { scores: SCORES_ASSET }),
    ...(judged.featuresPath === undefined ? {} : { features: FEATURES_ASSET }),
    ...(judged.fingerprintPath === undefined ? {} : { fingerprint: FINGERPRINT_ASSET }),
    ...(commit === undefined ? {} : { commit }),
    ...(run === undefined ? {} : { run }),
  });
  const facts = { comparison, training, manifest };
  const written = await writeTexts(world, {
    [MANIFEST_NAME]: `${JSON.stringify(manifest, null, 2)}\n`,
    'MODEL_CARD.md': renderModelCard(facts),
    'comparison.json': serializeDocument(comparison),
    ...(judged.validation === undefined ? {} : referenceProfile(judged.validation)),
  });
  const contract = setup.configuration.contract;
  const contractPath = contract === undefined ? undefined : resolve(setup.baseDirectory, contract);
  const hasContract = contractPath !== undefined && (await world.files.exists(contractPath));
  const { training: trainingPath, validation: validationPath } = judged.documents;
  const copied: [string, string | undefined][] = [
    [file, judged.modelPath],
    ...(training.files ?? []).map(({ name }): [string, string] => [
      name,
      join(dirname(judged.modelPath), name),
    ]),
    [SCORES_ASSET, judged.scoresPath],
    [FEATURES_ASSET, judged.featuresPath],
    [FINGERPRINT_ASSET, judged.fingerprintPath],
    ['training.json', trainingPath],
    ['validation.json', validationPath],
    ['contract.yml', hasContract ? contractPath : undefined],
  ];
  return {
    manifest,
    model: manifest.model,
    version,
    ...describeRelease(judged, manifest),
    commit: target,
    assets: [...copied.flatMap(([name, path]) => (path === undefined ? [] : [{ name, path }])), ...written],
  };
}

/** Title and notes of a release. */
export function describeRelease(
  { comparison, training }: JudgedFiles,
  manifest: Manifest,
): { readonly title: string; readonly notes: string } {
  return {
    title: `${manifest.model} ${manifest.version}`,
    notes: renderReleaseNotes({ comparison, training, manifest }),
  };
}

/** What the rows looked like that the model was judged on, so that a later drift check needs no old data. */
function referenceProfile({ datasets }: CompletedValidation): Record<string, string> {
  const profile =
    datasets.find(({ name }) => name === 'holdout') ?? datasets.find(({ name }) => name === 'training');
  if (profile === undefined) return {};
  return { 'reference-profile.json': `${JSON.stringify({ schemaVersion: 1, ...profile }, null, 2)}\n` };
}

async function writeTexts(
  world: StageWorld,
  texts: Readonly<Record<string, string>>,
): Promise<DraftRequest['assets']> {
  const directory = await world.files.temporaryDirectory('release');
  const written: { name: string; path: string }[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const path = join(directory, name);
    await world.files.write(path, text);
    written.push({ name, path });
  }
  return written;
}
