import type { Socket } from 'node:net';
import { FrameReader, readRows, writeAnswer } from './frames.ts';
import { failureOf, type ThreadMessage, type ThreadWork } from './session-thread.ts';
import type { AnswerFrame, RowsFrame, WorkerReply, WorkerRequest } from './worker-protocol.ts';

export type WorkerChannel = {
  readonly send: (reply: WorkerReply) => void;
  readonly onRequest: (listener: (request: WorkerRequest) => void) => void;
  /** The pipe of the frames, opened when it is first needed. */
  readonly openFrames: () => Socket;
  readonly startThread: (work: ThreadWork) => SessionThread;
};

/** A thread as its starter sees it. */
export type SessionThread = {
  readonly post: (frame: RowsFrame) => void;
  readonly onMessage: (listener: (message: ThreadMessage) => void) => void;
  readonly onDeath: (listener: (error: Error) => void) => void;
};

/**
 * The main thread of the child: it loads no model itself, so that it can hand out rows, send answers back and
 * hear the parent whatever a model does.
 */
export function serveWorker(channel: WorkerChannel): void {
  channel.onRequest((request) => {
    watchMemory(request.memoryMegabytes, channel);
    try {
      if (request.kind === 'score') serveScores(request, channel);
      else serveOnce({ kind: request.kind, request } as ThreadWork, channel);
    } catch (error) {
      channel.send(failureOf(error));
    }
  });
  channel.send({ kind: 'started' });
}

/** Where the system does not show the parent how much memory a child takes. */
function watchMemory(megabytes: number, channel: WorkerChannel): void {
  if (process.platform === 'linux') return;
  setInterval(() => {
    if (process.memoryUsage.rss() <= megabytes * 1024 ** 2) return;
    channel.send({
      kind: 'failed',
      fault: 'model',
      message: `scoring took more than ${megabytes} MB of memory and was ended`,
    });
  }, 100).unref();
}

/** What ends with one reply of the thread. */
function serveOnce(work: ThreadWork, channel: WorkerChannel): void {
  const thread = channel.startThread(work);
  thread.onDeath((error) => channel.send(failureOf(error)));
  thread.onMessage((message) => {
    if (message.kind !== 'answer') channel.send(message);
  });
}

function serveScores(
  { job, threads: count }: Extract<WorkerRequest, { kind: 'score' }>,
  channel: WorkerChannel,
): void {
  const frames = channel.openFrames();
  const waiting: RowsFrame[] = [];
  const idle: SessionThread[] = [];
  let ready = 0;
  const handOut = () => {
    while (idle.length > 0 && waiting.length > 0) idle.pop()!.post(waiting.shift()!);
  };
  const answer = (frame: AnswerFrame) => {
    for (const part of writeAnswer(frame)) frames.write(part);
  };
  for (let index = 0; index < count; index++) {
    const thread = channel.startThread({ kind: 'score', job });
    thread.onDeath((error) => channel.send(failureOf(error)));
    thread.onMessage((message) => {
      if (message.kind === 'ready') {
        // A second batch lies ready while the first is scored, so that a thread never waits for the next.
        idle.push(thread);
        ready += 1;
        if (ready === count) channel.send(message);
      } else if (message.kind === 'answer') {
        answer(message.frame);
      } else {
        channel.send(message);
        return;
      }
      idle.push(thread);
      handOut();
    });
  }
  const reader = new FrameReader((frame) => {
    waiting.push(readRows(frame));
    handOut();
  });
  frames.on('data', (bytes: Buffer) => reader.push(bytes));
}
