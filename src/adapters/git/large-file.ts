import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LargeFilePointer } from '../../core/data/large-file-pointer.ts';
import type { LargeFileRequest } from '../../ports/repository.ts';
import { credentials } from './fetch-commit.ts';
import { type GitProcess, runGit } from './git-process.ts';

/** Writes the object of a Git LFS pointer to a file; false when nobody has its bytes. */
export async function writeLargeFile(
  git: GitProcess,
  request: LargeFileRequest,
  token?: string,
): Promise<boolean> {
  const { pointer, target } = request;
  for (const candidate of [...(await storedAt(git, pointer)), ...request.candidates]) {
    if (await hasSize(candidate, pointer.bytes)) {
      if (await writeChecked(createReadStream(candidate), pointer, target)) return true;
    }
  }
  if (!request.ask || !(await isInstalled(git))) return false;
  return await smudge({ ...git, environment: await credentials(git, token) }, request);
}

/** Places of the object in the stores of this clone, which all its work trees share. */
async function storedAt(git: GitProcess, { sha256 }: LargeFilePointer): Promise<readonly string[]> {
  const common = await runGit(git, ['rev-parse', '--git-common-dir']);
  if (common.exitCode !== 0) return [];
  const folder = path.resolve(git.directory, common.stdout.toString('utf8').trimEnd());
  const chosen = await runGit(git, ['config', '--get', 'lfs.storage']);
  const storage = chosen.exitCode === 0 ? chosen.stdout.toString('utf8').trim() : 'lfs';
  return [path.resolve(folder, storage, 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256)];
}

async function hasSize(file: string, bytes: number): Promise<boolean> {
  return await stat(file).then(
    (found) => found.isFile() && found.size === bytes,
    () => false,
  );
}

/** Copies bytes and hashes what it writes, so that nobody can change them in between. */
async function writeChecked(from: Readable, pointer: LargeFilePointer, target: string): Promise<boolean> {
  const hash = createHash('sha256');
  const temporary = `${target}.${randomUUID()}.tmp`;
  await mkdir(path.dirname(target), { recursive: true });
  async function* hashed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(from, hashed, createWriteStream(temporary));
    if (hash.digest('hex') !== pointer.sha256) return false;
    await rename(temporary, target);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isInstalled(git: GitProcess): Promise<boolean> {
  return (await runGit(git, ['lfs', 'version'])).exitCode === 0;
}

/** Lets Git LFS write the object, which it fetches from its server when it has to. */
async function smudge(git: GitProcess, { pointer, path: file, target }: LargeFileRequest): Promise<boolean> {
  // A path that looks like an option is told with a folder before it.
  const shown = file.startsWith('-') ? `./${file}` : file;
  const child = spawn('git', ['lfs', 'smudge', shown], {
    cwd: git.directory,
    env: { ...git.environment, GIT_LFS_SKIP_SMUDGE: '0' } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', (code) => resolve(code ?? -1));
  });
  // It may end before it has read everything; its exit code tells what came of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${pointer.sha256}\nsize ${pointer.bytes}\n`,
  );
  const written = await writeChecked(child.stdout, pointer, target);
  return (await ended) === 0 && written;
}
