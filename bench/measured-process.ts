import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type MeasuredProcess = {
  /** What it printed. */
  readonly output: string;
  /** Wall-clock seconds from start to end, as seen from outside. */
  readonly seconds: number;
  /** Largest resident memory of the process and its children together; undefined where /proc does not show it. */
  readonly peakMegabytes: number | undefined;
};

const SAMPLE_MILLISECONDS = 10;

/** Runs a program to its end. @throws Error with its last words when it fails. */
export function measureProcess(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<MeasuredProcess> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    let peak: number | undefined;
    const sampler = setInterval(() => {
      const now = child.pid === undefined ? undefined : residentMegabytes(child.pid);
      if (now !== undefined && now > (peak ?? 0)) peak = now;
    }, SAMPLE_MILLISECONDS);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sampler);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ output, seconds, peakMegabytes: peak });
      else reject(new Error(`${program} ended with ${code}: ${errors.trim().split('\n').at(-1)}`));
    });
  });
}

function residentMegabytes(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const own = (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024) / 1e6;
    return children
      .split(' ')
      .filter((child) => child !== '')
      .reduce((total, child) => total + (residentMegabytes(Number(child)) ?? 0), own);
  } catch {
    // It has just ended, or there is no /proc.
    return undefined;
  }
}
