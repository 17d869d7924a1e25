import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { detailValidation } from '../composition/data-drivers/summary-details.ts';
import { driveValidateData } from '../composition/data-drivers/validate-data.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(
  sharingEvidence((invocation) => driveValidateData(invocation, createDataWorld(invocation))),
  {
    stage: 'validate-data',
    describe: detailValidation,
  },
);
