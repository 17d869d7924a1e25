import { driveCompareModels } from "./chunks/composition-data-drivers.js";
import { createDataWorld, runAction } from "./chunks/composition.js";

// src/entries/compare-models.ts
await runAction((invocation) => driveCompareModels(invocation, createDataWorld(invocation)));

export {  };