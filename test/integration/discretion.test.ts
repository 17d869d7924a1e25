/** No command says, writes or annotates a value that is to be hidden: marked values are looked for in everything. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../../src/composition/command-line/run-command.ts';
import { driveStage } from '../../src/composition/command-line-stages/drive-stage.ts';
import type { CompletedValidation } from '../../src/core/documents/validation.ts';
import { judgeCardNumber } from '../../src/core/personal-data/card-number.ts';
import { runAction } from '../support/runner.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ROWS = 300;

const directory = mkdtempSync(join(tmpdir(), 'contender-discretion-'));
const tracked = join(directory, 'tracked');
const untracked = join(directory, 'untracked');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Card numbers that nothing else could be. */
const CARDS = Array.from({ length: 3000 }, (_, index) => String(4_539_578_763_000_000 + 7 * index))
  .filter((number) => judgeCardNumber(number) === 'match')
  .slice(0, ROWS);

/** Marks of values that no output may hold: by id, group, exclusion, declaration, and as found by the search. */
const MARKS = ['canary', ...CARDS, '-71-9', '-72-9'];
/** Where the data are not in the repository, of every other column too. */
const ALL_MARKS = [...MARKS, 'zebra', '77123'];

function tableOf(kinds: readonly string[], amounts: number): string {
  const lines = Array.from({ length: ROWS }, (_, row) =>
    [
      `canary-id-${row}`,
      `canary-group-${row % 60}`,
      `canary-name-${row % 9}`,
      `canary-secret-${row % 4}`,
      `canary.mail.${row}@example.com`,
      CARDS[row],
      row === 17 ? 'ask canary.note@example.com' : 'fine',
      `${200 + row}-71-9${100 + row}`,
      amounts + (row % 50) + (row % 2) * 30,
      kinds[row % kinds.length],
      Number(row % 50 > 20 === row % 7 > 0),
    ].join(','),
  );
  return `id,card,name,secret,contact,pan,note,social,amt,kind,y\n${lines.join('\n')}\n`;
}

const CONFIG = `model: fraud
task: binary-classification
data:
  training: train.csv
  holdout: holdout.csv
  current: current.csv
  target: y
  id: id
  group: card
  exclude: [name]
  sensitive: [secret]
contract: contract.yml
training: {learner: gradient-boosting, parameters: {iterations: 5}}
comparison: {primary: roc_auc, slices: [kind, note]}
`;

/** Every rule that quotes a value of what breaks it, on every column. */
const CONTRACT = [
  'apiVersion: v3.1.0',
  'kind: DataContract',
  'schema:',
  '  - name: rows',
  '    properties:',
  ...['id', 'card', 'name', 'secret', 'contact', 'note', 'social', 'kind'].flatMap((name) => [
    `      - name: ${name}`,
    '        logicalType: string',
    '        logicalTypeOptions: {maxLength: 1, pattern: "^nothing$", format: uuid}',
    '        unique: true',
    '        quality:',
    '          - {metric: invalidValues, mustBe: 0, severity: warning, arguments: {validValues: [nothing]}}',
    `          - {type: custom, engine: contender, implementation: {check: monotonic, column: ${name}}}`,
    `          - {type: custom, engine: contender, implementation: {check: freshness, column: ${name}, atMost: 1h}}`,
    `          - {type: custom, engine: contender, implementation: {check: distribution, column: ${name}, against: current}}`,
    `          - {type: sql, query: SELECT max(length(${name})) FROM source, mustBe: 0}`,
  ]),
  ...['pan', 'amt'].flatMap((name) => [
    `      - name: ${name}`,
    '        logicalType: integer',
    '        logicalTypeOptions: {maximum: 1, multipleOf: 1000}',
    '        quality:',
    `          - {type: sql, query: SELECT max(${name}) FROM source, mustBe: 0}`,
    `          - {type: custom, engine: contender, implementation: {check: change, of: maximum, column: ${name}, against: current, atMost: 0%}}`,
  ]),
  '',
].join('\n');

function write(folder: string, kinds: readonly string[], amounts: number): void {
  mkdirSync(folder, { recursive: true });
  const files = {
    'train.csv': tableOf(kinds, amounts),
    'holdout.csv': tableOf(kinds, amounts).replaceAll('canary-id-', 'canary-id-h'),
    'current.csv': tableOf([...kinds, kinds.join('-')], amounts)
      .replaceAll('canary-secret-', 'canary-secret-c')
      .replaceAll('-71-9', '-72-9'),
    'contender.yml': CONFIG,
    'contract.yml': CONTRACT,
    'convert.sql': 'SELECT * EXCLUDE (secret), CAST(contact AS INTEGER) AS secret FROM source\n',
    'parse.sql': "SELECT * EXCLUDE (secret), strptime(name, '%Y') AS secret FROM source\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

beforeAll(() => {
  for (const name of Object.keys(process.env))
    if (/^(GITHUB|RUNNER|CI$)/.test(name)) vi.stubEnv(name, undefined);
  write(tracked, ['web', 'shop'], 5);
  write(untracked, ['zebra-web', 'zebra-shop'], 77_123);
  const git = (...rest: string[]) =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.org', ...rest], { cwd: tracked });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'data');
});

/** The command line within this process, which is loaded once for all of its runs. */
async function contender(folder: string, ...words: string[]) {
  let text = '';
  const take = (part: string | Uint8Array) => {
    text += String(part);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take),
    vi.spyOn(process.stderr, 'write').mockImplementation(take),
  ];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const exitCode = await runCommand(words, driveStage);
    return { exitCode, text };
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}

/** All texts that were written: evidence, reports, contracts; not the data themselves, models and tables of scores. */
function textsBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|html|md|yml|xml|txt|svg)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.git/'))
    .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]);
}

function expectNone(marks: readonly string[], texts: readonly (readonly [string, string])[]): void {
  for (const [name, text] of texts) {
    const found = marks.filter((mark) => text.includes(mark));
    expect(
      found,
      `${name}: ${text.slice(Math.max(0, text.indexOf(found[0] ?? '') - 200)).slice(0, 400)}`,
    ).toEqual([]);
  }
}

describe.each([
  ['in the repository', tracked, MARKS],
  ['outside of it', untracked, ALL_MARKS],
])('data %s', (_, folder, marks) => {
  test('stages, reports and the command about contracts', async () => {
    const said: [string, string][] = [];
    const run = async (exitCodes: readonly number[], ...words: string[]) => {
      const { exitCode, text } = await contender(folder, ...words);
      expect(exitCodes, text).toContain(exitCode);
      said.push([words.join(' '), text]);
    };
    await run([1], 'validate-data');
    await run([0], 'check-drift', '--reference', 'train.csv');
    if (folder === tracked) {
      await run([0], 'train-model');
      await run([0, 1], 'compare-models', '--champion', 'none');
    }
    await run([0], 'report-metrics', '--output', 'comment.md');
    await run([0], 'report-metrics', '--format', 'html', '--output', 'report.html');
    await run([0], 'report-metrics', '--format', 'junit', '--output', 'report.xml');
    await run([0], 'contract', 'infer', '--output', 'inferred.yml');
    await run([0, 1], 'contract', 'diff', '--data', 'train.csv,current.csv');
    await run([0, 1], 'contract', 'update', '--data', 'current.csv', '--output', 'updated.yml');

    const written = textsBelow(folder);
    expect(written.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        '.contender/fraud/validation.json',
        '.contender/fraud/drift.json',
        'report.html',
        'inferred.yml',
      ]),
    );
    // A contract is written from values, and so are the contract's own words of values in findings.
    const isContract = ([name]: readonly [string, string]) =>
      /inferred|updated|contract (diff|update)/.test(name);
    const all = [...said, ...written];
    expectNone(
      marks,
      all.filter((each) => !isContract(each)),
    );
    expectNone(MARKS, all.filter(isContract));
    expect(readFileSync(join(folder, '.contender/fraud/drift.json'), 'utf8')).toContain(
      '300 values that the reference',
    );
    const inferred = readFileSync(join(folder, 'inferred.yml'), 'utf8');
    expect(inferred.match(/classification: restricted/g)).toHaveLength(3);
  });

  test('refusals quote no cell', async () => {
    const refused = [
      await contender(folder, 'train-model', '--task', 'regression', '--target', 'contact'),
      await contender(folder, 'train-model', '--features', 'convert.sql'),
      await contender(folder, 'train-model', '--features', 'parse.sql'),
      await contender(folder, 'mask', '--data', 'train.csv', '--hash', 'pan', '--output', 'refused.csv'),
    ];
    for (const { exitCode, text } of refused) expect(exitCode, text).toBe(2);
    expectNone(
      marks,
      refused.map(({ text }, index) => [`refusal ${index}`, text]),
    );
    expect(refused[3]!.text).toContain('contact (300 of 300 values are e-mail addresses)');
  });
});

test('the action: annotations, outputs and the summary', async () => {
  const action = join(directory, 'action');
  mkdirSync(action);
  const manifest = readFileSync(join(ROOT, 'actions/validate-data/action.yml'), 'utf8');
  const script = relative(action, join(ROOT, 'src/entries/validate-data.ts'));
  writeFileSync(join(action, 'action.yml'), manifest.replace(/^(\s*main: ).*$/m, `$1${script}`));
  const workspace = join(directory, 'workspace');
  cpSync(tracked, workspace, { recursive: true });
  const { rawOutput, summary, annotations, outputs } = await runAction(action, { workspace });
  expect(annotations).not.toEqual([]);
  expect(rawOutput).toContain('e-mail addresses');
  expect(summary).not.toBe('');
  expectNone(MARKS, [
    ['log', rawOutput],
    ['summary', summary],
    ['outputs', JSON.stringify(outputs)],
  ]);
});

test('what is found is said, with a hash and the last characters of data that everyone can read', async () => {
  const read = (folder: string) =>
    JSON.parse(readFileSync(join(folder, '.contender/fraud/validation.json'), 'utf8')) as CompletedValidation;
  const found = (folder: string) =>
    read(folder).findings.filter(({ check, dataset }) => check === 'personal-data' && dataset === 'training');
  expect(
    found(tracked).map(({ column, severity, failing, checked }) => [column, severity, failing, checked]),
  ).toEqual([
    ['contact', 'warning', ROWS, ROWS],
    ['pan', 'warning', ROWS, ROWS],
    ['social', 'warning', ROWS, ROWS],
  ]);
  expect(found(tracked)[0]!.examples[0]).toMatchObject({
    file: 'train.csv',
    line: 2,
    value: expect.stringMatching(/^[0-9a-f]{8}…om$/),
  });
  expect(found(untracked)[0]!.examples[0]!.value).toMatch(/^[0-9a-f]{8}…$/);
  const profile = read(tracked).datasets[0]!.columns;
  for (const column of profile.filter(({ name }) =>
    ['contact', 'pan', 'secret', 'id', 'card', 'name'].includes(name),
  )) {
    expect(Object.keys(column).sort()).toEqual(['distinct', 'missing', 'name', 'type']);
  }
});
