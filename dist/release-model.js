import { driveReleaseModel } from "./chunks/composition-host-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/release-model.ts
await runAction(driveReleaseModel, { stage: "release-model" });

export {  };