import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import { measureLatency } from './measure-latency.ts';
import { type OnnxRuntime, scoreAll } from './run-model.ts';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** Progress is sent at most this often. */
const PROGRESS_INTERVAL_MILLISECONDS = 500;

export type WorkerChannel = {
  /** Resolves when the parent has the message. */
  readonly send: (reply: WorkerReply) => Promise<void>;
  readonly onRequest: (listener: (request: WorkerRequest) => void) => void;
};

/** The child's side: answers one request, then is told to end by its parent. */
export function serveWorker(channel: WorkerChannel, loadRuntime: () => Promise<OnnxRuntime>): void {
  channel.onRequest((request) => {
    void answer(request, channel, loadRuntime).catch((error: unknown) =>
      channel.send({ kind: 'failed', fault: faultOf(error), message: messageOf(error) }),
    );
  });
  void channel.send({ kind: 'ready' });
}

async function answer(
  request: WorkerRequest,
  channel: WorkerChannel,
  loadRuntime: () => Promise<OnnxRuntime>,
): Promise<void> {
  const runtime = await loadRuntime();
  if (request.kind === 'latency') {
    const milliseconds = await measureLatency(runtime, request.jobs, request.runs);
    await channel.send({ kind: 'latency', milliseconds });
    return;
  }
  let lastProgress = performance.now();
  const scores = await scoreAll(runtime, request.job, (rowsDone) => {
    if (performance.now() - lastProgress < PROGRESS_INTERVAL_MILLISECONDS) return;
    lastProgress = performance.now();
    void channel.send({ kind: 'progress', rowsDone });
  });
  await channel.send({ kind: 'scores', scores });
}

function faultOf(error: unknown): 'model' | 'runtime' | 'bug' {
  if (error instanceof InputError) return 'model';
  return error instanceof OutsideError ? 'runtime' : 'bug';
}
