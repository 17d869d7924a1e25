import { createDataWorld } from "./chunks/composition-data-drivers.js";
import { driveEveryday } from "./chunks/composition-everyday.js";
import { runAction } from "./chunks/composition.js";

// src/entries/contender-action.ts
await runAction((invocation) => driveEveryday(invocation, createDataWorld(invocation)));

export {  };