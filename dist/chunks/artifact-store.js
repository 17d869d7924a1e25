import { createArtifactStore } from "./adapters-artifacts.js";

export { createArtifactStore };