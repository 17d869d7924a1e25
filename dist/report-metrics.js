import { driveReportMetrics } from "./chunks/composition-host-drivers.js";
import { runAction } from "./chunks/composition.js";

// src/entries/report-metrics.ts
await runAction(driveReportMetrics);

export {  };