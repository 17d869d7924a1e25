/** Runs every n-th simulation and writes what came out as JSON lines; started by `npm run test:statistics`. */

import { coverageSimulations } from './coverage.ts';
import { planningSimulations } from './planning.ts';
import type { Simulation } from './simulation.ts';
import { verdictSimulations } from './verdicts.ts';

export const simulations: readonly Simulation[] = [
  ...coverageSimulations,
  ...verdictSimulations,
  ...planningSimulations,
];

/** The dear ones first, dealt out in turn, so that both parts take about as long. */
function runPart(part: number, parts: number, only: string | undefined): void {
  simulations.forEach((simulation, index) => {
    if (index % parts !== part || (only !== undefined && !simulation.name.includes(only))) return;
    const started = performance.now();
    const rows = simulation.run();
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${JSON.stringify({ index, name: simulation.name, seconds, rows })}\n`);
  });
}

const [part = '0', parts = '1', only] = process.argv.slice(2);
runPart(Number(part), Number(parts), only);
