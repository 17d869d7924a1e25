import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDuckdbEngine } from '../../adapters/duckdb/duckdb-engine.ts';
import { loadNative, locateNative } from '../../adapters/native/load-native.ts';
import type { NativeOptions } from '../../adapters/native/options.ts';
import { createOnnxScorer } from '../../adapters/onnx/onnx-scorer.ts';
import { createCommandRunner } from '../../adapters/terminal/command-runner.ts';
import type { DataEngine } from '../../ports/data-engine.ts';
import type { DataWorld, Invocation } from '../invocation.ts';

/** The engine and the scorer of this process; natives are looked for when they are first needed. */
export function createDataWorld(invocation: Invocation): DataWorld & AsyncDisposable {
  const { world, environment, inputs, workingDirectory } = invocation;
  const native: NativeOptions = {
    environment,
    runtimeDirectory: inputs.text('runtime-directory'),
    projectDirectory: workingDirectory,
    onFetch: (message) => world.log.info(message),
  };
  let engine: Promise<DataEngine> | undefined;
  async function createEngine(): Promise<DataEngine> {
    const temporaryDirectory = await world.files.temporaryDirectory('duckdb');
    return createDuckdbEngine({ load: () => loadNative('duckdb', native), temporaryDirectory });
  }
  return {
    engine() {
      engine ??= createEngine();
      return engine;
    },
    async scorer() {
      const directory = await world.files.temporaryDirectory('scoring');
      // The child that holds a model gets the folder and nothing of this environment, which may hold tokens.
      const options: NativeOptions = {
        environment: {},
        runtimeDirectory: await locateNative('onnxruntime', native),
      };
      return createOnnxScorer({ script: findWorker(), directory, options });
    },
    commands: createCommandRunner({ environment }),
    async [Symbol.asyncDispose]() {
      const opened = await engine;
      await opened?.[Symbol.asyncDispose]();
    },
  };
}

/** The child's script lies beside this bundle, or beside these sources when they are run as they are. */
function findWorker(): string {
  const candidates = ['./score-worker.js', '../score-worker.js', '../../entries/score-worker.ts'];
  const paths = candidates.map((path) => new URL(path, import.meta.url));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new Error('the script of the scoring process is missing beside this one');
  return fileURLToPath(found);
}
