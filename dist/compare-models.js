import { createDataWorld, detailComparison, driveCompareModels } from "./chunks/composition-data-drivers.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/compare-models.ts
await runAction(sharingEvidence((invocation) => driveCompareModels(invocation, createDataWorld(invocation))), {
	stage: "compare-models",
	describe: detailComparison
});

export {  };