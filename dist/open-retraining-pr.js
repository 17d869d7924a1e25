import { driveOpenRetrainingPr } from "./chunks/composition-host-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/open-retraining-pr.ts
await runAction(driveOpenRetrainingPr, { stage: "open-retraining-pr" });

export {  };