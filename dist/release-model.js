import { driveReleaseModel } from "./chunks/composition-host-drivers.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/release-model.ts
await runAction(sharingEvidence(driveReleaseModel), { stage: "release-model" });

export {  };