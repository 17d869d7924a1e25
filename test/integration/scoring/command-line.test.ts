/** Wrong and hostile models through the real command: one message, the right exit code, nothing left behind. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../support/runner.ts';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';

const COMMAND = resolve(import.meta.dirname, '../../../src/entries/contender.ts');

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'contender-wrong-models-'));
  write('numbers.csv', 4, (row) => `${row % 3}`);
  write('names.csv', 4, (row) => ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'][row % 3]!);
  write('four.csv', 4, (row) => `k${row % 4}`);
  write('binary.csv', 6, (row) => `${row % 2}`);
  writeFileSync(join(directory, 'short.yml'), configuration('time-limit: 3s'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, width: number, target: (row: number) => string): void {
  const columns = Array.from({ length: width }, (_, index) => `c${index}`);
  const lines = Array.from({ length: 60 }, (_, row) =>
    [...columns.map((_, index) => ((row * 7 + index * 3) % 11) / 2), target(row)].join(','),
  );
  writeFileSync(join(directory, name), `${columns.join(',')},y\n${lines.join('\n')}\n`);
}

function configuration(scoring: string): string {
  return `model: wrong
task: multiclass-classification
data: {holdout: four.csv, target: y}
training: {learner: gradient-boosting}
comparison: {primary: accuracy}
scoring: {${scoring}}
`;
}

/** A model, the data whose columns and classes are its own, and what is said about it when it is scored. */
const SCORED: readonly (readonly [file: string, data: string, says: RegExp])[] = [
  ['dangling_input.onnx', 'numbers.csv', /cannot be loaded: .*'nowhere' is not a graph input/],
  ['empty.onnx', 'numbers.csv', /is empty/],
  ['external_missing/model.onnx', 'binary.csv', /"weights\.bin", which does not exist beside the model/],
  ['external_path_traversal/model.onnx', 'binary.csv', /hostname", outside of the folder of the model/],
  ['future_ir99.onnx', 'numbers.csv', /cannot be loaded: Unsupported model IR version: 99/],
  ['future_opset99.onnx', 'numbers.csv', /cannot be loaded: .*support for domain ai\.onnx is till opset 26/],
  ['huge_alloc.onnx', 'four.csv', /Failed to allocate memory|MB of memory/],
  ['lfs_pointer.onnx', 'numbers.csv', /is a Git LFS pointer.*git lfs pull/],
  ['nan_weights.onnx', 'names.csv', /a value that is no number/],
  ['no_inputs.onnx', 'numbers.csv', /has no inputs/],
  ['no_outputs.onnx', 'numbers.csv', /its outputs are none/],
  ['random_bytes.onnx', 'numbers.csv', /damaged, cut off or no ONNX model/],
  ['text.onnx', 'numbers.csv', /plain text, not an ONNX model/],
  ['truncated_half.onnx', 'numbers.csv', /damaged, cut off or no ONNX model/],
  ['truncated_tail10.onnx', 'numbers.csv', /damaged, cut off or no ONNX model/],
  ['unknown_op.onnx', 'numbers.csv', /cannot be loaded: .*NoSuchOp/],
];

/** What can be described without being run, and loads. */
const LOADABLE = ['endless_loop.onnx', 'huge_alloc.onnx', 'nan_weights.onnx', 'no_outputs.onnx'];

describeWithSharedData('wrong models through the command', () => {
  it('every one of them is looked at here', () => {
    const files = readdirSync(sharedPath('data/onnx/invalid')).map((name) => name.replace('.onnx', ''));
    const seen = [...SCORED.map(([file]) => file), 'endless_loop.onnx'];
    expect(seen.map((file) => file.replace(/\.onnx$|\/.*/, '')).sort()).toEqual(files.sort());
  });

  it.each(SCORED)('compare-models refuses %s', async (file, data, says) => {
    const task = data === 'binary.csv' ? 'binary-classification' : 'multiclass-classification';
    const result = await run([
      ...['compare-models', '--challenger', sharedPath(`data/onnx/invalid/${file}`), '--champion', 'none'],
      ...['--model-name', 'wrong', '--task', task, '--primary', 'log_loss', '--data', data, '--target', 'y'],
    ]);
    expectOneMessage(result);
    expect(result.standardError).toMatch(says);
    expect(result.standardOutput).not.toContain('promote: true');
  });

  it.each(SCORED.map(([file]) => file).filter((file) => !LOADABLE.includes(file)))(
    'inspect refuses %s',
    async (file) => {
      expectOneMessage(await run(['inspect', sharedPath(`data/onnx/invalid/${file}`)]));
    },
  );

  it.each(LOADABLE)('inspect shows %s, which is wrong only when it runs', async (file) => {
    const result = await run(['inspect', sharedPath(`data/onnx/invalid/${file}`)]);
    expect(result, result.standardError).toMatchObject({ exitCode: 0, standardError: '' });
    expect(result.standardOutput).toMatch(/loads +yes/);
  });

  it('a model that never ends is ended after scoring.time-limit', async () => {
    const started = performance.now();
    const model = sharedPath('data/onnx/invalid/endless_loop.onnx');
    const result = await run([
      ...['compare-models', '--config', 'short.yml', '--challenger', model, '--champion', 'none'],
    ]);
    expectOneMessage(result);
    expect(result.standardError).toMatch(/took longer than 3 seconds and was ended/);
    expect((performance.now() - started) / 1000).toBeLessThan(20);
  });

  function run(args: readonly string[]) {
    return runCommand(COMMAND, args, { directory });
  }

  function expectOneMessage({ exitCode, standardError }: Awaited<ReturnType<typeof run>>): void {
    expect(exitCode, standardError).toBe(2);
    const errors = standardError.split('\n').filter((line) => line.startsWith('error: '));
    expect(errors, standardError).toHaveLength(1);
    expect(errors[0]!.length).toBeLessThan(700);
    expect(standardError).not.toMatch(/onnxruntime::|std::|_src\/|undefined|\[object|^\s+at .+:\d+:\d+/m);
    const known = /^(numbers|names|four|binary)\.csv$|^short\.yml$|^\.contender$/;
    expect(readdirSync(directory).filter((name) => !known.test(name))).toEqual([]);
  }
});
