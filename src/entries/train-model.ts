import { driveTrainModel } from '../composition/data-drivers/train-model.ts';
import { createDataWorld } from '../composition/data-world.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveTrainModel(invocation, createDataWorld(invocation)));
