import { InputError } from '../../core/errors.ts';
import { modelAssetOf } from '../../core/release/asset-names.ts';
import type { DownloadedRelease, ModelRegistry, ReleaseReference } from '../../ports/model-registry.ts';
import type { StageWorld } from '../stage.ts';

/** Digest of the model that a draft holds; undefined when it holds none, or the registry does not tell. */
export function digestOfDraft(draft: ReleaseReference): string | undefined {
  const model = modelAssetOf(draft.assets.map(({ name }) => name));
  return draft.assets.find(({ name }) => name === model)?.sha256;
}

/** The draft that holds the model of this digest, whole and checked; undefined when there is none. */
export async function findDraft(
  wanted: { readonly model: string; readonly digest: string },
  { registry, world }: { readonly registry: ModelRegistry; readonly world: StageWorld },
): Promise<DownloadedRelease | undefined> {
  for (const draft of await registry.listDrafts(wanted.model)) {
    const digest = digestOfDraft(draft);
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
