import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratchDirectory } from '../../support/scratch-directory.ts';

/** Nothing of the machine's own settings may reach the git of a test. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

export function git(directory: string, ...commandArguments: string[]): string {
  return execFileSync('git', commandArguments, {
    cwd: directory,
    env: { ...ENVIRONMENT, ...IDENTITY } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

export function initialize(directory = scratchDirectory()): string {
  git(directory, 'init', '--quiet', '--initial-branch=main');
  return directory;
}

export function write(directory: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Writes files, commits everything and gives the id of the commit. */
export function commit(directory: string, files: Readonly<Record<string, string | Buffer>>): string {
  write(directory, files);
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=change');
  return git(directory, 'rev-parse', 'HEAD');
}
