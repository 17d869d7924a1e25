import { driveReportMetrics } from '../composition/host-drivers/report-metrics.ts';
import { runAction } from '../composition/run-action.ts';

await runAction(driveReportMetrics);
