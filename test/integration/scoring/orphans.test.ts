/** A process that scores a model does not outlive the one that asked it to, however that one ends. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';
import { workerSettings } from '../../support/stage-harness.ts';

const SOURCES = resolve(import.meta.dirname, '../../../src');

let directory: string;
let script: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-orphans-'));
  script = join(directory, 'parent.mjs');
  const settings = { ...(await workerSettings()), directory };
  const path = sharedPath('data/onnx/invalid/endless_loop.onnx');
  writeFileSync(
    script,
    `
    import { createOnnxScorer } from ${JSON.stringify(join(SOURCES, 'adapters/onnx/onnx-scorer.ts'))};
    import { rowsOfTable } from ${JSON.stringify(join(SOURCES, 'core/data/row-source.ts'))};
    const columns = ['a', 'b', 'c', 'd'].map((name) => ({ kind: 'number', name, values: Float64Array.of(1, 2) }));
    await createOnnxScorer(${JSON.stringify(settings)}).score({
      model: { path: ${JSON.stringify(path)}, name: 'challenger' },
      task: 'multiclass-classification',
      classes: columns.map(({ name }) => name),
      rows: rowsOfTable({ rowCount: 2, columns }),
    });
  `,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describeWithSharedData('a parent that ends while a model runs', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by %s leaves no process', async (signal) => {
    const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
    try {
      let children: readonly number[] = [];
      // Time on the processor says that the model runs, and is not only being loaded.
      await expect
        .poll(
          () => {
            children = childrenOf(parent);
            return children.some((pid) => processorSeconds(pid) >= 2);
          },
          { timeout: 30_000, interval: 200 },
        )
        .toBe(true);
      expect(children).toHaveLength(1);
      const ended = once(parent, 'exit');
      parent.kill(signal);
      await ended;
      await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
    } finally {
      for (const pid of childrenOf(parent)) process.kill(pid, 'SIGKILL');
      parent.kill('SIGKILL');
    }
  });
});

function childrenOf({ pid }: ChildProcess): readonly number[] {
  return listProcesses(['--ppid', String(pid), '-o', 'pid=']).map(Number);
}

function processorSeconds(pid: number): number {
  return Number(listProcesses(['-p', String(pid), '-o', 'cputimes='])[0] ?? 0);
}

/** A process that has ended but was not yet asked how counts as gone. */
function isAlive(pid: number): boolean {
  return listProcesses(['-p', String(pid), '-o', 'stat=']).some((state) => !state.startsWith('Z'));
}

function listProcesses(args: readonly string[]): readonly string[] {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch {
    // It ends with 1 when there is none.
    return [];
  }
}
