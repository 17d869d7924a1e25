import { InputError } from '../../core/errors.ts';
import { isOfModel, MODEL_ASSET } from '../../core/release/asset-names.ts';
import type { Checksum } from '../../core/release/checksums.ts';
import { digestOfModel } from '../../core/release/model-identity.ts';
import type { DownloadedRelease, ModelRegistry, ReleaseReference } from '../../ports/model-registry.ts';
import type { StageWorld } from '../stage.ts';

/**
 * Digest of the model that a draft holds; undefined when it holds none, the registry does not tell, or only its
 * manifest can tell the model from its weights.
 */
export function digestOfDraft(
  draft: ReleaseReference,
  { sha256 }: Pick<StageWorld, 'sha256'>,
): string | undefined {
  const own = draft.assets.filter(({ name }) => isOfModel(name));
  const model = own.length === 1 ? own[0] : own.find(({ name }) => name === MODEL_ASSET);
  if (model?.sha256 === undefined) return undefined;
  const weights: Checksum[] = [];
  for (const { name, sha256: digest } of own) {
    if (name === model.name) continue;
    if (digest === undefined) return undefined;
    weights.push({ name, sha256: digest });
  }
  return digestOfModel(model.sha256, weights, sha256);
}

/** The draft that holds the model of this digest, whole and checked; undefined when there is none. */
export async function findDraft(
  wanted: { readonly model: string; readonly digest: string },
  { registry, world }: { readonly registry: ModelRegistry; readonly world: StageWorld },
): Promise<DownloadedRelease | undefined> {
  for (const draft of await registry.listDrafts(wanted.model)) {
    const digest = digestOfDraft(draft, world);
    if (digest !== undefined && digest !== wanted.digest) continue;
    const downloaded = await downloadWhole(draft, { registry, world });
    if (downloaded?.manifest.digest === wanted.digest) return downloaded;
  }
  return undefined;
}

/** A run that was killed leaves a draft that is not whole, and which is as good as none. */
async function downloadWhole(
  draft: ReleaseReference,
  { registry, world }: { readonly registry: ModelRegistry; readonly world: StageWorld },
): Promise<DownloadedRelease | undefined> {
  try {
    return await registry.download(draft, await world.files.temporaryDirectory('draft'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.log.info(`the draft ${draft.tag} is passed over: ${error.message}`);
    return undefined;
  }
}
