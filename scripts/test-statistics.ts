/**
 * `npm run test:statistics`: simulates what the statistics promise, in two processes, and writes the tables of
 * docs/statistics.md. Ends with 1 when a promise is not kept.
 *
 * Usage: npm run test:statistics -- [WORD] [--part K/N]
 *
 * With a word only simulations run whose names contain it. With `--part 2/12` every twelfth runs, from the third on, and
 * what comes out has to stand in the page: CI takes another part with each commit. Neither writes the page.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SimulationRow } from '../test/statistics/simulation.ts';
import { fillMarked } from './generate/markers.ts';
import { renderRow, renderTables, TABLES } from './statistics/tables.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/statistics.md');

/** Two processors are what a runner has at the least. */
const PROCESSES = 2;

type Result = {
  readonly index: number;
  readonly name: string;
  readonly seconds: number;
  readonly rows: readonly SimulationRow[];
};

type Choice = { readonly word: string; readonly part: string | undefined };

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { part: { type: 'string' } },
    allowPositionals: true,
  });
  const choice: Choice = { word: positionals[0] ?? '', part: values.part };
  const parts = await Promise.all(Array.from({ length: PROCESSES }, (_, part) => runPart(part, choice)));
  const results = parts.flat().sort((left, right) => left.index - right.index);
  const rows = results.flatMap((result) => result.rows);
  const broken = rows.filter((row) => row.broken !== undefined);
  for (const row of broken) console.error(`NOT KEPT: ${row.table}: ${row.cells.join(' | ')}: ${row.broken}`);
  if (choice.word === '' && choice.part === undefined) writePage(rows);
  const stale = choice.part === undefined ? [] : rows.filter((row) => !readPage().includes(renderRow(row)));
  for (const row of stale) console.error(`not in docs/statistics.md: ${renderRow(row)}`);
  console.log(`${rows.length - broken.length} promises kept, ${broken.length} not`);
  return broken.length + stale.length > 0 ? 1 : 0;
}

function runPart(part: number, { word, part: chosen = '0/1' }: Choice): Promise<readonly Result[]> {
  const script = join(root, 'test/statistics/run-part.ts');
  const words = [script, String(part), String(PROCESSES), chosen, word];
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

function readPage(): string {
  return readFileSync(page, 'utf8');
}

function writePage(rows: readonly SimulationRow[]): void {
  const before = readPage();
  const after = TABLES.reduce((text, { name }) => fillMarked(text, name, renderTables(rows, name)), before);
  if (after === before) return;
  writeFileSync(page, after);
  console.log('wrote docs/statistics.md');
}

process.exitCode = await main(process.argv.slice(2));
