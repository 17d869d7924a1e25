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
   * Creates a draft, uploads every asset and their `SHA256SUMS` (which the registry writes), downloads each
   * again and compares it. Running it again after it was killed, or twice at once, ends in the same one
   * draft; where these very assets are published under this version already, in that release (`draft` is
   * then false, and `publish` gives it back as it is).
   * @throws InputError when the version is published with other bytes, or a name cannot be stored.
   */
  createDraft(request: DraftRequest): Promise<ReleaseReference>;

  /**
   * Makes a draft visible under its tag, after checking that all its assets are there; running it again,
   * or twice at once, gives back the one release.
   * @throws InputError when the version is not higher than the champion's, is published with other bytes, or
   *   the draft is gone or not whole.
   */
  publish(draft: ReleaseReference, request: PublishRequest): Promise<ReleaseReference>;

  /** Does nothing when it is gone. @throws InputError when it is published. */
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
  /** When it was published; when a draft was last written. ISO 8601. */
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
