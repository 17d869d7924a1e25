import { createDataWorld, detailValidation, driveValidateData } from "./chunks/composition-data-drivers.js";
import { runAction, sharingEvidence } from "./chunks/composition.js";

// src/entries/validate-data.ts
await runAction(sharingEvidence((invocation) => driveValidateData(invocation, createDataWorld(invocation))), {
	stage: "validate-data",
	describe: detailValidation
});

export {  };