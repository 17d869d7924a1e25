import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeGeneratedFiles } from '../../scripts/generate/generated-files.ts';
import { readActions } from '../../scripts/generate/read-actions.ts';
import { TOOL } from '../../src/composition/tool.ts';

/** What the repository promises of itself. */

const ROOT = join(import.meta.dirname, '../..');
const PACKAGE = JSON.parse(read('package.json'));
const BINARY = /\.(parquet|png|onnx|gz|zst|bin)$/;
const LONG_FILE_LINES = 250;
/** Tables of constants and texts that are long by nature. */
const LONG_BY_NATURE = /^(dist|schemas|test|examples|docs)\/|manifest\.ts$|package-lock\.json$/;

const TRACKED = listTracked().filter((path) => existsSync(join(ROOT, path)));
const TEXTS = TRACKED.filter((path) => !BINARY.test(path));

describe('package.json', () => {
  it('has the version that documents and requests carry', () => {
    expect(TOOL).toEqual({ name: PACKAGE.name, version: PACKAGE.version });
  });

  it('names exact versions, so that an install is the same everywhere', () => {
    const { dependencies, devDependencies, optionalDependencies } = PACKAGE;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it('is MIT, as its licence file says', () => {
    expect(PACKAGE.license).toBe('MIT');
    expect(read('LICENSE')).toMatch(/^MIT License/);
  });

  it('offers commands whose scripts are there', () => {
    const scripts = Object.values<string>(PACKAGE.scripts).flatMap(
      (script) => script.match(/scripts\/\S+/g) ?? [],
    );
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(existsSync(join(ROOT, script)), script).toBe(true);
  });

  it('pins Node 24 for everything that runs here, and for users', () => {
    expect(read('.node-version').trim()).toMatch(/^24(\.|$)/);
    expect(
      Object.values<string>(PACKAGE.optionalDependencies).every((version) => version.startsWith('24.')),
    ).toBe(true);
  });
});

describe('dist/', () => {
  it('has a bundle for the command and for every action', () => {
    const mains = readActions(ROOT).map(({ folder, runs }) => join(folder, runs.main));
    for (const path of [...Object.values<string>(PACKAGE.bin), ...mains]) {
      expect(TRACKED, path).toContain(join('.', path));
    }
  });

  it('has no bundle that nothing starts', () => {
    const entries = readdirSync(join(ROOT, 'src/entries')).map((file) => file.replace(/\.ts$/, '.js'));
    const bundles = readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.js'));
    expect(bundles.sort()).toEqual(entries.sort());
  });
});

describe('files of the repository', () => {
  it('that are generated are fresh', async () => {
    const stale = (await makeGeneratedFiles(ROOT)).filter(({ path, text }) => read(path) !== text);
    expect(stale.map(({ path }) => path)).toEqual([]);
  });

  it('name no package registry: it is the user who chooses it', () => {
    const hosts = ['registry.npmjs', 'npmjs.org', 'registry.yarnpkg', 'pypi.org', 'proxy.golang'];
    const escaped = hosts.map((host) => host.replace('.', String.raw`\.`)).join('|');
    expect(findLines(new RegExp(`https?://[^\\s/'"\`]*(${escaped})`))).toEqual([]);
  });

  it('name no folder of a machine', () => {
    const folders = ['root', 'work', 'Users/[a-z]+', 'home/(?!runner)[a-z]+'].map((name) => `/${name}/`);
    expect(findLines(new RegExp(`(?<![\\w.*/})-])(${folders.join('|')})`))).toEqual([]);
  });

  it('link to files that are there', () => {
    const pages = TRACKED.filter((path) => /(^README|^CONTRIBUTING|\/README)\.md$/.test(path));
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)(?<target>[^)#\s]+)[^)]*\)/g)].map((match) => ({
        page,
        target: join(dirname(page), match.groups?.target ?? ''),
      })),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ target }) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it('show the comment in a picture that loads quickly', () => {
    const { size } = statSync(join(ROOT, 'docs/images/comment.png'));
    expect(size).toBeLessThan(150_000);
    expect(read('README.md')).toContain('](docs/images/comment.png)');
  });

  it('stay short enough to be read', () => {
    const sizes = TEXTS.filter((path) => !LONG_BY_NATURE.test(path) && path.endsWith('.ts')).map((path) => ({
      path,
      lines: read(path).split('\n').length,
    }));
    const long = sizes.filter(({ lines }) => lines > LONG_FILE_LINES);
    for (const { path, lines } of long) console.warn(`${path} has ${lines} lines`);
    // A warning, not a rule; but most files keep it.
    expect(long.length).toBeLessThan(sizes.length / 10);
  });
});

/** Tracked files, and new ones that are not ignored: what the next commit may hold. */
function listTracked(): readonly string[] {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 } as const;
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  return execFileSync('git', args, options).split('\0').filter(Boolean);
}

/** `path:line` of everything that matches. */
function findLines(pattern: RegExp): readonly string[] {
  return TEXTS.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
