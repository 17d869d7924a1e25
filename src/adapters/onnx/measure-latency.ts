import { InputError } from '../../core/errors.ts';
import { type ModelSession, type OnnxRuntime, openSession } from './run-session.ts';
import type { WorkerRequest } from './worker-protocol.ts';

const WARM_UP_RUNS = 5;

type LatencyJobs = Extract<WorkerRequest, { kind: 'latency' }>['jobs'];

/** Milliseconds of one batch for each job and run, the jobs in turn and the turn reversed each time (ABBA). */
export async function measureLatency(
  runtime: OnnxRuntime,
  jobs: LatencyJobs,
  runs: number,
): Promise<Float64Array[]> {
  const sessions = await Promise.all(jobs.map((job) => openSession(runtime, job)));
  const milliseconds = jobs.map(() => new Float64Array(runs));
  for (let run = -WARM_UP_RUNS; run < runs; run++) {
    const order =
      run % 2 === 0 ? jobs.map((_, index) => index) : jobs.map((_, index) => jobs.length - 1 - index);
    for (const index of order) {
      const elapsed = await timeBatch(sessions[index]!, jobs[index]!);
      if (run >= 0) milliseconds[index]![run] = elapsed;
    }
  }
  await Promise.all(sessions.map((session) => session.release()));
  return milliseconds;
}

async function timeBatch(session: ModelSession, job: LatencyJobs[number]): Promise<number> {
  const { payload, rowCount, name } = job;
  if (rowCount === 0) throw new InputError(`${name}: there are no rows to measure the latency with`);
  // Views of 64 bits need their bytes aligned, which those of a message need not be.
  const bytes = payload.slice().buffer as ArrayBuffer;
  const started = performance.now();
  await session.run(bytes, rowCount);
  return performance.now() - started;
}
