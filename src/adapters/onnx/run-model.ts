import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { InputError } from '../../core/errors.ts';
import { BATCH_ROWS, type BatchRange, buildFeed } from './feed.ts';
import type { WorkerJob, WorkerScores } from './worker-protocol.ts';

/** The part of onnxruntime-node that is used. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** Loads a model with one thread, so that the same bytes give the same answers on any machine and batch. */
export async function loadSession(runtime: OnnxRuntime, job: WorkerJob): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(job.path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw new InputError(`${job.name} cannot be loaded: ${shorten(cause)}`, { cause });
  }
}

/** Scores all rows of a job in batches. @throws InputError when the model fails or answers in another shape. */
export async function scoreAll(
  runtime: OnnxRuntime,
  job: WorkerJob,
  onProgress: (rowsDone: number) => void,
): Promise<WorkerScores> {
  const session = await loadSession(runtime, job);
  const collector = createCollector(job);
  const started = performance.now();
  for (let start = 0; start < job.rowCount; start += BATCH_ROWS) {
    const range = { start, end: Math.min(start + BATCH_ROWS, job.rowCount) };
    const outputs = await runBatch(runtime, { session, job, range, refuse: collector.refuse });
    collector.add(outputs, range);
    onProgress(range.end);
  }
  const seconds = (performance.now() - started) / 1000;
  await session.release();
  return collector.finish(seconds);
}

type BatchRequest = {
  readonly session: InferenceSession;
  readonly job: WorkerJob;
  readonly range: BatchRange;
  readonly refuse: (row: number, reason: string) => void;
};

/** One batch through the model; only the outputs of the plan are asked for. */
export async function runBatch(
  runtime: OnnxRuntime,
  { session, job, range, refuse }: BatchRequest,
): Promise<Readonly<Record<string, Tensor>>> {
  const feed = buildFeed(runtime, { columns: job.columns, binding: job.binding, range });
  for (const { row, reason } of feed.unfit) refuse(row, reason);
  const wanted = [job.output.values, ...(job.output.labels ? [job.output.labels] : [])];
  try {
    return (await session.run(feed.tensors, wanted)) as Readonly<Record<string, Tensor>>;
  } catch (cause) {
    throw new InputError(
      `${job.name} failed on the rows ${range.start + 1} to ${range.end}: ${shorten(cause)}`,
      {
        cause,
      },
    );
  }
}

function createCollector(job: WorkerJob) {
  const { layout } = job.output;
  const width = layout.kind === 'predictions' ? 1 : job.classes.length;
  const values = new Float64Array(job.rowCount * width);
  const labels = job.output.labels ? new Int32Array(job.rowCount).fill(-1) : undefined;
  const classPositions = new Map(job.classes.map((name, position) => [name, position]));
  const refused = new Map<number, string>();

  function add(outputs: Readonly<Record<string, Tensor>>, range: BatchRange): void {
    const rows = range.end - range.start;
    const given = outputs[job.output.values]!;
    const data = floatData(given, job.name);
    const givenWidth = checkShape(given, { rows, width: expectedWidth(job), name: job.name });
    for (let row = 0; row < rows; row++) {
      const finite = copyRow({
        job,
        data,
        offset: row * givenWidth,
        values,
        target: (range.start + row) * width,
      });
      if (!finite) refuse(range.start + row, 'the model answered with a value that is no number');
    }
    if (labels !== undefined && job.output.labels !== undefined) {
      addLabels(outputs[job.output.labels]!, range);
    }
  }

  function addLabels(tensor: Tensor, range: BatchRange): void {
    const data = tensor.data as ArrayLike<unknown>;
    for (let row = range.start; row < range.end; row++) {
      labels![row] = classPositions.get(String(data[row - range.start])) ?? -1;
    }
  }

  function refuse(row: number, reason: string): void {
    if (!refused.has(row)) refused.set(row, reason);
    values.fill(Number.NaN, row * width, (row + 1) * width);
  }

  function finish(seconds: number): WorkerScores {
    for (const row of refused.keys()) values.fill(Number.NaN, row * width, (row + 1) * width);
    const list = [...refused].map(([row, reason]) => ({ row, reason }));
    return { values, width, ...(labels ? { labels } : {}), refused: list, seconds };
  }

  return { add, refuse, finish };
}

type CopyRequest = {
  readonly job: WorkerJob;
  readonly data: Float32Array | Float64Array;
  readonly offset: number;
  readonly values: Float64Array;
  readonly target: number;
};

/** Copies one row's scores into the order asked for; false when one of them is not finite. */
function copyRow({ job, data, offset, values, target }: CopyRequest): boolean {
  const { layout } = job.output;
  if (layout.kind === 'predictions') {
    values[target] = data[offset]!;
    return Number.isFinite(values[target]);
  }
  if (layout.kind === 'positive-only') {
    values[target] = 1 - data[offset]!;
    values[target + 1] = data[offset]!;
    return Number.isFinite(data[offset]);
  }
  let finite = true;
  for (let index = 0; index < layout.order.length; index++) {
    const value = data[offset + layout.order[index]!]!;
    values[target + index] = value;
    if (!Number.isFinite(value)) finite = false;
  }
  return finite;
}

function expectedWidth(job: WorkerJob): number {
  return job.output.layout.kind === 'classes' ? job.output.layout.width : 1;
}

function checkShape(
  tensor: Tensor,
  expected: { readonly rows: number; readonly width: number; readonly name: string },
): number {
  const size = tensor.dims.reduce((product, dimension) => product * dimension, 1);
  if (
    tensor.dims.length <= 2 &&
    tensor.dims[0] === expected.rows &&
    size === expected.rows * expected.width
  ) {
    return expected.width;
  }
  throw new InputError(
    `${expected.name} answered ${expected.rows} rows with a tensor of the shape [${tensor.dims.join(', ')}]; [${expected.rows}, ${expected.width}] is needed`,
  );
}

function floatData(tensor: Tensor, name: string): Float32Array | Float64Array {
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  throw new InputError(`${name} answered with ${tensor.type} where float scores are needed`);
}

/** The first line of what the runtime said, without the paths and C++ signatures of whoever built it. */
function shorten(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [line = text] = text.split('\n');
  return line
    .replace(/\/\S*onnxruntime_src\/\S*\s?/g, '')
    .replace(/(?:[\w:*&<>]+ )?onnxruntime::[\w:~]+\([^()]*\)\s*(?:const )?/g, '')
    .replace(/^Load model from .* failed:/, '')
    .slice(0, 300);
}
