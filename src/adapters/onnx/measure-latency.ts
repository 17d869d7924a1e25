import { InputError } from '../../core/errors.ts';
import { BATCH_ROWS } from './feed.ts';
import { loadSession, type OnnxRuntime, runBatch } from './run-model.ts';
import type { WorkerJob } from './worker-protocol.ts';

const WARM_UP_RUNS = 5;

/** Milliseconds of one batch for each job and run, the jobs in turn and the turn reversed each time (ABBA). */
export async function measureLatency(
  runtime: OnnxRuntime,
  jobs: readonly WorkerJob[],
  runs: number,
): Promise<Float64Array[]> {
  const sessions = await Promise.all(jobs.map((job) => loadSession(runtime, job)));
  const milliseconds = jobs.map(() => new Float64Array(runs));
  for (let run = -WARM_UP_RUNS; run < runs; run++) {
    const order =
      run % 2 === 0 ? jobs.map((_, index) => index) : jobs.map((_, index) => jobs.length - 1 - index);
    for (const index of order) {
      const elapsed = await timeBatch(runtime, { session: sessions[index]!, job: jobs[index]! });
      if (run >= 0) milliseconds[index]![run] = elapsed;
    }
  }
  await Promise.all(sessions.map((session) => session.release()));
  return milliseconds;
}

async function timeBatch(
  runtime: OnnxRuntime,
  { session, job }: { readonly session: Awaited<ReturnType<typeof loadSession>>; readonly job: WorkerJob },
): Promise<number> {
  if (job.rowCount === 0) throw new InputError(`${job.name}: there are no rows to measure the latency with`);
  const started = performance.now();
  const range = { start: 0, end: Math.min(job.rowCount, BATCH_ROWS) };
  await runBatch(runtime, { session, job, range, refuse: () => undefined });
  return performance.now() - started;
}
