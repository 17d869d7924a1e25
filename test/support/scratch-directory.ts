import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

let root: string | undefined;

/** A new empty directory, which goes when the tests of the file have ended. */
export function scratchDirectory(): string {
  root ??= mkdtempSync(path.join(tmpdir(), 'contender-test-'));
  return mkdtempSync(path.join(root, 'scratch-'));
}

afterAll(() => {
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});
