import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { driveTrainModel } from '../composition/data-drivers/train-model.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveTrainModel(invocation, createDataWorld(invocation)), {
  stage: 'train-model',
});
