import { createDataWorld, detailDrift, driveCheckDrift } from "./chunks/composition-data-drivers.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/check-drift.ts
await runAction(sharingEvidence((invocation) => driveCheckDrift(invocation, createDataWorld(invocation))), {
	stage: "check-drift",
	describe: detailDrift
});

export {  };