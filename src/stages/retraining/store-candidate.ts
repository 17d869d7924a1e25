import type { Lock, Manifest } from '../../core/documents/manifest.ts';
import type { DownloadedRelease, ModelRegistry } from '../../ports/model-registry.ts';
import type { ModelSetup } from '../load-models.ts';
import { assembleRelease } from '../release/assemble.ts';
import { chooseVersion } from '../release/choose-version.ts';
import { findDraft } from '../release/find-draft.ts';
import { type JudgedFiles, readReleasedJudgement } from '../release/read-judgement.ts';
import type { StageWorld } from '../stage.ts';

export type CandidateRequest = {
  readonly setup: ModelSetup;
  readonly judged: JudgedFiles;
  readonly champion: DownloadedRelease | undefined;
  /** Commit of the base branch that the candidate was made at. */
  readonly commit: string;
};

/** A candidate whose files wait in a draft release. */
export type StoredCandidate = { readonly manifest: Manifest; readonly judged: JudgedFiles };

/**
 * Makes sure that a draft holds the candidate. One with the same model and champion is kept with the judgement
 * it was made with, so that checking again changes nothing.
 */
export async function storeCandidate(
  { setup, judged, champion, commit }: CandidateRequest,
  ports: { readonly registry: ModelRegistry; readonly world: StageWorld },
): Promise<StoredCandidate> {
  const { registry, world } = ports;
  const { model } = setup.configuration;
  const version = await chooseVersion({ wanted: 'auto', judged, champion, registry });
  const draft = await findDraft({ model, digest: judged.training.digest }, ports);
  if (draft?.manifest.version === version && draft.manifest.previous === champion?.manifest.version) {
    return { manifest: draft.manifest, judged: await readReleasedJudgement(draft, world) };
  }
  const assembly = await assembleRelease({ judged, setup, version, commit, target: commit }, world);
  const { manifest, ...request } = assembly;
  await registry.createDraft(request);
  return { manifest, judged };
}

/** The lock file that proposes a candidate. */
export function buildLock({ manifest, judged }: StoredCandidate): Lock {
  const { champion } = judged.comparison;
  return {
    schemaVersion: 1,
    model: manifest.model,
    version: manifest.version,
    digest: manifest.digest,
    ...(champion?.version === undefined
      ? {}
      : { champion: { version: champion.version, digest: champion.digest } }),
    trainingData: manifest.trainingData,
    windows: manifest.windows ?? { training: {}, holdout: {} },
    metrics: manifest.metrics,
  };
}
