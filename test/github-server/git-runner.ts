/**
 * A process that runs git for another one. Starting a process copies the page tables of the one that starts it,
 * which takes a process of a few hundred megabytes, as those of tests are, ten times as long as this one.
 */
import { spawn } from 'node:child_process';

export type GitQuestion = {
  readonly id: number;
  readonly commandArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array | undefined;
};

/** `failure` is set where git could not be started. */
export type GitAnswer = {
  readonly id: number;
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly failure?: string;
};

function answer(result: GitAnswer): void {
  process.send?.(result);
}

process.on('message', ({ id, commandArguments, environment, input }: GitQuestion) => {
  const child = spawn('git', commandArguments, { env: environment, stdio: 'pipe' });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.on('error', ({ message }) =>
    answer({ id, code: -1, stdout: new Uint8Array(), stderr: '', failure: message }),
  );
  child.on('close', (code) => {
    // A copy: a small buffer is a window of a shared one, which would be sent whole.
    const stdout = new Uint8Array(Buffer.concat(output));
    answer({ id, code: code ?? -1, stdout, stderr: Buffer.concat(errors).toString() });
  });
  // A process that ends before it has read its input (EPIPE) reports itself by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
});
process.on('disconnect', () => process.exit());
