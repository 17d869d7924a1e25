/** Planning a holdout and explaining a verdict, through the real command. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/runner.ts';
import { csvOf, makeRows } from '../support/stage-harness.ts';

const COMMAND = resolve(import.meta.dirname, '../../src/entries/contender.ts');
const TABLES = [
  ...['compare-models', '--data', 'holdout.csv', '--target', 'is_fraud', '--id', 'id'],
  ...[
    '--task',
    'binary-classification',
    '--registry',
    'nothing',
    '--primary',
    'log_loss',
    '--fail-on',
    'never',
  ],
  ...['--champion-scores', 'old.csv', '--challenger-scores', 'new.csv'],
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'contender-planning-'));
  const rows = makeRows(900, 2);
  const table = (score: (amount: number) => number) =>
    `id,score\n${rows.map(({ id, amount }) => `${id},${score(amount)}`).join('\n')}\n`;
  writeFileSync(join(directory, 'holdout.csv'), csvOf(rows));
  writeFileSync(
    join(directory, 'old.csv'),
    table((amount) => 0.05 + amount / 1300),
  );
  writeFileSync(
    join(directory, 'new.csv'),
    table((amount) => 0.02 + amount / 1100),
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function contender(args: readonly string[]) {
  return runCommand(COMMAND, args, { directory });
}

describe('contender compare-models --explain', () => {
  it('refuses an unknown metric before anything is scored', async () => {
    const result = await contender([...TABLES, '--explain', 'log_los', '--evidence-directory', 'refused']);
    expect(result.exitCode).toBe(2);
    expect(result.standardError).toContain('did you mean log_loss? compared are log_loss, ');
    expect(result.standardOutput).not.toContain('Score the models');
    expect(existsSync(join(directory, 'refused/model/scores'))).toBe(false);
  }, 60_000);

  it('tells the verdict step by step behind what is said anyway', async () => {
    const { exitCode, standardOutput, standardError } = await contender([...TABLES, '--explain', 'log_loss']);
    expect(exitCode, standardError).toBe(0);
    expect(standardOutput).toMatch(/^verdict: .*\n\nHow log_loss was judged\n/m);
    expect(standardOutput).toContain('(the first that applies)');
  }, 60_000);

  it('with --json the explanation goes to standard error, and the document says the same as the plan reads', async () => {
    const { standardOutput, standardError } = await contender([...TABLES, '--explain', 'roc_auc', '--json']);
    const document = JSON.parse(standardOutput);
    expect(document.kind).toBe('comparison');
    expect(standardError).toContain('How roc_auc was judged');
    const planned = await contender(['plan-holdout', '--evidence', '.contender', '--json']);
    expect(planned.exitCode, planned.standardError).toBe(0);
    const { request, plan } = JSON.parse(planned.standardOutput);
    const metric = document.metrics.find(({ name }: { name: string }) => name === 'log_loss');
    expect(request).toMatchObject({ metric: 'log_loss', margin: metric.margin });
    const rows = 900 * (metric.detectable / metric.margin) ** 2;
    expect(plan.notWorse.rows).toBe(Math.max(30, Math.ceil(rows)));
  }, 60_000);
});

describe('contender plan-holdout', () => {
  it('prints a plan, and as JSON nothing else', async () => {
    const flags = ['plan-holdout', '--metric', 'accuracy', '--discordance', '10%', '--margin', '0.01'];
    const text = await contender(flags);
    expect(text, text.standardError).toMatchObject({ exitCode: 0, standardError: '' });
    expect(text.standardOutput).toContain('not worse by more than 0.01  7,849 labelled rows');
    const json = await contender([...flags, '--json']);
    expect(JSON.parse(json.standardOutput).plan.notWorse).toEqual({ rows: 7849 });
  });

  it.each([
    [['--metric', 'accuracy', '--margin', '0.01'], /^error: accuracy needs --discordance: [^\n]+\n$/],
    [['--metric', 'accuracy', '--discordance', '0.1', '--margin', '0'], /^error: --margin is "0"; [^\n]+\n$/],
    [['--evidence', 'nowhere'], /^error: there is no evidence in nowhere; [^\n]+\n$/],
    [[], /^error: name the metric that decides, [^\n]+\n$/],
  ])('one message and exit code 2: %j', async (flags, message) => {
    const result = await contender(['plan-holdout', ...flags]);
    expect(result.exitCode).toBe(2);
    expect(result.standardError).toMatch(message);
    expect(result.standardOutput).toBe('');
  });

  it('its help lists its options and no others', async () => {
    const { standardOutput } = await contender(['plan-holdout', '--help']);
    expect(standardOutput).toContain('--intraclass-correlation');
    expect(standardOutput).toContain('print the result as JSON and nothing else');
    expect(standardOutput).not.toContain('--config');
  });
});
