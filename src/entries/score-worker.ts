import { loadNative } from '../adapters/native/load-native.ts';
import type { NativeOptions } from '../adapters/native/options.ts';
import { serveWorker } from '../adapters/onnx/serve-worker.ts';
import { WORKER_OPTIONS_VARIABLE } from '../adapters/onnx/worker-protocol.ts';

// Nobody waits for an answer any more when the parent is gone.
process.on('disconnect', () => process.exit(1));

const options = JSON.parse(process.env[WORKER_OPTIONS_VARIABLE] ?? '{}') as NativeOptions;

serveWorker(
  {
    send: (reply) =>
      new Promise((resolve, reject) =>
        process.send!(reply, undefined, undefined, (error: Error | null) =>
          error ? reject(error) : resolve(),
        ),
      ),
    onRequest: (listener) => process.on('message', listener),
  },
  () => loadNative('onnxruntime', options),
);
