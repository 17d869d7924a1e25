import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { InputError } from '../../core/errors.ts';
import { decodeLabels, decodeValues } from './decode-outputs.ts';
import { type InputLayout, inputBytes, viewOf } from './payload-layout.ts';
import { explainRuntime } from './runtime-message.ts';
import type { AnswerFrame, ModelJob } from './worker-protocol.ts';

/** The part of onnxruntime-node that is used. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** A loaded model. */
export type ModelSession = {
  /** @throws InputError when the model fails or answers in another shape. */
  readonly run: (payload: ArrayBuffer, rowCount: number) => Promise<Omit<AnswerFrame, 'batch'>>;
  readonly release: () => Promise<void>;
};

/** Loads a model with one thread, so that the same bytes give the same answers on any machine and batch. */
export async function loadSession(
  runtime: OnnxRuntime,
  { name, path }: Pick<ModelJob, 'name' | 'path'>,
): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw new InputError(`${name} cannot be loaded: ${explainRuntime(cause)}`, { cause });
  }
}

/** A model that rows can be given to. */
export async function openSession(runtime: OnnxRuntime, job: ModelJob): Promise<ModelSession> {
  const session = await loadSession(runtime, job);
  return {
    run: (payload, rowCount) => runBatch({ runtime, session, job, payload, rowCount }),
    release: () => session.release(),
  };
}

type BatchRun = {
  readonly runtime: OnnxRuntime;
  readonly session: InferenceSession;
  readonly job: ModelJob;
  readonly payload: ArrayBuffer;
  readonly rowCount: number;
};

/** The runtime multiplies a matrix of one row in another order, whose last digits differ. */
const FEWEST_ROWS = 2;

/** All rows at once, or in the batches that a model is fixed to; too few are filled up with their last row. */
async function runBatch(run: BatchRun): Promise<Omit<AnswerFrame, 'batch'>> {
  const { job, rowCount } = run;
  const { batch = Math.max(rowCount, FEWEST_ROWS) } = job.layout;
  const parts: { values: Float64Array<ArrayBuffer>; labels?: Int32Array<ArrayBuffer> }[] = [];
  for (let start = 0; start < rowCount; start += batch) {
    const rows = Math.min(batch, rowCount - start);
    const outputs = await runOnce(run, { start, rows, batch });
    const values = decodeValues(outputs, { job, rows, batch });
    const labels = decodeLabels(outputs, { job, rows, batch });
    parts.push({ values, ...(labels ? { labels } : {}) });
  }
  const [only] = parts;
  const whole = only !== undefined && parts.length === 1 ? only : joinParts(parts, rowCount);
  return { ...whole, width: whole.values.length / rowCount };
}

function joinParts(
  parts: readonly { readonly values: Float64Array; readonly labels?: Int32Array }[],
  rowCount: number,
): { values: Float64Array<ArrayBuffer>; labels?: Int32Array<ArrayBuffer> } {
  const values = new Float64Array(parts.reduce((total, part) => total + part.values.length, 0));
  const labels = parts[0]?.labels && new Int32Array(rowCount);
  let [valueOffset, labelOffset] = [0, 0];
  for (const part of parts) {
    values.set(part.values, valueOffset);
    valueOffset += part.values.length;
    if (part.labels) labels?.set(part.labels, labelOffset);
    labelOffset += part.labels?.length ?? 0;
  }
  return { values, ...(labels ? { labels } : {}) };
}

type Part = { readonly start: number; readonly rows: number; readonly batch: number };

/** Only the outputs of the plan are asked for. */
async function runOnce(run: BatchRun, part: Part): Promise<Readonly<Record<string, Tensor>>> {
  const { session, job } = run;
  const { values, labels } = job.outputs;
  const wanted = [...values, ...(labels === undefined ? [] : [labels])];
  try {
    return (await session.run(buildFeeds(run, part), wanted)) as Readonly<Record<string, Tensor>>;
  } catch (cause) {
    throw new InputError(`${job.name} failed on the rows it was given: ${explainRuntime(cause)}`, { cause });
  }
}

function buildFeeds(run: BatchRun, part: Part): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  let offset = 0;
  for (const input of run.job.layout.inputs) {
    feeds[input.name] = buildTensor(run, { input, offset, part });
    offset += inputBytes(input, run.rowCount);
  }
  return feeds;
}

function buildTensor(
  { runtime, payload, rowCount }: BatchRun,
  { input, offset, part }: { readonly input: InputLayout; readonly offset: number; readonly part: Part },
): Tensor {
  const { type, width, rowShape, hasRows, texts } = input;
  const { start, rows, batch } = part;
  const all = viewOf(type, payload, offset, rowCount * width);
  const own = rows === rowCount ? all : all.subarray(start * width, (start + rows) * width);
  const values = rows === batch ? own : fillUp(own, { width, batch });
  const shape = hasRows ? [batch, ...rowShape] : [...rowShape];
  if (type !== 'string') return new runtime.Tensor(TENSOR_TYPES[type], asTensorData(type, values), shape);
  const strings: string[] = new Array(values.length);
  for (let index = 0; index < values.length; index++) strings[index] = texts![values[index]!]!;
  return new runtime.Tensor('string', strings, shape);
}

/** The last row again and again, until the batch is full. */
function fillUp<View extends ReturnType<typeof viewOf>>(
  values: View,
  { width, batch }: { readonly width: number; readonly batch: number },
): View {
  const full = new (values.constructor as new (length: number) => View)(batch * width);
  full.set(values as never);
  const last = values.length - width;
  for (let index = values.length; index < full.length; index++) {
    full[index] = values[last + ((index - values.length) % width)]!;
  }
  return full;
}

/** Values that are moved as mere bytes; the runtime wants its own kind of array over them. */
function asTensorData(type: Exclude<InputLayout['type'], 'string'>, values: ReturnType<typeof viewOf>) {
  const { buffer, byteOffset, length } = values;
  if (type === 'float16') return new Uint16Array(buffer, byteOffset, length);
  if (type === 'int64') return new BigInt64Array(buffer, byteOffset, length);
  return type === 'uint64' ? new BigUint64Array(buffer, byteOffset, length) : (values as Float32Array);
}

const TENSOR_TYPES = {
  float: 'float32',
  double: 'float64',
  float16: 'float16',
  int64: 'int64',
  int32: 'int32',
  int16: 'int16',
  int8: 'int8',
  uint64: 'uint64',
  uint32: 'uint32',
  uint16: 'uint16',
  uint8: 'uint8',
  bool: 'bool',
} as const;
