/**
 * Reference data that live beside the repository, in ../shared. A clone alone does not have them: the
 * tests over them are then skipped and say so; each subject also has reference values of its own.
 */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';

const sharedDirectory = resolve(import.meta.dirname, '../../../shared');

export const sharedDataPresent = existsSync(resolve(sharedDirectory, 'golden/index.json'));

/** The path of a file of the shared data; the file may be absent. */
export function sharedPath(relativePath: string): string {
  return resolve(sharedDirectory, relativePath);
}

/** A block of tests over the shared data; without them it is skipped and its name says why. */
export function describeWithSharedData(name: string, body: () => void): void {
  const title = sharedDataPresent ? name : `${name} (skipped: ../shared is absent)`;
  describe.skipIf(!sharedDataPresent)(title, body);
}

/** Reference values by file name without ending. "NaN", "Infinity" and "-Infinity" become numbers. */
export function readGolden<Content>(name: string): Content {
  const text = readFileSync(sharedPath(`golden/${name}.json`), 'utf8');
  return JSON.parse(text, (_, value) => (isSpelledNumber(value) ? Number(value) : value)) as Content;
}

function isSpelledNumber(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}
