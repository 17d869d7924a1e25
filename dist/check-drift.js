import { createDataWorld, detailDrift, driveCheckDrift } from "./chunks/composition-data-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/check-drift.ts
await runAction((invocation) => driveCheckDrift(invocation, createDataWorld(invocation)), {
	stage: "check-drift",
	describe: detailDrift
});

export {  };