import { createDataWorld } from "./chunks/composition-data-drivers.js";
import { driveEveryday } from "./chunks/composition-everyday.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/contender-action.ts
await runAction(sharingEvidence((invocation) => driveEveryday(invocation, createDataWorld(invocation))));

export {  };