import type { Manifest } from '../core/documents/manifest.ts';

/**
 * Published models of one repository. Releases are the only truth about what is champion; they only move
 * forward. GitHub releases, or a folder in their place with the same layout.
 */
export interface ModelRegistry {
  /** The published release with the highest version (no draft, no prerelease); undefined when there is none. */
  findChampion(model: string): Promise<ReleaseReference | undefined>;

  findRelease(model: string, version: string): Promise<ReleaseReference | undefined>;

  /** All drafts of a model, newest first. Needs write permission where the registry is GitHub. */
  listDrafts(model: string): Promise<readonly ReleaseReference[]>;

  /**
   * Downloads assets into a directory and checks each against `SHA256SUMS` of the release, and the model
   * against the digest in its manifest.
   * @throws InputError when a digest differs or an asset is missing (names both); OutsideError on network trouble.
   */
  download(release: ReleaseReference, directory: string): Promise<DownloadedRelease>;

  /**
   * Creates a draft, uploads every asset, downloads each again and compares it; running it again after it
   * was killed ends in the same one draft.
   */
  createDraft(request: DraftRequest): Promise<ReleaseReference>;

  /** Makes a draft visible under its tag, after checking that all its assets are there. */
  publish(draft: ReleaseReference, request: PublishRequest): Promise<ReleaseReference>;

  deleteDraft(draft: ReleaseReference): Promise<void>;
}

export type ReleaseReference = {
  /** Opaque: the release id on GitHub, the folder name in a folder. */
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly tag: string;
  readonly url: string;
  readonly draft: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly assets: readonly ReleaseAsset[];
};

export type ReleaseAsset = { readonly name: string; readonly bytes: number; readonly sha256?: string };

export type DownloadedRelease = {
  readonly reference: ReleaseReference;
  readonly directory: string;
  readonly manifest: Manifest;
  /** Absolute path of the model file. */
  readonly modelPath: string;
  /** Absolute path of the features query, when the release has one. */
  readonly featuresPath?: string;
};

export type DraftRequest = {
  readonly model: string;
  readonly version: string;
  readonly title: string;
  readonly notes: string;
  /** Commit on the default branch that the tag will point at. */
  readonly commit: string;
  readonly assets: readonly { readonly name: string; readonly path: string }[];
};

export type PublishRequest = {
  readonly version: string;
  readonly title: string;
  readonly notes: string;
  readonly commit: string;
};
