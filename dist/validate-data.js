import { createDataWorld, driveValidateData } from "./chunks/composition-data-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/validate-data.ts
await runAction((invocation) => driveValidateData(invocation, createDataWorld(invocation)), { stage: "validate-data" });

export {  };