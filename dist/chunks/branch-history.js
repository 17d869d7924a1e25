import { createBranchHistory } from "./adapters-github.js";

export { createBranchHistory };