import { isOfModel } from '../../core/release/asset-names.ts';
import type { ModelRegistry, ReleaseReference } from '../../ports/model-registry.ts';
import type { StageWorld } from '../stage.ts';
import { digestOfDraft } from './find-draft.ts';

/**
 * Deletes drafts that the published release has made useless: those of the same bytes, and those of its
 * version that a killed run left without a model. What somebody else keeps as a draft stays.
 */
export async function removeLeftovers(
  published: ReleaseReference,
  digest: string,
  { registry, world }: { readonly registry: ModelRegistry; readonly world: StageWorld },
): Promise<void> {
  for (const draft of await registry.listDrafts(published.model)) {
    const held = digestOfDraft(draft, world);
    const isEmpty = !draft.assets.some(({ name }) => isOfModel(name)) && draft.version === published.version;
    if (held !== digest && !isEmpty) continue;
    world.log.info(`deleting a draft of ${draft.tag} that an earlier run left`);
    await registry.deleteDraft(draft);
  }
}
