import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import { reachableChunks } from '../../scripts/build/chunk-graph.ts';
import { planChunks } from '../../scripts/build/chunk-plan.ts';
import { runAction, runCommand } from '../support/runner.ts';
import { copyBundles } from './bundles-alone.ts';
import { ROOT } from './native-fixture.ts';

const SOURCES = {
  'actions/second/action.yml': 'runs: { using: node24, main: ../../dist/second.js }',
  'src/core/numbers/sum.ts': 'export const sum = (...terms: number[]) => terms.reduce((a, b) => a + b, 0);',
  'src/core/numbers/mean.ts':
    "import { sum } from './sum.ts';\nexport const mean = (...terms: number[]) => sum(...terms) / terms.length;",
  'src/core/text/join.ts': "export const joined = (parts: readonly string[]) => parts.join(', ');",
  'src/entries/first.ts':
    "import { mean } from '../core/numbers/mean.ts';\nimport { joined } from '../core/text/join.ts';\nconsole.log(joined([String(mean(1, 3))]));",
  'src/entries/second.ts':
    "import { parse } from 'yaml';\nimport { joined } from '../core/text/join.ts';\nconsole.log(joined(parse('[a, b]')));",
};

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'build-'));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

async function buildIn(name: string): Promise<string> {
  const root = join(scratch, name);
  for (const [path, text] of Object.entries(SOURCES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await mkdir(join(root, 'node_modules'), { recursive: true });
  await cp(join(ROOT, 'node_modules/yaml'), join(root, 'node_modules/yaml'), { recursive: true });
  await bundle({ root, entriesDirectory: join(root, 'src/entries'), outputDirectory: join(root, 'dist') });
  return join(root, 'dist');
}

async function contents(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(
    files.map((file, index) => [file.slice(directory.length + 1), texts[index] ?? '']),
  );
}

describe('bundle', () => {
  it('gives the same bytes again, and in another folder', async () => {
    const first = await contents(await buildIn('one'));
    expect(await contents(await buildIn('one'))).toEqual(first);
    expect(await contents(await buildIn('another/place'))).toEqual(first);
    expect(Object.keys(first).sort()).toEqual([
      'THIRD-PARTY-LICENSES',
      'chunks/core-numbers.js',
      'chunks/core-text.js',
      'chunks/vendor-yaml.js',
      'first.js',
      'package.json',
      'second.js',
    ]);
    expect(first['THIRD-PARTY-LICENSES']).toContain('Copyright Eemeli Aro');
  });

  it('gives files that run with nothing beside them and load only what they need', async () => {
    const built = await buildIn('three');
    await using alone = await copyBundles(dirname(built));
    const { exitCode, log } = await runAction(alone.action('second'), { workspace: scratch });
    expect({ exitCode, log }).toEqual({ exitCode: 0, log: 'a, b\n' });
    const reached = await reachableChunks(join(built, 'first.js'));
    expect(reached.map((path) => path.slice(built.length + 1))).toEqual([
      'first.js',
      join('chunks', 'core-numbers.js'),
      join('chunks', 'core-text.js'),
    ]);
  });
});

describe('check-dist', () => {
  const check = (root: string) =>
    runCommand(join(ROOT, 'scripts/check-dist.ts'), [root], { directory: scratch });

  it('accepts what the sources give and names every file that differs', async () => {
    const built = await buildIn('checked');
    expect(await check(dirname(built))).toMatchObject({ exitCode: 0, standardError: '' });
    await writeFile(join(built, 'first.js'), 'changed');
    await writeFile(join(built, 'old.js'), '');
    await rm(join(built, 'chunks/vendor-yaml.js'));
    const { exitCode, standardError } = await check(dirname(built));
    expect(exitCode).toBe(1);
    expect(standardError.trim().split('\n')).toEqual([
      'dist/old.js is not built any more',
      'dist/chunks/vendor-yaml.js is missing',
      'dist/first.js is not what the sources give',
      'Run `npm run build` and commit dist/.',
    ]);
  });

  it('refuses a bundle that only talks to GitHub but reaches the loader of native modules', async () => {
    const root = dirname(await buildIn('reaching'));
    const files = {
      'src/adapters/native/load.ts': 'export const load = () => 1;',
      'src/entries/report-metrics.ts':
        "const { load } = await import('../adapters/native/load.ts');\nload();",
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const { standardError } = await check(root);
    expect(standardError).toContain('dist/report-metrics.js reaches');
  });
});

describe('planChunks', () => {
  it('puts folders that import each other into one chunk, under the name that sorts first', () => {
    const graph = new Map([
      ['/r/src/entries/run.ts', ['/r/src/core/b/one.ts']],
      ['/r/src/core/b/one.ts', ['/r/src/core/a/one.ts', '/r/node_modules/@octokit/core/index.js']],
      ['/r/src/core/a/one.ts', ['/r/src/core/c/one.ts']],
      ['/r/src/core/a/two.ts', ['/r/src/core/b/one.ts']],
      ['/r/src/core/c/one.ts', []],
      ['/r/node_modules/@octokit/core/index.js', ['/r/node_modules/x/node_modules/@scope/y/index.js']],
      ['/r/node_modules/x/node_modules/@scope/y/index.js', []],
    ]);
    expect(Object.fromEntries(planChunks(graph, '/r/src'))).toEqual({
      '/r/src/core/b/one.ts': 'core-a',
      '/r/src/core/a/one.ts': 'core-a',
      '/r/src/core/a/two.ts': 'core-a',
      '/r/src/core/c/one.ts': 'core-c',
      '/r/node_modules/@octokit/core/index.js': 'vendor-octokit',
      '/r/node_modules/x/node_modules/@scope/y/index.js': 'vendor-scope-y',
    });
  });
});
