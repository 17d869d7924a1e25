import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxScorer } from '../../../src/adapters/onnx/onnx-scorer.ts';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import type { ScoreRequest, Scorer } from '../../../src/ports/scorer.ts';
import { workerSettings } from '../../support/stage-harness.ts';
import { anyModel, rowsOf, startScorer } from './scorer-fixture.ts';

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
    ['is killed', "process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL/],
    ['never says a word', 'setInterval(() => undefined, 1000)', /took longer than 1 seconds/],
  ])('that %s ends in an error of the outside', async (_name, body, message) => {
    const score = await scorerWith(body);
    const answer = score({ seconds: 1, memoryMegabytes: 500 });
    await expect(answer).rejects.toThrow(OutsideError);
    await expect(answer).rejects.toThrow(message);
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
