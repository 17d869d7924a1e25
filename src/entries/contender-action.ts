import { createDataWorld } from '../composition/data-drivers/data-world.ts';
import { driveEveryday } from '../composition/everyday/run-everyday.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(sharingEvidence((invocation) => driveEveryday(invocation, createDataWorld(invocation))));
