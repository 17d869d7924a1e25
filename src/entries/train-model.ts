import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { driveTrainModel } from '../composition/data-drivers/train-model.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(
  sharingEvidence((invocation) => driveTrainModel(invocation, createDataWorld(invocation))),
  {
    stage: 'train-model',
  },
);
