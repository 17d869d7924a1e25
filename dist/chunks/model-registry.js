import { createGithubModelRegistry } from "./adapters-github.js";

export { createGithubModelRegistry };