import { createDataWorld, detailComparison, driveCompareModels } from "./chunks/composition-data-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/compare-models.ts
await runAction((invocation) => driveCompareModels(invocation, createDataWorld(invocation)), {
	stage: "compare-models",
	describe: detailComparison
});

export {  };