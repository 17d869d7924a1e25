import { driveValidateData } from '../composition/data-drivers/validate-data.ts';
import { createDataWorld } from '../composition/data-world.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveValidateData(invocation, createDataWorld(invocation)));
