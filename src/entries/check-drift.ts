import { driveCheckDrift } from '../composition/data-drivers/check-drift.ts';
import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveCheckDrift(invocation, createDataWorld(invocation)));
