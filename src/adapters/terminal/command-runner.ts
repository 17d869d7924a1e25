import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { OutsideError } from '../../core/errors.ts';
import type { CommandRequest, CommandResult, CommandRunner } from '../../ports/command-runner.ts';
import { createLineSplitter } from './line-splitter.ts';
import { reducedEnvironment } from './reduced-environment.ts';

const LAST_OUTPUT_LINES = 40;
/** Time between asking a process group to end and ending it. */
const GRACE_MILLISECONDS = 2_000;
/** How long output is awaited after the command itself has ended. */
const DRAIN_MILLISECONDS = 2_000;

export type CommandRunnerOptions = { readonly environment: Readonly<Record<string, string | undefined>> };

/** Runs commands of the user in the shell of the system. */
export function createCommandRunner(options: CommandRunnerOptions): CommandRunner {
  const inherited = reducedEnvironment(options.environment);
  return { run: (request) => runCommand(request, { ...inherited, ...request.environment }) };
}

async function runCommand(
  request: CommandRequest,
  environment: Record<string, string>,
): Promise<CommandResult> {
  const lastLines: string[] = [];
  const child = spawn(request.command, {
    shell: true,
    cwd: request.directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that whatever the command starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    const splitter = createLineSplitter((line) => {
      lastLines.push(line);
      if (lastLines.length > LAST_OUTPUT_LINES) lastLines.shift();
      request.onOutput?.(line);
    });
    stream.setEncoding('utf8').on('data', splitter.push).on('end', splitter.end);
  }
  const releaseGuard = endWithUs(child);
  try {
    const exitCode = await waitForEnd(child, request);
    return { exitCode, lastOutput: lastLines.join('\n') };
  } finally {
    releaseGuard();
    signalGroup(child, 'SIGKILL');
  }
}

function waitForEnd(child: ChildProcess, request: CommandRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    let timedOut = false;
    const { timeLimitSeconds } = request;
    if (timeLimitSeconds !== undefined) {
      const stop = () => {
        timedOut = true;
        signalGroup(child, 'SIGTERM');
        timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MILLISECONDS));
      };
      timers.push(setTimeout(stop, timeLimitSeconds * 1000));
    }
    const settle = (finish: () => void) => {
      for (const timer of timers) clearTimeout(timer);
      finish();
    };
    child.on('error', (cause) =>
      settle(() =>
        reject(new OutsideError(`${quoted(request)} could not be started: ${cause.message}`, { cause })),
      ),
    );
    child.on('exit', () => {
      // Something left in the background may hold the output open for ever.
      const drop = () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      };
      signalGroup(child, 'SIGTERM');
      timers.push(setTimeout(drop, DRAIN_MILLISECONDS));
    });
    child.on('close', (code, signal) =>
      settle(() => {
        if (timedOut)
          reject(
            new OutsideError(`${quoted(request)} ran longer than its ${timeLimitSeconds} s and was ended`),
          );
        else if (code === null) reject(new OutsideError(`${quoted(request)} was ended by ${signal}`));
        else resolve(code);
      }),
    );
  });
}

function quoted(request: CommandRequest): string {
  return `the command ${JSON.stringify(request.command.slice(0, 200))}`;
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No process of the group is left.
  }
}

/** A cancelled job ends us with a signal; the group would live on without us. */
function endWithUs(child: ChildProcess): () => void {
  const onExit = () => signalGroup(child, 'SIGKILL');
  const onSignal = (signal: NodeJS.Signals) => {
    onExit();
    release();
    process.kill(process.pid, signal);
  };
  const release = () => {
    process.off('exit', onExit).off('SIGINT', onSignal).off('SIGTERM', onSignal);
  };
  process.on('exit', onExit).on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return release;
}
