import { Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadNative } from '../adapters/native/load-native.ts';
import type { NativeOptions } from '../adapters/native/options.ts';
import { serveWorker } from '../adapters/onnx/serve-worker.ts';
import { serveSession } from '../adapters/onnx/session-thread.ts';
import { FRAMES_DESCRIPTOR, WORKER_OPTIONS_VARIABLE } from '../adapters/onnx/worker-protocol.ts';

/** What lives in a thread's own heap is short-lived and small; models and rows lie outside of it. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 6 };

const options = JSON.parse(process.env[WORKER_OPTIONS_VARIABLE] ?? '{}') as NativeOptions;

if (!isMainThread && parentPort !== null) {
  await serveSession(parentPort, workerData, () => loadNative('onnxruntime', options));
} else {
  // Nobody waits for an answer any more when the parent is gone. A thread inside a model cannot be waited for.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  serveWorker({
    send: (reply) => process.send?.(reply),
    onRequest: (listener) => process.on('message', listener),
    openFrames: () => new Socket({ fd: FRAMES_DESCRIPTOR, readable: true, writable: true }),
    startThread: (work) => {
      const thread = new Worker(process.argv[1]!, { workerData: work, resourceLimits: THREAD_LIMITS });
      return {
        post: (frame) => thread.postMessage(frame, [frame.payload]),
        onMessage: (listener) => thread.on('message', listener),
        onDeath: (listener) => thread.on('error', listener),
      };
    },
  });
}
