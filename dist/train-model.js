import { createDataWorld, driveTrainModel } from "./chunks/composition-data-drivers.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/train-model.ts
await runAction(sharingEvidence((invocation) => driveTrainModel(invocation, createDataWorld(invocation))), { stage: "train-model" });

export {  };