import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { GitAnswer, GitQuestion } from './git-runner.ts';

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
export async function runGit(commandArguments: readonly string[], run: GitRun = {}): Promise<GitResult> {
  const environment = { ...ISOLATED_GIT_ENVIRONMENT, ...run.environment };
  const { code, stdout, stderr, failure } = await ask({ commandArguments, environment, input: run.input });
  if (failure !== undefined) throw new Error(failure);
  if (code !== 0 && !run.acceptedCodes?.includes(code)) {
    throw new Error(`git ${commandArguments.join(' ')} failed (${code}): ${stderr}`);
  }
  const bytes = Buffer.from(stdout);
  return { code, stdout: bytes, text: bytes.toString('utf8').trimEnd() };
}

const waiting = new Map<number, (answer: GitAnswer) => void>();
let runner: ChildProcess | undefined;
let asked = 0;

function ask(question: Omit<GitQuestion, 'id'>): Promise<GitAnswer> {
  runner ??= startRunner();
  const id = asked++;
  const { channel } = runner;
  channel?.ref();
  runner.send({ ...question, id });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** It keeps nobody alive unless an answer is awaited, and ends with the process that asks. */
function startRunner(): ChildProcess {
  const started = fork(join(import.meta.dirname, 'git-runner.ts'), {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.unref();
  started.channel?.unref();
  started.on('message', (answer: GitAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
    if (waiting.size === 0) started.channel?.unref();
  });
  started.on('exit', () => {
    runner = undefined;
    const lost = {
      code: -1,
      stdout: new Uint8Array(),
      stderr: '',
      failure: 'the process that runs git has ended',
    };
    for (const [id, resolve] of waiting) resolve({ ...lost, id });
    waiting.clear();
  });
  return started;
}
