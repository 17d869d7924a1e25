import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { OutsideError } from '../../core/errors.ts';

export type GitResult = { readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

export type GitProcess = {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * Runs git without a shell and gives back what it wrote; its exit code is the caller's to judge.
 * @throws OutsideError when git cannot be started.
 */
export async function runGit(git: GitProcess, commandArguments: readonly string[]): Promise<GitResult> {
  const child = startGit(git, commandArguments);
  const chunks: Buffer[] = [];
  child.process.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { exitCode, stderr } = await child.ended;
  return { exitCode, stderr, stdout: Buffer.concat(chunks) };
}

/** Runs git and writes its standard output to a file, whatever its size. */
export async function runGitToFile(
  git: GitProcess,
  commandArguments: readonly string[],
  file: string,
): Promise<Omit<GitResult, 'stdout'>> {
  const child = startGit(git, commandArguments);
  const [ended] = await Promise.all([child.ended, pipeline(child.process.stdout, createWriteStream(file))]);
  return ended;
}

/** Standard output as text. @throws OutsideError with git's own words when it fails. */
export async function readGit(git: GitProcess, commandArguments: readonly string[]): Promise<string> {
  const result = await runGit(git, commandArguments);
  if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
  return result.stdout.toString('utf8');
}

export function gitFailed(commandArguments: readonly string[], stderr: string): OutsideError {
  return new OutsideError(
    `git ${commandArguments.join(' ')} failed: ${stderr.trim().slice(-2000) || 'no message'}`,
  );
}

/** Splits the output of a command that ran with `-z`. */
export function splitNulls(text: string): string[] {
  return text.split('\0').filter((entry) => entry !== '');
}

function startGit(git: GitProcess, commandArguments: readonly string[]) {
  const process = spawn('git', ['--literal-pathspecs', ...commandArguments], {
    cwd: git.directory,
    env: git.environment as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let stderr = '';
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  const ended = new Promise<{ exitCode: number; stderr: string }>((resolve, reject) => {
    process.on('error', (cause: NodeJS.ErrnoException) => {
      const hint = cause.code === 'ENOENT' ? 'git is not installed or not in PATH' : cause.message;
      reject(new OutsideError(`git could not be started: ${hint}`, { cause }));
    });
    process.on('close', (code) => resolve({ exitCode: code ?? -1, stderr }));
  });
  return { process, ended };
}
