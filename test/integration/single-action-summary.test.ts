/** What an action of one stage leaves on the page of its run, and that its messages show no place of the machine. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseEnvironment } from '../support/runner-environment.ts';

const ENTRIES = join(import.meta.dirname, '../../src/entries');
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'single-action-'));
  await mkdir(join(directory, 'work'));
  const rows = Array.from({ length: 200 }, (_, row) => `${row % 7},${Number(row % 7 > 3)}`);
  await writeFile(join(directory, 'work/good.csv'), `a,y\n${rows.join('\n')}\n`);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function act(stage: string, inputs: Readonly<Record<string, string>> = {}) {
  const summaryFile = join(directory, 'summary.md');
  await writeFile(summaryFile, '');
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [join(ENTRIES, `${stage}.ts`)], {
      cwd: join(directory, 'work'),
      env: {
        ...process.env,
        ...baseEnvironment(),
        GITHUB_STEP_SUMMARY: summaryFile,
        ...Object.fromEntries(variables),
      },
      stdio: 'ignore',
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { exitCode, summary: await readFile(summaryFile, 'utf8') };
}

describe('the summary of a single action', () => {
  it('shows verdict and outputs', async () => {
    const { exitCode, summary } = await act('validate-data', { data: 'good.csv' });
    expect(exitCode, summary).toBe(0);
    expect(summary).toMatch(/^## validate-data: (pass|warn)\n\n### `model`\n\n\| output \| value \|/);
    expect(summary).toContain('| `findings` |');
    expect(summary.match(/^## /gm)).toHaveLength(1);
    expect(summary).toContain('| `good.csv` | 200 | 2 | 1 | 0 | 0\u00a0% |');
  });

  it('shows what a contract refuses and where, without values of data that are not in the repository', async () => {
    const contract = [
      'apiVersion: v3.1.0',
      'kind: DataContract',
      'schema:',
      '  - name: rows',
      '    properties:',
      '      - name: a',
      '        logicalType: integer',
      '        logicalTypeOptions: {maximum: 4}',
    ];
    await writeFile(join(directory, 'work/contract.yml'), `${contract.join('\n')}\n`);
    const { exitCode, summary } = await act('validate-data', { data: 'good.csv', contract: 'contract.yml' });
    expect(exitCode).toBe(1);
    expect(summary).toMatch(/^## validate-data: fail\n/);
    expect(summary).toContain('| error | `good.csv.a` |');
    expect(summary).toContain('`good.csv:7`<br>`contract.yml:8`');
    expect(summary).toContain('Held to `contract.yml` with');
    expect(summary).not.toContain('&#34;5&#34;');
  });

  it.each([
    'validate-data',
    'train-model',
    'compare-models',
    'check-drift',
    'release-model',
    'open-retraining-pr',
  ])('%s says why it stopped, without places of the machine', async (stage) => {
    const { exitCode, summary } = await act(stage);
    expect(exitCode).toBe(2);
    expect(summary).toContain(`## ${stage}: error`);
    expect(summary).toContain('**Stopped:** no config matches contender.yml');
    expect(summary).not.toContain(directory);
  });

  it.each(['nope.csv', 'nope-*.csv'])('names the missing data %s without its folder', async (data) => {
    const { exitCode, summary } = await act('validate-data', { data });
    expect(exitCode).toBe(2);
    expect(summary).toMatch(/\*\*Stopped:\*\* .*nope/);
    expect(summary).not.toContain(directory);
  });
});
