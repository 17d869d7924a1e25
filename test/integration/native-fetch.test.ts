import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNative } from '../../src/adapters/native/load-native.ts';
import type { NativeOptions } from '../../src/adapters/native/options.ts';
import { OutsideError } from '../../src/core/errors.ts';
import { type Fixture, smallFixture, startLoader } from '../dist/native-fixture.ts';
import { startRegistry } from '../dist/package-registry.ts';

const SCRIPT = join(import.meta.dirname, '../dist/entries/load-native.ts');
const ENGINE = '/@small/engine/-/engine-1.2.3.tgz';

let scratch: string;
let fixture: Fixture;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'native-fetch-'));
  fixture = await smallFixture();
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

function optionsFor(registry: string, more: Partial<NativeOptions> = {}): NativeOptions {
  return {
    environment: { npm_config_registry: registry, HOME: scratch },
    toolCacheDirectory: join(scratch, 'tools'),
    projectDirectory: scratch,
    searchFrom: scratch,
    manifest: fixture.manifest,
    ...more,
  };
}

/** Names in the folder of the version: the finished folder, and what was left half-written. */
async function cached(): Promise<readonly string[]> {
  try {
    return await readdir(join(scratch, 'tools', 'duckdb', '1.2.3'));
  } catch {
    return [];
  }
}

describe('loadNative from a registry', () => {
  it('writes only the files of the manifest', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    expect(await loadNative('duckdb', optionsFor(registry.url))).toMatchObject({ answer: 42 });
    const [key = ''] = await cached();
    const files = await readdir(join(scratch, 'tools/duckdb/1.2.3', key), { recursive: true });
    expect(files.map((file) => file.replaceAll('\\', '/'))).toContain('node_modules/small-part/part.js');
    expect(files.filter((file) => file.includes('README'))).toEqual([]);
  });

  it('refuses a tarball with another integrity and keeps nothing of it', async () => {
    const [engine, ...others] = fixture.manifest.modules.duckdb.packages;
    const packages = [{ ...engine!, integrity: `sha512-${'A'.repeat(86)}==` }, ...others];
    const module = { main: '@small/engine', packages };
    const manifest = { ...fixture.manifest, modules: { duckdb: module, onnxruntime: module } };
    await using registry = await startRegistry(fixture.tarballs);
    await expect(loadNative('duckdb', optionsFor(registry.url, { manifest }))).rejects.toThrow(
      /^@small\/engine 1\.2\.3 cannot be fetched from 127\.0\.0\.1:\d+: its integrity is sha512-\S+ instead of sha512-A+==$/,
    );
    expect(await cached()).toEqual([]);
  });

  it('refuses what is no tarball, and what is longer than the published one', async () => {
    for (const body of ['<html>sign in</html>', Buffer.alloc(10_000_000)]) {
      await using registry = await startRegistry(fixture.tarballs, (request, response) => {
        if (request.url === ENGINE) response.end(body);
        return request.url === ENGINE;
      });
      await expect(loadNative('duckdb', optionsFor(registry.url))).rejects.toThrow(OutsideError);
      expect(await cached()).toEqual([]);
    }
  });

  it.each([
    { status: 404, attempts: 1, text: /HTTP status 404 Not Found$/ },
    { status: 401, attempts: 1, text: /HTTP status 401 Unauthorized; .*_authToken/ },
  ])('names package, version and status when the registry answers $status', async (row) => {
    await using registry = await startRegistry(fixture.tarballs, (request, response) => {
      if (request.url === ENGINE) response.writeHead(row.status).end();
      return request.url === ENGINE;
    });
    const failure = await loadNative('duckdb', optionsFor(registry.url)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutsideError);
    expect(String(failure)).toContain('@small/engine 1.2.3 cannot be fetched from 127.0.0.1');
    expect(String(failure)).toMatch(row.text);
    expect(registry.requests.filter(({ url }) => url === ENGINE)).toHaveLength(row.attempts);
  });

  it('tries again after a server error and after a broken connection', async () => {
    let calls = 0;
    await using registry = await startRegistry(fixture.tarballs, (request, response) => {
      if (request.url !== ENGINE) return false;
      calls += 1;
      if (calls === 1) response.writeHead(503).end();
      else if (calls === 2) {
        response.writeHead(200, { 'content-length': 100_000 });
        response.write(fixture.tarballs[0]!.bytes.subarray(0, 100), () => request.socket.destroy());
      }
      return calls <= 2;
    });
    expect(await loadNative('duckdb', optionsFor(registry.url))).toMatchObject({ answer: 42 });
    expect(calls).toBe(3);
  });

  it('sends the token of the user to the registry, but not on to where it redirects', async () => {
    await using storage = await startRegistry(fixture.tarballs);
    await using registry = await startRegistry([], (request, response) => {
      response.writeHead(302, { location: new URL(request.url ?? '', storage.url).href }).end();
      return true;
    });
    const { host } = new URL(registry.url);
    await writeFile(join(scratch, '.npmrc'), `registry=${registry.url}\n`);
    await writeFile(join(scratch, 'user.npmrc'), `//${host}/:_authToken=\${SECRET}\n`);
    const environment = { NPM_CONFIG_USERCONFIG: join(scratch, 'user.npmrc'), SECRET: 'abc' };
    await loadNative('duckdb', optionsFor('', { environment }));
    expect(registry.requests.map(({ authorization }) => authorization)).toEqual(['Bearer abc', 'Bearer abc']);
    expect(storage.requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('goes through the proxy that the environment names', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      const path = new URL(request.url ?? '').pathname.replace('/npm', '');
      forward(new URL(path, registry.url), (answer) => answer.pipe(response)).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const environment = {
      npm_config_registry: 'http://registry.invalid/npm/',
      HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    };
    expect(await loadNative('duckdb', optionsFor('', { environment }))).toMatchObject({ answer: 42 });
    expect(asked[0]).toMatch(/^http:\/\/registry\.invalid\/npm\//);
    proxy.closeAllConnections();
    proxy.close();
  });

  it('says how to go on when nothing names a registry', async () => {
    const environment = { PATH: scratch, HOME: scratch };
    await expect(loadNative('duckdb', optionsFor('', { environment }))).rejects.toThrow(
      /no package registry is known: set npm_config_registry.*runtime-directory/,
    );
  });

  it('says where it cannot write', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    await writeFile(join(scratch, 'tools'), 'a file, no folder');
    await expect(loadNative('duckdb', optionsFor(registry.url))).rejects.toThrow(
      /native modules cannot be kept in .*tools.*: set RUNNER_TOOL_CACHE|XDG_CACHE_HOME/,
    );
  });
});

describe('the tool cache', () => {
  it('serves two jobs that fill it at the same time', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    const { environment: _environment, ...request } = optionsFor(registry.url);
    const variables = { npm_config_registry: registry.url };
    const jobs = await Promise.all(
      [1, 2, 3].map(() => startLoader(SCRIPT, { name: 'duckdb', ...request }, variables)),
    );
    for (const { answer } of jobs) expect(await answer).toMatchObject({ exitCode: 0, exports: ['answer'] });
    expect(await cached()).toHaveLength(1);
  });

  it('never uses what a killed job left, and removes it', async () => {
    let halfSent: () => void = () => undefined;
    const stalled = new Promise<void>((resolve) => {
      halfSent = resolve;
    });
    let stall = true;
    await using registry = await startRegistry(fixture.tarballs, (request, response) => {
      if (!stall || request.url !== ENGINE) return false;
      const { bytes } = fixture.tarballs[0]!;
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => halfSent());
      return true;
    });
    const { environment: _environment, ...request } = optionsFor(registry.url);
    const variables = { npm_config_registry: registry.url };
    const killed = await startLoader(SCRIPT, { name: 'duckdb', ...request }, variables);
    await stalled;
    killed.child.kill('SIGKILL');
    expect((await killed.answer).exitCode).toBeNull();
    expect(await cached()).toEqual([expect.stringMatching(/\.partial$/)]);

    stall = false;
    const next = await startLoader(SCRIPT, { name: 'duckdb', ...request }, variables);
    expect(await next.answer).toMatchObject({ exitCode: 0, exports: ['answer'] });
    expect(await cached()).toEqual([expect.not.stringMatching(/\.partial$/)]);
  });

  it('leaves alone what a living job or another machine is writing', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    await loadNative('duckdb', optionsFor(registry.url));
    const [key = ''] = await cached();
    const folder = join(scratch, 'tools/duckdb/1.2.3');
    const others = [`${key}.0badcafe~1.12345678.partial`];
    for (const name of others) await mkdir(join(folder, name));
    await rm(join(folder, key), { recursive: true });
    await loadNative('duckdb', optionsFor(registry.url));
    expect((await cached()).toSorted()).toEqual([key, ...others].toSorted());
  });

  it('refuses a cached file that was changed afterwards, by name', async () => {
    await using registry = await startRegistry(fixture.tarballs);
    await loadNative('duckdb', optionsFor(registry.url));
    const [key = ''] = await cached();
    const file = join(scratch, 'tools/duckdb/1.2.3', key, 'node_modules/small-part/part.js');
    await writeFile(file, `${await readFile(file, 'utf8')} `);
    await expect(loadNative('duckdb', optionsFor(registry.url))).rejects.toThrow(
      `${file} is not the file that small-part 1.2.3 was published with`,
    );
  });
});
