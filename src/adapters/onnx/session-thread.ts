import type { MessagePort } from 'node:worker_threads';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import { measureLatency } from './measure-latency.ts';
import { type OnnxRuntime, openSession } from './run-session.ts';
import { loadOnce } from './try-load.ts';
import type { AnswerFrame, ModelJob, RowsFrame, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** A thread of the child that holds a model: the runtime answers only when it is done, and would stop the rest. */

export type ThreadWork =
  | { readonly kind: 'score'; readonly job: ModelJob }
  | { readonly kind: 'latency'; readonly request: Extract<WorkerRequest, { kind: 'latency' }> }
  | { readonly kind: 'load'; readonly request: Extract<WorkerRequest, { kind: 'load' }> };

export type ThreadMessage =
  | Extract<WorkerReply, { kind: 'ready' | 'latency' | 'loaded' | 'failed' }>
  | { readonly kind: 'answer'; readonly frame: AnswerFrame };

/** Does the work it was started with, then scores every frame that comes. */
export async function serveSession(
  port: MessagePort,
  work: ThreadWork,
  loadRuntime: () => Promise<OnnxRuntime>,
): Promise<void> {
  const send = (message: ThreadMessage, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  try {
    // Its native part does not know arrays of half floats yet; without them it takes and gives their bits.
    Reflect.deleteProperty(globalThis, 'Float16Array');
    const runtime = await loadRuntime();
    if (work.kind === 'latency') {
      const { jobs, runs } = work.request;
      send({ kind: 'latency', milliseconds: await measureLatency(runtime, jobs, runs) });
      return;
    }
    if (work.kind === 'load') {
      send({ kind: 'loaded', answer: await loadOnce(runtime, work.request.model) });
      return;
    }
    const session = await openSession(runtime, work.job);
    port.on('message', ({ batch, rowCount, payload }: RowsFrame) => {
      session.run(payload, rowCount).then(
        (answer) => {
          const { values, labels } = answer;
          send({ kind: 'answer', frame: { batch, ...answer } }, [
            values.buffer,
            ...(labels ? [labels.buffer] : []),
          ]);
        },
        (error: unknown) => send(failureOf(error)),
      );
    });
    send({ kind: 'ready' });
  } catch (error) {
    send(failureOf(error));
  }
}

export function failureOf(error: unknown): Extract<WorkerReply, { kind: 'failed' }> {
  const fault = error instanceof InputError ? 'model' : error instanceof OutsideError ? 'runtime' : 'bug';
  return { kind: 'failed', fault, message: messageOf(error) };
}
