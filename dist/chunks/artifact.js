import { ArtifactNotFoundError, DefaultArtifactClient, FilesNotFoundError, GHESNotSupportedError, InvalidResponseError, NetworkError, UsageError } from "./vendor-artifact-upload.js";

export { DefaultArtifactClient };