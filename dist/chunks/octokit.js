import { createOctokit, createStorageClient } from "./adapters-github.js";

export { createOctokit };