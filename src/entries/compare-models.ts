import { driveCompareModels } from '../composition/data-drivers/compare-models.ts';
import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { detailComparison } from '../composition/data-drivers/summary-details.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(
  sharingEvidence((invocation) => driveCompareModels(invocation, createDataWorld(invocation))),
  {
    stage: 'compare-models',
    describe: detailComparison,
  },
);
