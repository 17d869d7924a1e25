import { spawn } from 'node:child_process';

export type GitRun = {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit codes that are answers and not failures; 0 always is one. */
  readonly acceptedCodes?: readonly number[];
};

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly text: string };

/** Nothing of the machine's own git configuration may change what the server does. */
export const ISOLATED_GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Runs git; throws with its standard error when it fails with a code that is not accepted. */
export function runGit(commandArguments: readonly string[], run: GitRun = {}): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', commandArguments, {
      env: { ...ISOLATED_GIT_ENVIRONMENT, ...run.environment },
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const stdout = Buffer.concat(output);
      const exitCode = code ?? -1;
      if (exitCode === 0 || run.acceptedCodes?.includes(exitCode)) {
        resolve({ code: exitCode, stdout, text: stdout.toString('utf8').trimEnd() });
      } else {
        reject(new Error(`git ${commandArguments.join(' ')} failed (${exitCode}): ${Buffer.concat(errors)}`));
      }
    });
    // A process that ends before it has read its input (EPIPE) reports itself by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input);
  });
}
