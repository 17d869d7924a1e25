/** Models that are no ONNX file, from training to the second round, by the command as a user types it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/runner.ts';
import { configOf, SCORE_PROGRAM, TRAIN_PROGRAM } from '../support/scored-model.ts';
import { csvOf, makeRows } from '../support/stage-harness.ts';

const COMMAND = resolve(import.meta.dirname, '../../src/entries/contender.ts');
const RUNTIME = resolve(import.meta.dirname, '../../node_modules');
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'contender-other-models-'));
  write('train.csv', csvOf(makeRows(300, 1)));
  write('holdout.csv', csvOf(makeRows(900, 2)));
  write('train.mjs', TRAIN_PROGRAM);
  write('score.mjs', SCORE_PROGRAM);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, content: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), content);
}

async function contender(folder: string, words: readonly string[]) {
  const natives = words[0] === 'release-model' ? [] : ['--runtime-directory', RUNTIME];
  return await runCommand(COMMAND, [...words, ...natives], { directory: join(directory, folder) });
}

async function document(folder: string, words: readonly string[]) {
  const { exitCode, standardOutput, standardError } = await contender(folder, [...words, '--json']);
  expect(exitCode, standardError).toBe(0);
  return JSON.parse(standardOutput);
}

async function round(weights: { readonly night: number; readonly travel: number }) {
  write('contender.yml', configOf({ model: 'json', ...weights }));
  await document('.', ['train-model']);
  const comparison = await document('.', ['compare-models', '--registry', 'models']);
  const release = await document('.', ['release-model', '--registry', 'models']);
  return { comparison, release };
}

describe('contender', () => {
  it('trains, compares and releases any file, and compares the next one with it', async () => {
    const first = await round({ night: 0, travel: 0 });
    expect(first.comparison).toMatchObject({ verdict: 'no-champion', promote: true });
    expect(first.release).toMatchObject({ verdict: 'published', version: '1.0.0' });
    const second = await round({ night: 1.5, travel: 1 });
    expect(second.comparison).toMatchObject({
      verdict: 'better',
      champion: { version: '1.0.0', scores: { by: 'release' } },
      challenger: { scores: { by: 'command' } },
    });
    expect(second.release).toMatchObject({ verdict: 'published', version: '1.1.0' });
    expect(readFileSync(join(directory, 'models/json@v1.1.0/model.json'), 'utf8')).toContain('"night":1.5');
  }, 120_000);

  it('compares two tables without any model file or config', async () => {
    const rows = makeRows(900, 2);
    const table = (score: (amount: number) => number) =>
      `id,score\n${rows.map(({ id, amount }) => `${id},${score(amount)}`).join('\n')}\n`;
    write('tables/holdout.csv', csvOf(rows));
    write(
      'tables/old.csv',
      table(() => 0.4),
    );
    write(
      'tables/new.csv',
      table((amount) => amount / 1000),
    );
    const comparison = await document('tables', [
      ...['compare-models', '--data', 'holdout.csv', '--target', 'is_fraud', '--id', 'id'],
      ...['--task', 'binary-classification', '--registry', 'nothing'],
      ...['--champion-scores', 'old.csv', '--challenger-scores', 'new.csv'],
    ]);
    expect(comparison).toMatchObject({ verdict: 'better', promote: true });
  }, 60_000);

  it('says in one line what is wrong with a table', async () => {
    write('short.csv', 'id,score\nr2-0,0.5\n');
    const { exitCode, standardError } = await contender('.', [
      ...['compare-models', '--champion', 'none', '--challenger-scores', 'short.csv'],
      ...['--evidence-directory', 'empty'],
    ]);
    expect(exitCode).toBe(2);
    expect(standardError).toContain(
      'challenger-scores: short.csv does not fit the holdout: 899 rows of the holdout without a score (holdout holdout.csv line 3, holdout holdout.csv line 4, holdout holdout.csv line 5 and 896 more); give every labelled row of the holdout exactly one score',
    );
  }, 60_000);
});
