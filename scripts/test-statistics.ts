/**
 * `npm run test:statistics`: simulates what the statistics promise, in two processes, and writes the tables of
 * docs/statistics.md. With `--check` the page is compared and not written. Further arguments are words that the
 * names of the simulations have to contain; nothing is written then. Ends with 1 when a promise is not kept.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationRow } from '../test/statistics/simulation.ts';
import { fillMarked } from './generate/markers.ts';
import { renderTables, TABLES } from './statistics/tables.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/statistics.md');

/** Two processors are what a runner has at the least. */
const PARTS = 2;

type Result = {
  readonly index: number;
  readonly name: string;
  readonly seconds: number;
  readonly rows: readonly SimulationRow[];
};

async function main(args: readonly string[]): Promise<number> {
  const [only] = args.filter((argument) => argument !== '--check');
  const parts = await Promise.all(Array.from({ length: PARTS }, (_, part) => runPart(part, only)));
  const results = parts.flat().sort((left, right) => left.index - right.index);
  const rows = results.flatMap((result) => result.rows);
  const broken = rows.filter((row) => row.broken !== undefined);
  for (const row of broken) console.error(`NOT KEPT: ${row.table}: ${row.cells.join(' | ')}: ${row.broken}`);
  const isStale = only === undefined && !settlePage(rows, args.includes('--check'));
  console.log(`${rows.length - broken.length} promises kept, ${broken.length} not`);
  return broken.length > 0 || isStale ? 1 : 0;
}

function runPart(part: number, only: string | undefined): Promise<readonly Result[]> {
  const script = join(root, 'test/statistics/run-part.ts');
  const words = [script, String(part), String(PARTS), ...(only === undefined ? [] : [only])];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const line of text.split('\n').filter((candidate) => candidate.startsWith('{"index"')))
      sayDone(line);
  });
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code !== 0) fail(new Error(`part ${part} of the simulations ended with ${code}`));
      else settle(output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Result])));
    });
  });
}

function sayDone(line: string): void {
  const found = /"name":"([^"]*)","seconds":([\d.]+)/.exec(line);
  if (found) console.error(`${found[1]}: ${Number(found[2]).toFixed(0)} s`);
}

/** Whether the page says what came out; writes it unless it is only checked. */
function settlePage(rows: readonly SimulationRow[], checkOnly: boolean): boolean {
  const before = readFileSync(page, 'utf8');
  const after = TABLES.reduce((text, { name }) => fillMarked(text, name, renderTables(rows, name)), before);
  if (after === before) return true;
  if (checkOnly) {
    console.error('docs/statistics.md is stale; run: npm run test:statistics');
    return false;
  }
  writeFileSync(page, after);
  console.log('wrote docs/statistics.md');
  return true;
}

process.exitCode = await main(process.argv.slice(2));
