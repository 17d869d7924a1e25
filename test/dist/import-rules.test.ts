import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTree } from '../../scripts/imports/check-tree.ts';
import { ROOT } from './native-fixture.ts';

let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'imports-'));
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(scratch, path)), { recursive: true });
    await writeFile(join(scratch, path), text);
  }
}

const SOUND = {
  'core/errors.ts':
    "import { parse } from 'yaml';\nexport const read = (text: string) => new Date(parse(text));",
  'core/data/table.ts':
    "import { read } from '../errors.ts';\nexport const rows = read;\nexport type Table = 1;",
  'ports/engine.ts': "import type { Table } from '../core/data/table.ts';\nexport type Engine = () => Table;",
  'stages/run.ts':
    "import type { Engine } from '../ports/engine.ts';\nimport { rows } from '../core/data/table.ts';\nexport const run = (engine: Engine) => rows(String(engine()));",
  'adapters/native/load.ts': 'export const load = 1;',
  'adapters/duckdb/open.ts':
    "import type { DuckDBInstance } from '@duckdb/node-api';\nimport { load } from '../native/load.ts';\nexport const open = load;\nexport type Open = DuckDBInstance;",
  'adapters/github/post.ts': "import { readFile } from 'node:fs/promises';\nexport const post = readFile;",
  'entries/compare-models.ts':
    "import { open } from '../adapters/duckdb/open.ts';\nimport { run } from '../stages/run.ts';\nrun(open as never);",
  'entries/report-metrics.ts':
    "import { post } from '../adapters/github/post.ts';\nimport type { Open } from '../adapters/duckdb/open.ts';\nexport type Unused = Open;\nvoid post('x');",
};

describe('the import rules', () => {
  it('accept sources that keep them', async () => {
    await write(SOUND);
    expect(await checkTree(scratch)).toEqual([]);
  });

  it.each([
    {
      name: 'core imports a port',
      file: 'core/bad.ts',
      text: "\nimport type { Engine } from '../ports/engine.ts';\nexport type A = Engine;",
      line: 2,
      message: 'core imports core only, not ports',
    },
    {
      name: 'core imports Node',
      file: 'core/bad.ts',
      text: "export * from 'node:fs';",
      line: 1,
      message: 'core imports none but pure packages',
    },
    {
      name: 'core imports a package with effects',
      file: 'core/bad.ts',
      text: "import '@actions/core';",
      line: 1,
      message: 'not @actions/core',
    },
    {
      name: 'core imports a type by import()',
      file: 'core/bad.ts',
      text: "export type A = import('../ports/engine.ts').Engine;",
      line: 1,
      message: 'core imports core only, not ports',
    },
    {
      name: 'core reads the clock',
      file: 'core/bad.ts',
      text: '// first\n\nexport const now = () => Date.now();',
      line: 3,
      message: 'core is pure: Date.now',
    },
    {
      name: 'core makes a date of now',
      file: 'core/bad.ts',
      text: 'export const now = () => new Date();',
      line: 1,
      message: 'new Date() without arguments',
    },
    {
      name: 'core draws a random number',
      file: 'core/bad.ts',
      text: 'export const draw = () => Math.random();',
      line: 1,
      message: 'Math.random',
    },
    {
      name: 'core reads the environment',
      file: 'core/bad.ts',
      text: 'export const home = process.env.HOME;',
      line: 1,
      message: 'process.env',
    },
    {
      name: 'core prints',
      file: 'core/bad.ts',
      text: "export const say = () => console.log('x');",
      line: 1,
      message: 'console.log',
    },
    {
      name: 'core fetches',
      file: 'core/bad.ts',
      text: "export const get = () => fetch('x');",
      line: 1,
      message: 'fetch()',
    },
    {
      name: 'core measures time',
      file: 'core/bad.ts',
      text: 'export const now = () => performance.now();',
      line: 1,
      message: 'performance.now',
    },
    {
      name: 'a port holds code of core',
      file: 'ports/bad.ts',
      text: "import { rows } from '../core/data/table.ts';\nexport const a = rows;",
      line: 1,
      message: 'write `import type`',
    },
    {
      name: 'a stage imports an adapter',
      file: 'stages/bad.ts',
      text: "const a = await import('../adapters/github/post.ts');\nexport const b = a;",
      line: 1,
      message: 'stages import core and ports only, not adapters',
    },
    {
      name: 'a stage reads files',
      file: 'stages/bad.ts',
      text: "import 'node:fs';",
      line: 1,
      message: 'put it behind a port',
    },
    {
      name: 'an adapter imports another',
      file: 'adapters/github/bad.ts',
      text: "import { open } from '../duckdb/open.ts';\nexport const a = open;",
      line: 1,
      message: 'adapters/github must not import adapters/duckdb',
    },
    {
      name: 'an adapter loads native modules itself',
      file: 'adapters/duckdb/bad.ts',
      text: "import { DuckDBInstance } from '@duckdb/node-api';\nexport const a = DuckDBInstance;",
      line: 1,
      message: '@duckdb/node-api is native',
    },
    {
      name: 'the native loader is used by a third',
      file: 'adapters/github/bad.ts',
      text: "import { load } from '../native/load.ts';\nexport const a = load;",
      line: 1,
      message: 'adapters/github must not import adapters/native',
    },
    {
      name: 'an entry is imported',
      file: 'entries/bad.ts',
      text: "import './compare-models.ts';",
      line: 1,
      message: 'nobody imports entries',
    },
    {
      name: 'a file is in no layer',
      file: 'bad.ts',
      text: 'export const a = 1;',
      line: 1,
      message: 'belongs to no layer',
    },
    {
      name: 'an import leaves the sources',
      file: 'adapters/github/bad.ts',
      text: "import '../../../test/x.ts';",
      line: 1,
      message: 'is no TypeScript file of src',
    },
    {
      name: 'an import is computed',
      file: 'adapters/github/bad.ts',
      text: 'export const a = (name: string) => import(name);',
      line: 1,
      message: 'import() must name its file',
    },
  ])('name the line where $name', async ({ file, text, line, message }) => {
    await write({ ...SOUND, [file]: text });
    expect(await checkTree(scratch)).toEqual([{ file, line, message: expect.stringContaining(message) }]);
  });

  it('name the files of a circle, types included', async () => {
    await write({
      'core/one.ts': "export const one = 1;\nexport type { Two } from './two.ts';",
      'core/two.ts': "import { three } from './three.ts';\nexport type Two = typeof three;",
      'core/three.ts': "import { one } from './one.ts';\nexport const three = one;",
    });
    expect(await checkTree(scratch)).toEqual([
      {
        file: 'core/one.ts',
        line: 2,
        message: 'imports go in a circle: core/one.ts -> core/two.ts -> core/three.ts -> core/one.ts',
      },
    ]);
  });

  it.each(['report-metrics', 'release-model', 'open-retraining-pr'])(
    'name the way on which %s reaches native modules, even dynamically',
    async (entry) => {
      await write({
        ...SOUND,
        [`entries/${entry}.ts`]: "const { open } = await import('../adapters/duckdb/open.ts');\nvoid open;",
      });
      const message =
        'an action that only talks to GitHub reaches native modules: ' +
        `entries/${entry}.ts -> adapters/duckdb/open.ts -> adapters/native/load.ts`;
      expect(await checkTree(scratch)).toEqual([{ file: `entries/${entry}.ts`, line: 1, message }]);
    },
  );

  it('end the command with 1 and a line for each', async () => {
    await write({ 'core/bad.ts': 'export const draw = () => Math.random();' });
    const script = join(ROOT, 'scripts/check-imports.ts');
    const { code, errors } = await new Promise<{ code: unknown; errors: string }>((resolve) => {
      execFile(process.execPath, [script, scratch], { cwd: scratch }, (error, _output, standardError) => {
        resolve({ code: error?.code, errors: standardError });
      });
    });
    expect(code).toBe(1);
    expect(errors).toBe('core/bad.ts:1: core is pure: Math.random has to come in as an argument\n');
  });
});
