import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { driveEveryday } from '../composition/everyday/run-everyday.ts';
import { runAction } from '../composition/run-action.ts';

await runAction((invocation) => driveEveryday(invocation, createDataWorld(invocation)));
