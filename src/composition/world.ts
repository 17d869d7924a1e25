import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createLocalFiles } from '../adapters/filesystem/local-files.ts';
import { createModelReader } from '../adapters/model-files/read-model-file.ts';
import type { Files } from '../ports/files.ts';
import type { Log, RunContext } from '../ports/runner.ts';
import type { StageWorld } from '../stages/stage.ts';
import { TOOL } from './tool.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The world of this process; disposing it removes what it left in temporary directories. */
export function createWorld(options: {
  readonly environment: Environment;
  readonly context: RunContext;
  readonly log: Log;
}): StageWorld & { readonly files: Files & AsyncDisposable } {
  return {
    log: options.log,
    files: createLocalFiles(options.environment.RUNNER_TEMP || tmpdir()),
    models: createModelReader(),
    context: options.context,
    tool: TOOL,
    now: Date.now,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  };
}
