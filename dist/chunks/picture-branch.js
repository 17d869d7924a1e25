import { createPictureBranch } from "./adapters-github.js";

export { createPictureBranch };