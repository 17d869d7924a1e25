import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { InputError, OutsideError } from '../../core/errors.ts';
import type { ScoringLimits } from '../../ports/scorer.ts';
import { WORKER_OPTIONS_VARIABLE, type WorkerReply, type WorkerRequest } from './worker-protocol.ts';

const MEMORY_CHECK_MILLISECONDS = 100;

export type WorkerSettings = {
  /** The script of the child. */
  readonly script: string;
  /** Directory the child starts in; it holds nothing of the user. */
  readonly directory: string;
  /** What the child's loader of natives is told. */
  readonly options: unknown;
};

export type WorkerCall = {
  readonly request: WorkerRequest;
  readonly limits: ScoringLimits;
  /** How messages call the model or models. */
  readonly name: string;
  readonly onProgress?: (rowsDone: number) => void;
};

type Answer = Extract<WorkerReply, { kind: 'scores' | 'latency' }>;

/**
 * Starts a child, hands it one request and ends it, whatever happens.
 * @throws InputError when the model is at fault; OutsideError when a limit was exceeded or the child died.
 */
export async function callWorker(settings: WorkerSettings, call: WorkerCall): Promise<Answer> {
  const child = fork(settings.script, [], {
    cwd: settings.directory,
    env: childEnvironment(settings.options),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  try {
    return await converse(child, call);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Nothing of the parent's environment but what a process needs to start: no token, no NODE_OPTIONS. */
function childEnvironment(options: unknown): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'LC_ALL'];
  const entries = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(entries), [WORKER_OPTIONS_VARIABLE]: JSON.stringify(options) };
}

function converse(child: ChildProcess, call: WorkerCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let lastWords = '';
    const stop = watchLimits(child, call, reject);
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-2000);
    });
    child.on('error', (cause) => {
      stop();
      reject(new OutsideError(`the scoring process could not be started: ${cause.message}`, { cause }));
    });
    child.on('message', (reply: WorkerReply) => {
      if (reply.kind === 'ready') child.send(call.request);
      else if (reply.kind === 'progress') call.onProgress?.(reply.rowsDone);
      else {
        stop();
        if (reply.kind === 'failed') reject(failure(reply));
        else resolve(reply);
      }
    });
    child.on('exit', (code, signal) => {
      stop();
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      const said = lastWords.trim().split('\n').at(-1);
      reject(new OutsideError(`the process that scored ${call.name} ${how}${said ? `: ${said}` : ''}`));
    });
  });
}

function failure(reply: Extract<WorkerReply, { kind: 'failed' }>): Error {
  if (reply.fault === 'model') return new InputError(reply.message);
  return reply.fault === 'runtime' ? new OutsideError(reply.message) : new Error(reply.message);
}

/** Ends the child when it takes too long or too much memory. Returns what stops the watch. */
function watchLimits(child: ChildProcess, call: WorkerCall, reject: (error: Error) => void): () => void {
  const { seconds, memoryMegabytes } = call.limits;
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(
      new OutsideError(
        `scoring ${call.name} took longer than ${seconds} seconds and was ended; the model may never end`,
      ),
    );
  }, seconds * 1000);
  const memory = setInterval(() => {
    void residentMegabytes(child.pid).then((used) => {
      if (used === undefined || used <= memoryMegabytes) return;
      child.kill('SIGKILL');
      reject(
        new OutsideError(`scoring ${call.name} took more than ${memoryMegabytes} MB of memory and was ended`),
      );
    });
  }, MEMORY_CHECK_MILLISECONDS);
  return () => {
    clearTimeout(timer);
    clearInterval(memory);
  };
}

/** Resident memory of a process where the system shows it (Linux); undefined elsewhere. */
async function residentMegabytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
