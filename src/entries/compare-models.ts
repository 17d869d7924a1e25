import { createDataWorld } from '../composition/data-world.ts';
import { driveCompareModels } from '../composition/drivers/compare-models.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveCompareModels(invocation, createDataWorld(invocation)));
