import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import type { NativeName } from '../../src/adapters/native/packages.ts';
import { ROOT, realFixture, startLoader } from './native-fixture.ts';
import { startRegistry } from './package-registry.ts';

const EXPECTED: readonly { readonly name: NativeName; readonly export: string }[] = [
  { name: 'duckdb', export: 'DuckDBInstance' },
  { name: 'onnxruntime', export: 'InferenceSession' },
];

let scratch: string;
let script: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'empty-folder-'));
  const built = join(scratch, 'built');
  await bundle({
    root: ROOT,
    entriesDirectory: join(import.meta.dirname, 'entries'),
    outputDirectory: built,
  });
  await cp(built, join(scratch, 'alone', 'dist'), { recursive: true });
  script = join(scratch, 'alone', 'dist', 'load-native.js');
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

describe.each(EXPECTED)(
  '$name bundled into a folder with nothing beside it',
  ({ name, export: expected }) => {
    it('is fetched once and then taken from the tool cache', async () => {
      const { manifest, tarballs } = await realFixture(name);
      await using registry = await startRegistry(tarballs);
      const environment = { npm_config_registry: registry.url, RUNNER_TOOL_CACHE: join(scratch, 'tools') };
      const first = await (await startLoader(script, { name, manifest }, environment)).answer;
      expect(first).toMatchObject({ exitCode: 0, exports: expect.arrayContaining([expected]) });
      expect(first.fetched).toHaveLength(2);
      const requests = registry.requests.length;
      expect(requests).toBe(tarballs.length);

      const second = await (await startLoader(script, { name, manifest }, environment)).answer;
      expect(second).toMatchObject({ exitCode: 0, fetched: [] });
      expect(registry.requests).toHaveLength(requests);
      expect(await readdir(join(scratch, 'tools', 'contender'))).toContain(name);
    });

    it('is taken from runtime-directory, where no registry can be reached', async () => {
      const request = { name, runtimeDirectory: ROOT };
      const answer = await (
        await startLoader(script, request, { npm_config_registry: 'http://127.0.0.1:9/', PATH: '' })
      ).answer;
      expect(answer).toMatchObject({
        exitCode: 0,
        fetched: [],
        exports: expect.arrayContaining([expected]),
      });
    });
  },
);
