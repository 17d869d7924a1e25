import { driveReleaseModel } from '../composition/host-drivers/release-model.ts';
import { runAction } from '../composition/run-action.ts';

await runAction(driveReleaseModel, { stage: 'release-model' });
