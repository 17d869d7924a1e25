import { LineCounter, parseDocument, stringify } from 'yaml';
import { checkLock } from '../documents/documents.ts';
import type { Lock } from '../documents/manifest.ts';
import { InputError } from '../errors.ts';

const HEADER =
  '# Written by Contender; do not edit. A retraining pull request moves it, merging that releases the model.\n';

/** Text of a lock file: the same lock gives the same bytes, so that a diff shows what really moved. */
export function renderLock(lock: Lock): string {
  const metrics = Object.entries(lock.metrics).sort(([left], [right]) => (left < right ? -1 : 1));
  const ordered = {
    schemaVersion: lock.schemaVersion,
    model: lock.model,
    version: lock.version,
    digest: lock.digest,
    ...(lock.champion && { champion: { version: lock.champion.version, digest: lock.champion.digest } }),
    trainingData: lock.trainingData,
    windows: {
      training: orderedWindow(lock.windows.training),
      holdout: orderedWindow(lock.windows.holdout),
    },
    metrics: Object.fromEntries(metrics),
  };
  return HEADER + stringify(ordered, { lineWidth: 0 });
}

/**
 * Reads a lock file.
 * @throws InputError with file, line and column when it is no YAML, and with the field when it is no lock.
 */
export function parseLock(text: string, file: string): Lock {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    throw new InputError(
      `${file}, line ${line}: ${problem.message}; only Contender writes this file: take it back with git checkout`,
      { location: { file, line, column: col } },
    );
  }
  return checkLock(document.toJS({ maxAliasCount: 0 }), file);
}

function orderedWindow(window: Lock['windows']['training']): Lock['windows']['training'] {
  return {
    ...(window.from !== undefined && { from: window.from }),
    ...(window.to !== undefined && { to: window.to }),
  };
}
