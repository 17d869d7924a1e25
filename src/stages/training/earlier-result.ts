import { join } from 'node:path';
import { parseDocument } from '../../core/documents/documents.ts';
import type { CompletedTraining } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { ModelSetup } from '../load-models.ts';
import { identifyListed } from '../model-files.ts';
import type { StageWorld } from '../stage.ts';

/** An earlier result in the evidence folder that was made by the same recipe and is still whole. */
export async function findEarlier(
  setup: ModelSetup,
  world: StageWorld,
  recipe: string,
): Promise<CompletedTraining | undefined> {
  const file = join(setup.evidenceDirectory, 'training.json');
  const text = await world.files.readText(file);
  if (text === undefined) return undefined;
  try {
    const document = parseDocument('training', text, { file, model: setup.configuration.model });
    if (document.verdict === 'error' || document.recipe !== recipe) return undefined;
    const names = (document.files ?? []).map(({ name }) => name);
    const { digest } = await identifyListed(join(setup.evidenceDirectory, document.path), names, world);
    if (digest !== document.digest) return undefined;
    const { fingerprint } = document;
    if (fingerprint === undefined) return document;
    const kept = await world.files.digest(join(setup.evidenceDirectory, fingerprint.path));
    return kept.sha256 === fingerprint.sha256 ? document : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
