import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxScorer } from '../../../src/adapters/onnx/onnx-scorer.ts';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import type { ScoreRequest, Scorer } from '../../../src/ports/scorer.ts';
import { workerSettings } from '../../support/stage-harness.ts';
import { anyModel, childrenOfThisProcess, rowsOf, startScorer } from './scorer-fixture.ts';

let scorer: Scorer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'contender-scoring-'));
  scorer = await startScorer();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the process that holds a model', () => {
  const table = rowsOf(['a'], [[1]]);

  /** A scorer whose child is another script; the model is a file of ours that can be read. */
  async function scorerWith(script: string): Promise<(limits?: ScoreRequest['limits']) => Promise<unknown>> {
    const file = join(directory, `worker-${Math.abs(hash(script))}.mjs`);
    writeFileSync(file, script);
    const settings = await workerSettings();
    const other = createOnnxScorer({ ...settings, script: file });
    const path = join(directory, 'model.onnx');
    writeFileSync(path, anyModel());
    return (limits) =>
      other.score({
        model: { path, name: 'challenger' },
        task: 'regression',
        rows: table,
        ...(limits ? { limits } : {}),
      });
  }

  it('sees no token and nothing else of the environment', async () => {
    process.env.GITHUB_TOKEN = 'secret-token';
    process.env.INPUT_PASSWORD = 'secret-password';
    process.env.NODE_OPTIONS = '--no-warnings';
    try {
      const seen = join(directory, 'environment.json');
      const score = await scorerWith(`
        import { writeFileSync } from 'node:fs';
        writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ environment: process.env, directory: process.cwd() }));
        process.exit(3);
      `);
      await expect(score()).rejects.toThrow(/the process that scored challenger ended with code 3/);
      const { environment, directory: started } = JSON.parse(readFileSync(seen, 'utf8'));
      expect(JSON.stringify(environment)).not.toMatch(/secret/);
      const allowed = ['PATH', 'HOME', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'CONTENDER_WORKER_OPTIONS'];
      const added = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_UNIQUE_ID'];
      expect(Object.keys(environment).filter((name) => ![...allowed, ...added].includes(name))).toEqual([]);
      expect(started).not.toBe(process.cwd());
    } finally {
      delete process.env.GITHUB_TOKEN;
      delete process.env.INPUT_PASSWORD;
      delete process.env.NODE_OPTIONS;
    }
  });

  it('is ended when it takes more memory than it may', async () => {
    const score = await scorerWith(`
      process.on('message', () => {
        const blocks = [];
        setInterval(() => blocks.push(Buffer.alloc(50 * 1024 * 1024, 1)), 20);
      });
      process.send({ kind: 'started' });
    `);
    const answer = score({ seconds: 30, memoryMegabytes: 300 });
    await expect(answer).rejects.toThrow(InputError);
    await expect(answer).rejects.toThrow(/more than 300 MB of memory/);
  });

  it.each([
    ['dies with words', "console.error('out of luck'); process.exit(9)", /ended with code 9: out of luck/],
    [
      'dies of an error of its own',
      "throw new TypeError('a child of sorrow')",
      /ended with code 1: TypeError: a child of sorrow$/,
    ],
    [
      'says much before it dies',
      "console.error('one\\n'.repeat(50_000) + 'RangeError: too far\\n    at x (y.js:1:2)\\n\\nNode.js v24'); process.exitCode = 4",
      /ended with code 4: RangeError: too far$/,
    ],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL/],
    ['never says a word', 'setInterval(() => undefined, 1000)', /took longer than 1 seconds/],
  ])('that %s ends in an error of the outside', async (_name, body, message) => {
    const score = await scorerWith(body);
    const answer = score({ seconds: 1, memoryMegabytes: 500 });
    await expect(answer).rejects.toThrow(OutsideError);
    await expect(answer).rejects.toThrow(message);
  });

  /** A child that takes its request and then writes 32-bit numbers to the pipe of the answers. */
  const answering = (ready: string, ...numbers: (number | string)[]) => `
    import { writeSync } from 'node:fs';
    process.on('message', () => {
      ${ready === 'late' ? '' : "process.send({ kind: 'ready' });"}
      writeSync(4, new Uint8Array(Uint32Array.of(${numbers.join(', ')}).buffer));
    });
    process.send({ kind: 'started' });
    setInterval(() => undefined, 1000);
  `;
  /** Header: batch, width, whether labels follow, bytes of the body. One row of one value is asked for. */
  it.each([
    ['a body of 4 GB', answering('', 0, 1, 0, 0xffffffff), /frame of 4294967295 bytes holds no 1 values/],
    [
      '4 GB that fit their width',
      answering('', 0, 0x1ffffffe, 0, 0xfffffff0),
      /536870910 values for each row; 1 are/,
    ],
    ['a size that wraps', answering('', 0, 0x20000001, 0, 8), /frame of 8 bytes holds no 536870913 values/],
    ['no body', answering('', 0, 1, 0, 0), /frame of 0 bytes/],
    ['labels without their bytes', answering('', 0, 1, 1, 8, 0, 0), /frame of 8 bytes/],
    [
      'two values where one is',
      answering('', 0, 2, 0, 16, 0, 0, 0, 0),
      /answered with 2 values for each row; 1 are/,
    ],
    ['a batch that was not sent', answering('', 7, 1, 0, 8, 0, 0), /answered batch 7, which it was not sent/],
    [
      'frames before it is ready',
      answering('late', 0, 1, 0, 8, 0, 0),
      /answered batch 0, which it was not sent/,
    ],
    ['an answer and then rubbish', answering('', 9, 9, 9, 9, ...Array(64).fill(9)), /answered batch 9/],
  ])('that answers %s is not believed', async (_name, script, message) => {
    const score = await scorerWith(script);
    const before = process.memoryUsage.rss();
    await expect(score({ seconds: 20, memoryMegabytes: 500 })).rejects.toThrow(message);
    expect(process.memoryUsage.rss() - before).toBeLessThan(500 * 1024 ** 2);
    await expect.poll(() => childrenOfThisProcess('worker-'), { timeout: 5000 }).toEqual([]);
  });

  it.each([
    ['an answer that stops in the middle', answering('', 0, 1, 0, 8, 0), /took longer than 2 seconds/],
    ['nothing at all', answering(''), /took longer than 2 seconds/],
    [
      'a reply that is none',
      "process.on('message', () => undefined); process.send(null)",
      /sent what is no reply/,
    ],
    [
      'a reply of another kind',
      "process.on('message', () => undefined); process.send({ kind: 7 })",
      /no reply/,
    ],
    [
      'a failure without end',
      "process.on('message', () => undefined); process.send({ kind: 'failed', fault: 'model', message: 'x'.repeat(1e7) })",
      /^x{2000}$/,
    ],
  ])('that answers %s ends in one error', async (_name, script, message) => {
    const score = await scorerWith(script);
    await expect(score({ seconds: 2, memoryMegabytes: 500 })).rejects.toThrow(message);
  });

  it('refuses a path that is missing or a folder', async () => {
    const score = (path: string) =>
      scorer.score({ model: { path, name: 'challenger' }, task: 'regression', rows: table });
    await expect(score(join(directory, 'none.onnx'))).rejects.toThrow(
      /challenger: the model file .*none\.onnx cannot be read/,
    );
    await expect(score(directory)).rejects.toThrow(InputError);
  });
});

function hash(text: string): number {
  return [...text].reduce((total, character) => (total * 31 + character.charCodeAt(0)) | 0, 7);
}
