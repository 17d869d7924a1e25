import { driveReleaseModel } from '../composition/host-drivers/release-model.ts';
import { runAction } from '../composition/run-action.ts';
import { sharingEvidence } from '../composition/share-evidence.ts';

await runAction(sharingEvidence(driveReleaseModel), { stage: 'release-model' });
