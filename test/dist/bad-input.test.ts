/** What every stage says to wrong input, through the committed bundle: exit code and one message that helps. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/runner.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMMAND = join(ROOT, 'dist/contender.js');
let directory: string;

const CONFIG = `model: fraud
task: binary-classification
data: {training: train.csv, holdout: holdout.csv, target: y}
training: {learner: gradient-boosting, parameters: {iterations: 5, min-samples-leaf: 5}}
comparison: {primary: roc_auc}
`;

function rows(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, row) => `${row % 7},${(row * 13) % 11},${Number(row % 7 > 3)}`,
  );
  return `a,b,y\n${lines.join('\n')}\n`;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bad-input-'));
  await writeFile(join(directory, 'contender.yml'), CONFIG);
  await writeFile(join(directory, 'train.csv'), rows(400));
  await writeFile(join(directory, 'holdout.csv'), rows(300));
  await writeFile(join(directory, 'empty.csv'), '');
  await writeFile(
    join(directory, 'pointer.csv'),
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 9\n`,
  );
  await writeFile(join(directory, 'text.onnx'), 'this is no model');
  await writeFile(join(directory, 'one-class.csv'), rows(100).replace(/,[01]$/gm, ',1'));
  await writeFile(join(directory, 'three.csv'), `${rows(100)}1,1,2\n`);
  await writeFile(join(directory, 'typo.yml'), CONFIG.replace('learner:', 'lerner:'));
  await writeFile(join(directory, 'contract.yml'), 'apiVersion: v3.1.0\nkind: DataContrct\n');
  await writeFile(join(directory, 'features.sql'), "select * from read_csv('/etc/hostname')");
  await mkdir(join(directory, 'folder.csv'));
  const trained = await run('train-model', '--cache', 'false');
  expect(trained.exitCode, trained.standardError).toBe(0);
  await cp(join(directory, '.contender/fraud/model/model.onnx'), join(directory, 'model.onnx'));
}, 60_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

function run(...args: string[]) {
  return runCommand(COMMAND, args, { directory });
}

const COMPARE = ['compare-models', '--champion', 'none', '--challenger', 'model.onnx'];

describe.each([
  {
    name: 'a missing data file',
    args: [...COMPARE, '--data', 'nope.csv'],
    code: 2,
    says: /nope\.csv does not exist/,
  },
  {
    name: 'an empty data file',
    args: ['train-model', '--data', 'empty.csv'],
    code: 2,
    says: /empty\.csv.*empty/,
  },
  { name: 'a directory', args: ['validate-data', '--data', 'folder.csv'], code: 2, says: /folder\.csv/ },
  {
    name: 'a Git LFS pointer',
    args: ['validate-data', '--data', 'pointer.csv'],
    code: 2,
    says: /git lfs pull/,
  },
  { name: 'a wrong column', args: [...COMPARE, '--target', 'yy'], code: 2, says: /no column "yy"/ },
  {
    name: 'an unknown key',
    args: ['train-model', '--config', 'typo.yml'],
    code: 2,
    says: /typo\.yml:4:\d+.*did you mean/s,
  },
  {
    name: 'a config that is not there',
    args: ['train-model', '--config', 'other.yml'],
    code: 2,
    says: /other\.yml/,
  },
  {
    name: 'an unreadable model',
    args: ['compare-models', '--champion', 'none', '--challenger', 'text.onnx'],
    code: 2,
    says: /text.onnx.* is plain text, not an ONNX model/,
  },
  {
    name: 'a missing model',
    args: ['compare-models', '--champion', 'none', '--challenger', 'no.onnx'],
    code: 2,
    says: /no\.onnx does not exist/,
  },
  {
    name: 'a target of three classes',
    args: [...COMPARE, '--data', 'three.csv'],
    code: 2,
    says: /3 classes/,
  },
  { name: 'training on one class', args: ['train-model', '--data', 'one-class.csv'], code: 2, says: /class/ },
  {
    name: 'a query that reads other files',
    args: ['train-model', '--features', 'features.sql'],
    code: 2,
    says: /features\.sql.*read_csv/s,
  },
  {
    name: 'a contract that is none',
    args: ['validate-data', '--contract', 'contract.yml'],
    code: 2,
    says: /contract\.yml:2.*DataContract/s,
  },
  {
    name: 'an unknown parameter',
    args: ['compare-models', '--primary', 'roc_acu'],
    code: 2,
    says: /did you mean.*roc_auc/s,
  },
  {
    name: 'an unknown choice',
    args: [...COMPARE, '--fail-on', 'sometimes'],
    code: 2,
    says: /worse, inconclusive, never/,
  },
  {
    name: 'a champion without a registry',
    args: ['compare-models', '--challenger', 'model.onnx'],
    code: 2,
    says: /--registry/,
  },
  {
    name: 'evidence that is not there',
    args: ['report-metrics', '--evidence', 'nowhere'],
    code: 2,
    says: /no evidence in nowhere/,
  },
  { name: 'a release with nowhere to go', args: ['release-model'], code: 2, says: /--registry/ },
  { name: 'a retraining without GitHub', args: ['open-retraining-pr'], code: 2, says: /GITHUB_TOKEN/ },
  {
    name: 'drift of a file that is not there',
    args: ['check-drift', '--reference', 'train.csv', '--current', 'no.csv', '--model', 'model.onnx'],
    code: 2,
    says: /no\.csv does not exist/,
  },
])('$name', ({ args, code, says }) => {
  it(`ends with ${code} and says what to do`, async () => {
    const result = await run(...args);
    expect(result.standardError).toMatch(says);
    expect(result.exitCode).toBe(code);
    expect(result.standardError).not.toMatch(/^\s+at .+:\d+:\d+/m);
    expect(result.standardOutput).not.toContain('promote: true');
  });
});

describe('GitHub out of reach', () => {
  it('ends with 3', async () => {
    const result = await runCommand(
      COMMAND,
      ['compare-models', '--challenger', 'model.onnx', '--github-token', 'x'],
      {
        directory,
        environment: { GITHUB_REPOSITORY: 'acme/fraud', GITHUB_API_URL: 'http://127.0.0.1:9' },
      },
    );
    expect(result.exitCode, result.standardError).toBe(3);
  }, 60_000);
});
