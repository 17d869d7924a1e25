import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** Files and directories that must not outlive this process: they may hold rows of somebody's data. */
const passing = new Set<string>();

/** Has a path removed when the process ends, also by a signal; `removePassing` removes it before that. */
export function addPassing(path: string): void {
  if (passing.size === 0) {
    process.on('exit', removeAll).on('SIGINT', endBySignal).on('SIGTERM', endBySignal);
  }
  passing.add(path);
}

/** Removes a path, if it is there, and forgets it. */
export async function removePassing(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  passing.delete(path);
  if (passing.size === 0) release();
}

function removeAll(): void {
  for (const path of passing) rmSync(path, { recursive: true, force: true });
}

function endBySignal(signal: NodeJS.Signals): void {
  removeAll();
  release();
  process.kill(process.pid, signal);
}

function release(): void {
  process.off('exit', removeAll).off('SIGINT', endBySignal).off('SIGTERM', endBySignal);
}
