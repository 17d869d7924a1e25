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

/** Every n-th of the chosen ones, which are again every so-many-th of those with the word in their names. */
function runPart(part: number, parts: number, chosen: readonly Simulation[]): void {
  chosen.forEach((simulation, index) => {
    if (index % parts !== part) return;
    const started = performance.now();
    const rows = simulation.run();
    const seconds = (performance.now() - started) / 1000;
    const place = simulations.indexOf(simulation);
    process.stdout.write(`${JSON.stringify({ index: place, name: simulation.name, seconds, rows })}\n`);
  });
}

const [part = '0', parts = '1', share = '0/1', word = ''] = process.argv.slice(2);
const [taken = 0, of = 1] = share.split('/').map(Number);
const named = simulations.filter(({ name }) => name.includes(word));
runPart(
  Number(part),
  Number(parts),
  named.filter((_, index) => index % of === taken),
);
