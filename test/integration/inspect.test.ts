import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { locateNative } from '../../src/adapters/native/load-native.ts';
import { OutsideError } from '../../src/core/errors.ts';
import type { ModelInspection } from '../../src/core/inspection/inspection.ts';
import { writeModel } from '../../src/core/onnx/write-model.ts';
import { type InspectPorts, inspectModel } from '../../src/stages/inspection/inspect-model.ts';
import { runCommand } from '../support/runner.ts';
import { describeWithSharedData, sharedPath } from '../support/shared-data.ts';
import { type DraftChange, draftModel } from '../unit/onnx/drafts.ts';

const COMMAND = resolve(import.meta.dirname, '../../src/entries/contender.ts');
let directory: string;

const column = (name: string, elementType: 'float' | 'string' | 'int64' = 'float') => ({
  ...{ name, elementType, shape: ['N', 1] },
});

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'contender-inspect-'));
  write('data.csv', 'id,amount,kind,is_fraud\nsecret-1,1.5,food,0\nsecret-2,2,travel,1\n');
  model('model.onnx', {});
  model('columns.onnx', {
    graph: {
      inputs: [column('amount'), column('kind', 'string')],
      nodes: [{ name: 'n', opType: 'Identity', inputs: ['amount'], outputs: ['y'] }],
      outputs: [column('y')],
    },
  });
  model('matrix.onnx', { graph: { inputs: [{ name: 'X', elementType: 'float', shape: ['N', 1] }] } });
  model('stranger.onnx', {
    operatorSets: [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.contrib', version: 1 },
    ],
    graph: {
      nodes: [{ name: 'n', opType: 'Foo', domain: 'ai.onnx.contrib', inputs: ['x'], outputs: ['y'] }],
    },
  });
  model('hostile.onnx', {
    metadata: [
      ['a', '::error::pwned\u001b[2J'],
      ['##[error]', 'x\n::warning::y\u202E'],
      ['long', 'z'.repeat(100_000)],
    ],
    producerName: '\u001b]0;title\u0007::add-mask::1',
  });
  write('pointer.onnx', `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 9\n`);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(directory, name), content);
}

function model(name: string, change: DraftChange): void {
  write(name, writeModel(draftModel(change)));
}

const inspect = (...args: string[]) => runCommand(COMMAND, ['inspect', ...args], { directory });

describe('contender inspect', () => {
  it('prints what a model takes, gives and needs, and that it loads', async () => {
    const result = await inspect('model.onnx');
    expect(result, result.standardError).toMatchObject({ exitCode: 0, standardError: '' });
    const lines = result.standardOutput.split('\n');
    expect(lines[0]).toBe('model.onnx');
    expect(lines).toContain('  producer    somebody 1.2');
    expect(lines).toContain('  loads       yes, in ONNX Runtime 1.30.0');
    expect(result.standardOutput).toContain('\nInputs (1)\n  x  float  [N, 4]\n');
    expect(result.standardOutput).toContain('\nOperators (1 in 1 node)\n  Relu  ai.onnx  1\n');
  });

  it('prints one JSON document and nothing else', async () => {
    const result = await inspect('model.onnx', '--against', 'columns.onnx', '--json');
    expect(result.exitCode, result.standardError).toBe(0);
    const inspection = JSON.parse(result.standardOutput) as ModelInspection;
    expect(Object.keys(inspection)).toEqual([
      ...['kind', 'schemaVersion', 'file', 'bytes', 'digest', 'contract', 'externalFiles', 'warnings'],
      ...['loading', 'against'],
    ]);
    expect(inspection).toMatchObject({
      kind: 'inspection',
      file: 'model.onnx',
      loading: { outcome: 'loaded', runtime: '1.30.0' },
      against: { file: 'columns.onnx' },
    });
    expect(inspection.against?.changes).toContainEqual({
      kind: 'input',
      change: 'input amount removed',
      breaking: true,
    });
  });

  it('a breaking change is no failure', async () => {
    const result = await inspect('model.onnx', '--against', 'columns.onnx');
    expect(result.exitCode).toBe(0);
    expect(result.standardOutput).toMatch(/BREAKING +input amount removed/);
  });

  it('binds columns by name, and prints no value of them', async () => {
    const result = await inspect('columns.onnx', '--data', 'data.csv', '--task', 'regression');
    expect(result.exitCode, result.standardError).toBe(0);
    expect(result.standardOutput).toContain(
      '\nFed from data.csv\n  inputs take their columns by name\n  amount  float   <- amount (number)\n  kind    string  <- kind (string)\n',
    );
    expect(result.standardOutput).toContain('  y  float  [N, 1]  read as predictions\n');
    expect(result.standardOutput + result.standardError).not.toMatch(/secret|travel/);
  });

  it('takes the columns of a matrix from the flags or a config', async () => {
    const byFlags = await inspect('matrix.onnx', '--data', 'data.csv', '--columns', 'amount');
    expect(byFlags.standardOutput).toContain('  X  float  <- amount (number)\n');
    write(
      'other.yml',
      'model: m\ntask: regression\ndata: {training: data.csv, holdout: data.csv, target: is_fraud, columns: [amount]}\n',
    );
    const byConfig = await inspect('matrix.onnx', '--data', 'data.csv', '--config', 'other.yml');
    expect(byConfig.standardOutput).toContain('  X  float  <- amount (number)\n');
  });

  it('says why columns cannot be bound, with both lists', async () => {
    const result = await inspect('columns.onnx', '--data', 'data.csv', '--columns', 'amount');
    expect(result.exitCode).toBe(2);
    expect(result.standardError).toMatch(/^error: columns.onnx cannot be bound to the data: .*"kind".*\n$/);
    expect(result.standardOutput).toMatch(
      /\n {2}the model wants {7}the data have\n {2}amount: float \[N, 1\] {2}amount: number\n {2}kind: string \[N, 1\]\n/,
    );
  });

  it('prints everything of a model that does not load, and ends with 2', async () => {
    const result = await inspect('stranger.onnx');
    expect(result.exitCode).toBe(2);
    expect(result.standardOutput).toMatch(
      /loads +no, ONNX Runtime 1\.30\.0 refuses it: Fatal error: ai\.onnx\.contrib:Foo/,
    );
    expect(result.standardOutput).toMatch(/! operators of ai\.onnx\.contrib \(Foo\): no release build/);
    expect(result.standardError).toMatch(/^error: stranger\.onnx cannot be loaded: Fatal error/);
  });

  it.each([
    ['no model', [], /^error: name the model to inspect: contender inspect model\.onnx$/m],
    ['two models', ['model.onnx', 'matrix.onnx'], /unexpected argument "matrix\.onnx"/],
    ['a missing file', ['none.onnx'], /^error: none\.onnx does not exist/m],
    ['a pointer', ['pointer.onnx'], /^error: pointer\.onnx is a Git LFS pointer.*git lfs pull/m],
    ['data', ['data.csv'], /^error: data\.csv is plain text, not an ONNX model/m],
    ['a folder', ['.'], /is no file$/m],
    ['another that is no model', ['model.onnx', '--against', 'data.csv'], /^error: data\.csv is plain text/m],
    ['a task that is none', ['model.onnx', '--task', 'guessing'], /--task/],
    ['an option of another stage', ['model.onnx', '--learner', 'x'], /inspect has no option --learner/],
  ])('refuses %s', async (_name, args, says) => {
    const result = await inspect(...args);
    expect(result).toMatchObject({ exitCode: 2, standardOutput: '' });
    expect(result.standardError).toMatch(says);
    expect(result.standardError.trim().split('\n')).toHaveLength(1);
  });

  it('prints what is known of the model when the data are missing', async () => {
    const result = await inspect('model.onnx', '--data', 'none.csv');
    expect(result.exitCode).toBe(2);
    expect(result.standardOutput).toMatch(/\nFed from none\.csv\n {2}! .*none\.csv does not exist/);
  });

  it.each([[], ['--json']])('shows hostile metadata as text %j', async (...args) => {
    const result = await inspect('hostile.onnx', ...args);
    expect(result.exitCode, result.standardError).toBe(0);
    const printed = result.standardOutput;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(printed).not.toMatch(/^\s*::|##\[/m);
    if (args.length === 0) expect(printed.length).toBeLessThan(3000);
    else expect(JSON.parse(printed).contract.metadata.a).toBe('::error::pwned\u001b[2J');
  });

  it('is in the help', async () => {
    const all = await runCommand(COMMAND, ['--help'], { directory });
    expect(all.standardOutput).toMatch(/^ {2}inspect +show what a model takes/m);
    const own = await inspect('--help');
    expect(own.standardOutput).toContain('Usage: contender inspect model.onnx [options]');
    expect(own.standardOutput).toContain('--against');
    expect(own.standardOutput).not.toContain('--learner');
  });
});

describe('without a runtime', () => {
  const request = () => ({
    ...{ file: join(directory, 'model.onnx'), against: undefined, task: undefined, data: undefined },
  });
  const ports = (scorer: InspectPorts['scorer']): InspectPorts => ({
    files: createLocalFiles(directory),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    models: createModelReader(),
    scorer,
    engine: () => Promise.reject(new Error('no data are asked for')),
  });

  it('everything else is said, and that loading was not tried', async () => {
    const empty = mkdtempSync(join(directory, 'empty-'));
    const { inspection, exitCode, problems } = await inspectModel(
      request(),
      ports(async () => {
        await locateNative('onnxruntime', { environment: {}, searchFrom: empty, runtimeDirectory: empty });
        throw new Error('it was found');
      }),
    );
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
    expect(inspection.loading).toMatchObject({
      outcome: 'not-tried',
      reason: expect.stringContaining(empty),
    });
    expect(inspection.contract.operators).toEqual([{ domain: 'ai.onnx', name: 'Relu', count: 1 }]);
  });

  it('a runtime that dies is an error outside', async () => {
    const dies = () => Promise.reject(new OutsideError('it was ended'));
    const scorer = { score: dies, describe: dies, measureLatency: dies, tryLoad: dies };
    const { inspection, exitCode, problems } = await inspectModel(
      request(),
      ports(async () => scorer),
    );
    expect({ exitCode, problems }).toEqual({ exitCode: 3, problems: ['it was ended'] });
    expect(inspection.loading).toEqual({ outcome: 'failed', reason: 'it was ended' });
  });
});

describeWithSharedData('contender inspect on real models', () => {
  const path = (name: string) => sharedPath(`data/onnx/made/fraud_sparkov/${name}`);

  it('a ZipMap is told and read', async () => {
    const result = await inspect(path('lightgbm_zipmap.onnx'), '--task', 'binary-classification');
    expect(result.exitCode, result.standardError).toBe(0);
    expect(result.standardOutput).toMatch(
      /probabilities +sequence of map of int64 to float +read as probabilities/,
    );
    expect(result.standardOutput).toContain('! output probabilities comes from ZipMap');
    expect(result.standardOutput).toContain('  classes: 0, 1\n');
  });

  it('every column of a pipeline finds its input', async () => {
    const result = await inspect(
      path('pipeline_columns_nozipmap.onnx'),
      '--data',
      path('eval.csv.gz'),
      '--json',
    );
    expect(result.exitCode, result.standardError).toBe(0);
    const { binding } = JSON.parse(result.standardOutput) as ModelInspection;
    if (binding === undefined || 'refusal' in binding) throw new Error('not bound');
    expect(binding.by).toBe('by name');
    expect(binding.inputs.every(({ input, columns }) => columns.length === 1 && columns[0] === input)).toBe(
      true,
    );
  });
});
