import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { InputError, OutsideError } from '../../core/errors.ts';
import type { ScoringLimits } from '../../ports/scorer.ts';
import {
  FRAMES_DESCRIPTOR,
  WORKER_OPTIONS_VARIABLE,
  type WorkerReply,
  type WorkerRequest,
} from './worker-protocol.ts';

const MEMORY_CHECK_MILLISECONDS = 100;
const LAST_WORDS_MILLISECONDS = 500;
/** Characters of a child's message that are passed on. */
const LONGEST_MESSAGE = 2000;

export type WorkerSettings = {
  /** The script of the child. */
  readonly script: string;
  /** Directory the child starts in; it holds nothing of the user. */
  readonly directory: string;
  /** What the child's loader of natives is told. */
  readonly options: unknown;
};

export type WorkerTask = {
  readonly limits: ScoringLimits;
  /** How messages call the model or models. */
  readonly name: string;
};

/** A child that was started; ending it is up to the caller (`using`), whatever happens. */
export type Worker = Disposable & {
  /** Hands over what to do. Resolves with the child's first reply to it. */
  readonly request: (request: WorkerRequest) => Promise<Exclude<WorkerReply, { kind: 'started' | 'failed' }>>;
  /** The pipe for rows and answers. */
  readonly frames: Duplex;
  /**
   * Rejects when the child fails, dies or exceeds a limit; never resolves. InputError when the model is at
   * fault, OutsideError when the machine is.
   */
  readonly failure: Promise<never>;
};

export function startWorker(settings: WorkerSettings, task: WorkerTask): Worker {
  const child = fork(settings.script, [], {
    cwd: settings.directory,
    env: childEnvironment(settings.options),
    execArgv: ['--max-semi-space-size=2'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
  const { failure, replies, stop } = observe(child, task);
  const frames = child.stdio[FRAMES_DESCRIPTOR] as Duplex;
  // A pipe breaks when the child ends, which its exit tells better.
  frames.on('error', () => undefined);
  return {
    frames,
    failure,
    async request(request) {
      await Promise.race([replies.started, failure]);
      child.send(request);
      return await Promise.race([replies.answer, failure]);
    },
    [Symbol.dispose]() {
      stop();
      child.kill('SIGKILL');
    },
  };
}

/** Nothing of the parent's environment but what a process needs to start: no token, no NODE_OPTIONS. */
function childEnvironment(options: unknown): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'LC_ALL'];
  const entries = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(entries), [WORKER_OPTIONS_VARIABLE]: JSON.stringify(options) };
}

/** Its last words can come after its end; a process that it started may keep the pipe open for ever. */
async function untilSaid({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null || stderr.readableEnded || stderr.destroyed) return;
  await once(stderr, 'close', { signal: AbortSignal.timeout(LAST_WORDS_MILLISECONDS) }).catch(
    () => undefined,
  );
}

/** The line that names the error, which Node puts before the stack and its own version; else the last one. */
function tellingLine(words: string): string | undefined {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /^\w*Error(?: \[\w+\])?: /.test(candidate)) ?? lines.at(-1);
  return line?.trim().slice(0, 300);
}

type Answer = Exclude<WorkerReply, { kind: 'started' | 'failed' }>;

function observe(child: ChildProcess, task: WorkerTask) {
  const started = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Answer>();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  let lastWords = '';
  let hasStarted = false;
  const stop = watchLimits(child, task, (problem) => {
    const message = `scoring ${task.name} ${problem}`;
    // A child that never said a word has not seen the model yet.
    failure.reject(hasStarted ? new InputError(message) : new OutsideError(message));
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString('utf8')).slice(-2000);
  });
  child.on('error', (cause) => {
    failure.reject(new OutsideError(`the scoring process could not be started: ${cause.message}`, { cause }));
  });
  child.on('message', (reply: WorkerReply | null) => {
    switch (reply?.kind) {
      case 'started':
        hasStarted = true;
        return started.resolve();
      case 'failed':
        return failure.reject(failureOf(reply));
      case 'ready':
      case 'latency':
      case 'loaded':
        return answer.resolve(reply);
      default:
        return failure.reject(new Error(`the process that scored ${task.name} sent what is no reply`));
    }
  });
  child.on('exit', (code, signal) => {
    stop();
    void untilSaid(child).then(() => {
      failure.reject(explainExit({ code, signal, said: tellingLine(lastWords), task }));
    });
  });
  return {
    failure: failure.promise,
    replies: { started: started.promise, answer: answer.promise },
    stop,
  };
}

function failureOf(reply: Extract<WorkerReply, { kind: 'failed' }>): Error {
  const { fault } = reply;
  const message = String(reply.message).slice(0, LONGEST_MESSAGE);
  if (fault === 'model') return new InputError(message);
  return fault === 'runtime' ? new OutsideError(message) : new Error(message);
}

/** Signals of a process that did something impossible, which only the model can have made it do. */
const CRASHES = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'];

function explainExit({
  code,
  signal,
  said,
  task,
}: {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string | undefined;
  readonly task: WorkerTask;
}): Error {
  if (signal !== null && CRASHES.includes(signal)) {
    return new InputError(
      `${task.name} made the process that scored it crash (${signal}); export it again, or score it by a command`,
    );
  }
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return new OutsideError(`the process that scored ${task.name} ${how}${said ? `: ${said}` : ''}`);
}

/** Ends the child when it takes too long or too much memory, and says which. Returns what stops the watch. */
function watchLimits(
  child: ChildProcess,
  { limits }: WorkerTask,
  onExceeded: (problem: string) => void,
): () => void {
  const { seconds, memoryMegabytes } = limits;
  const end = (problem: string) => {
    child.kill('SIGKILL');
    onExceeded(problem);
  };
  const timer = setTimeout(() => {
    end(
      `took longer than ${seconds} seconds and was ended; the model may never end, or scoring.time-limit has to be higher`,
    );
  }, seconds * 1000);
  const memory = setInterval(() => {
    void residentMegabytes(child.pid).then((used) => {
      if (used !== undefined && used > memoryMegabytes)
        end(`took more than ${memoryMegabytes} MB of memory and was ended`);
    });
  }, MEMORY_CHECK_MILLISECONDS);
  return () => {
    clearTimeout(timer);
    clearInterval(memory);
  };
}

/** Resident memory of a process where the system shows it to others (Linux); elsewhere the child watches itself. */
async function residentMegabytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
