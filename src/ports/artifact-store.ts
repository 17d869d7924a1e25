/** What is needed to name one artifact for good: names can be taken by others, an id with its digest cannot. */
export type ArtifactReference = {
  readonly id: number;
  /** SHA-256 of the archive in hex, as the service keeps it. */
  readonly digest: string;
};

export type ArtifactDescription = ArtifactReference & {
  readonly name: string;
  /** Size of the archive. */
  readonly bytes: number;
  /** When it was made, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** The run that made it; a job of another run vouches for nothing in this one. */
  readonly run: string;
};

export type ArtifactUpload = {
  /** `contender-<model>-<job>-<attempt>`; made unique by the store where another job took it. */
  readonly name: string;
  /** Folder that the paths inside the artifact are relative to, absolute. */
  readonly root: string;
  /** Absolute paths of the files, all below `root`. */
  readonly files: readonly string[];
};

/** Bounds of what is read out of an archive that somebody else may have made. */
export type UnpackLimits = {
  /** Files in the archive. */
  readonly files: number;
  /** Bytes of the archive itself. */
  readonly archiveBytes: number;
  /** Bytes of all files together, counted while they are unpacked, whatever the archive claims. */
  readonly bytes: number;
  /** Paths to unpack; all by default. Of the others only the names are checked. */
  readonly wanted?: (path: string) => boolean;
};

/**
 * Files that jobs hand to each other. Methods throw OutsideError when the service does not answer, and
 * MissingPermissionError (`actions: read`) when the token may not read another run's.
 */
export interface ArtifactStore {
  /**
   * Uploads files as one artifact of this run. What this job uploaded under the name before is replaced; the
   * artifact of another job never is.
   */
  upload(artifact: ArtifactUpload): Promise<ArtifactReference>;

  /** Artifacts of a run that have not expired, newest first. */
  listOfRun(run: string): Promise<readonly ArtifactDescription[]>;

  /** What is known of an artifact of this repository; undefined when there is none, or it has expired. */
  find(id: number): Promise<ArtifactDescription | undefined>;

  /**
   * Unpacks an artifact into a new folder, as data: nothing but plain files below the folder, within the
   * limits. The folder is left empty when anything is wrong. Returns the paths of the files, sorted, relative to
   * the folder and with forward slashes.
   * @throws InputError when the digest differs from the reference, a limit is exceeded, a path leaves the
   * folder or is no plain file, or the archive is broken.
   */
  unpack(reference: ArtifactReference, folder: string, limits: UnpackLimits): Promise<readonly string[]>;
}
