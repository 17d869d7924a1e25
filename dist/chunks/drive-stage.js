import { driveStage } from "./composition-command-line.js";

export { driveStage };