import { firstRowsOf, type RowBatch, type RowSource } from '../../core/data/row-source.ts';
import type { ScoreCollector } from '../../core/scoring/collect-scores.ts';
import type { BatchEncoder } from './encode-batch.ts';
import { FrameReader, readAnswer, readAnswerHead, requireAnswerSize, writeRows } from './frames.ts';
import type { PayloadLayout } from './payload-layout.ts';
import type { Worker } from './worker-process.ts';
import type { ModelJob } from './worker-protocol.ts';

export type ScoringRun = {
  readonly worker: Worker;
  readonly rows: RowSource;
  readonly encoder: BatchEncoder;
  readonly collector: ScoreCollector;
  readonly jobFor: (layout: PayloadLayout) => ModelJob;
  readonly threads: number;
  readonly rowsPerBatch: number;
  readonly memoryMegabytes: number;
  readonly onProgress: ((rowsDone: number) => void) | undefined;
};

/** Batches for each thread that are on their way: in work, ready in the child, and being written. */
const BATCHES_AHEAD = 3;

/** Sends all rows to the child, no more at once than its threads are busy with, and collects what it answers. */
export async function scoreAllRows(run: ScoringRun): Promise<void> {
  const { worker, rows, encoder, collector, threads } = run;
  const queue = openQueue(run);
  let batch = 0;
  let start = 0;
  let probe: SentBatch | undefined;
  for await (const read of rows.batches(encoder.requests, run.rowsPerBatch)) {
    if (batch === 0) {
      const job = run.jobFor(encoder.layoutFor(read));
      const request = { kind: 'score', job, threads, memoryMegabytes: run.memoryMegabytes } as const;
      await Promise.race([worker.request(request), queue.broken]);
      probe = makeProbe(read, encoder);
    }
    const firstRow = start;
    await Promise.race([queue.whenBelow(threads * BATCHES_AHEAD), worker.failure]);
    const payload = encoder.encode(
      read,
      (row, reason) => collector.refuse(firstRow + row, reason),
      queue.takeUsed(),
    );
    queue.send({ batch, start, rowCount: read.rowCount, payload });
    batch += 1;
    start += read.rowCount;
  }
  await Promise.race([queue.whenBelow(1), worker.failure]);
  if (probe === undefined) return;
  queue.send({ ...probe, batch });
  await Promise.race([queue.whenBelow(1), worker.failure]);
}

/**
 * Half of the first rows once more, by themselves: a model whose answer to a row depends on chance or on the rows
 * beside it could be judged by its luck, or by how a file is sorted.
 */
function makeProbe(batch: RowBatch, encoder: BatchEncoder): SentBatch {
  const rows = firstRowsOf(batch, Math.ceil(batch.rowCount / 2));
  const payload = encoder.encode(rows, () => undefined);
  return { batch: 0, start: 0, rowCount: rows.rowCount, payload, isProbe: true };
}

type SentBatch = {
  readonly batch: number;
  readonly start: number;
  readonly rowCount: number;
  readonly payload: ArrayBuffer;
  /** Whether the rows were scored before, and must be answered alike. */
  readonly isProbe?: boolean;
};

/** Batches that were sent and not yet answered. */
function openQueue({ worker, collector, onProgress }: ScoringRun) {
  const open = new Map<number, SentBatch>();
  /** Buffers that the child has read, to be filled again: new ones would be garbage of the size of the data. */
  const used: ArrayBuffer[] = [];
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  let hasBroken = false;
  let wake: (() => void) | undefined;
  let rowsDone = 0;
  const sentAs = (batch: number): SentBatch => {
    const sent = open.get(batch);
    if (sent !== undefined) return sent;
    throw new Error(`the scoring process answered batch ${batch}, which it was not sent`);
  };
  const reader = new FrameReader(
    ({ head, body }) => {
      const sent = sentAs(readAnswerHead(head).batch);
      const answer = { start: sent.start, ...readAnswer({ head, body }, sent.rowCount) };
      if (sent.isProbe) collector.requireSame(answer);
      else collector.add(answer);
      open.delete(sent.batch);
      used.push(sent.payload);
      if (!sent.isProbe) {
        rowsDone += sent.rowCount;
        onProgress?.(rowsDone);
      }
      wake?.();
    },
    (head) => {
      const { batch, width } = readAnswerHead(head);
      requireAnswerSize(head, sentAs(batch).rowCount);
      collector.requireWidth(width);
    },
  );
  worker.frames.on('data', (bytes: Buffer) => {
    if (hasBroken) return;
    try {
      reader.push(bytes);
    } catch (error) {
      // What follows cannot be cut into frames any more.
      hasBroken = true;
      broken.reject(error);
    }
  });
  return {
    /** Rejects when an answer cannot be read; never resolves. */
    broken: broken.promise,
    send: (sent: SentBatch) => {
      open.set(sent.batch, sent);
      for (const part of writeRows(sent)) worker.frames.write(part);
    },
    takeUsed: () => used.pop(),
    async whenBelow(limit: number): Promise<void> {
      if (hasBroken) await broken.promise;
      while (open.size >= limit) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([woken, broken.promise]);
      }
    },
  };
}
