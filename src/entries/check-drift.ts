import { driveCheckDrift } from '../composition/data-drivers/check-drift.ts';
import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { detailDrift } from '../composition/data-drivers/summary-details.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(
  sharingEvidence((invocation) => driveCheckDrift(invocation, createDataWorld(invocation))),
  {
    stage: 'check-drift',
    describe: detailDrift,
  },
);
