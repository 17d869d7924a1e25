import { join } from 'node:path';
import { parseDocument } from '../../core/documents/documents.ts';
import { InputError } from '../../core/errors.ts';
import type { ArtifactReference, ArtifactStore, UnpackLimits } from '../../ports/artifact-store.ts';
import type { StageWorld } from '../stage.ts';

/** The training document and the files of a model; more than most have, less than would fill a runner's disk. */
const MODEL_LIMITS: UnpackLimits = {
  files: 2000,
  archiveBytes: 1_500_000_000,
  bytes: 1_500_000_000,
  wanted: (path) => /^([^/]+\/)?(training\.json|model\/.+)$/.test(path),
};

/** A training document holds some kilobytes; what is far larger did not come from us. */
const MOST_DOCUMENT_BYTES = 20_000_000;
const MOST_ARTIFACTS = 20;

/** Where the model of another job is looked for. */
export type ModelSource =
  /** Artifacts that a job of this run handed on. */
  | { readonly kind: 'pinned'; readonly references: readonly ArtifactReference[] }
  /** Whatever another run left under the model's name: nothing but the model is believed. */
  | { readonly kind: 'run'; readonly run: string };

/** How documents call the origin of such a model; the same for every run, so that its documents are too. */
export const OTHER_JOB = 'artifact of another job';

/**
 * Takes the model file out of the artifact of another job, as data. Numbers and claims beside it are not read,
 * except which file it is.
 * @returns absolute path of the model file, in a temporary folder with the files beside it.
 * @throws InputError when no artifact holds the model, the job that should have made it says that it stopped,
 * or an archive is not what was pinned or breaks a limit.
 */
export async function takeModel(
  model: string,
  place: ModelSource,
  { artifacts, world }: { readonly artifacts: ArtifactStore; readonly world: StageWorld },
): Promise<string> {
  const references =
    place.kind === 'pinned' ? place.references : await findCandidates(model, place.run, artifacts);
  let stopped: string | undefined;
  for (const reference of references.slice(0, MOST_ARTIFACTS)) {
    const folder = await world.files.temporaryDirectory('artifact');
    await artifacts.unpack(reference, folder, MODEL_LIMITS);
    const found = await findModel(model, folder, world);
    if (found?.path !== undefined) return found.path;
    stopped ??= found?.stopped;
  }
  throw new InputError(describeAbsence(model, place, stopped));
}

async function findCandidates(
  model: string,
  run: string,
  artifacts: ArtifactStore,
): Promise<readonly ArtifactReference[]> {
  const listed = await artifacts.listOfRun(run);
  return listed.filter(({ name }) => name.startsWith(`contender-${model}-`));
}

type Found = { readonly path?: string; readonly stopped?: string };

/** Undefined when the folder holds no training of this model. */
async function findModel(model: string, folder: string, { files }: StageWorld): Promise<Found | undefined> {
  for (const evidence of [folder, join(folder, model)]) {
    const file = join(evidence, 'training.json');
    if (!(await files.exists(file)) || (await files.size(file)) > MOST_DOCUMENT_BYTES) continue;
    const training = readTraining((await files.readText(file)) ?? '', model);
    if (training === undefined) continue;
    if (training.verdict === 'error') return { stopped: training.error.message };
    const path = join(evidence, training.path);
    if (await files.exists(path)) return { path };
  }
  return undefined;
}

/** Another model's document, or one that is none, is as good as absent. */
function readTraining(text: string, model: string) {
  try {
    return parseDocument('training', text, { file: 'training.json', model });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function describeAbsence(model: string, place: ModelSource, stopped: string | undefined): string {
  const where = place.kind === 'run' ? `the run ${place.run}` : 'the job that artifact-id names';
  const reason =
    stopped === undefined
      ? `${where} left no model of ${model}: none of its artifacts contender-${model}-… holds one`
      : `${where} trained no model of ${model}; it says: ${stopped}`;
  return `${reason}; look at its log, and run it again`;
}
