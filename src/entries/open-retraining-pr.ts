import { driveOpenRetrainingPr } from '../composition/host-drivers/open-retraining-pr.ts';
import { runAction } from '../composition/run-action.ts';

await runAction(driveOpenRetrainingPr, { stage: 'open-retraining-pr' });
