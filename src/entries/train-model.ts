import { createDataWorld } from '../composition/data-world.ts';
import { driveTrainModel } from '../composition/drivers/train-model.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveTrainModel(invocation, createDataWorld(invocation)));
