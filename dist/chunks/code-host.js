import { createCodeHost } from "./adapters-github.js";

export { createCodeHost };