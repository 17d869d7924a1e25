import { driveValidateData } from "./chunks/composition-data-drivers.js";
import { createDataWorld, runAction } from "./chunks/composition.js";

// src/entries/validate-data.ts
await runAction((invocation) => driveValidateData(invocation, createDataWorld(invocation)));

export {  };