import { createDataWorld, runAction } from "./chunks/composition.js";
import { driveEveryday } from "./chunks/composition-everyday.js";

// src/entries/contender-action.ts
await runAction((invocation) => driveEveryday(invocation, createDataWorld(invocation)));

export {  };