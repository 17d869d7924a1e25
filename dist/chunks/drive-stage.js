import { driveStage } from "./composition-command-line-stages.js";

export { driveStage };