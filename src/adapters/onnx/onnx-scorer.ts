import { availableParallelism } from 'node:os';
import type { RowBatch, RowSource } from '../../core/data/row-source.ts';
import { ScoreCollector } from '../../core/scoring/collect-scores.ts';
import { describeBinding } from '../../core/scoring/describe-binding.ts';
import { planScoring, type ScoringPlan } from '../../core/scoring/plan-scoring.ts';
import type {
  LatencyRequest,
  ModelFile,
  ScoreRequest,
  Scorer,
  Scores,
  ScoringLimits,
} from '../../ports/scorer.ts';
import { createEncoder } from './encode-batch.ts';
import { makeRunnable, type OpenModel, openModel } from './model-file.ts';
import type { PayloadLayout } from './payload-layout.ts';
import { scoreAllRows } from './score-rows.ts';
import { tryLoad } from './try-load.ts';
import { startWorker, type WorkerSettings } from './worker-process.ts';
import type { ModelJob } from './worker-protocol.ts';

export type OnnxScorerSettings = WorkerSettings & {
  /** Threads that score, each with a model of its own; default: one for each core. Answers do not depend on it. */
  readonly threads?: number;
  /** Rows that are scored at once; answers do not depend on it, memory does. Default 2048. */
  readonly rowsPerBatch?: number;
};

/** Time and memory that scoring one model on one data set may take. */
const DEFAULT_LIMITS: ScoringLimits = { seconds: 600, memoryMegabytes: 4096 };

/** As many as the database hands over at once. Measured: larger batches are slower, since they outgrow the caches. */
const ROWS_PER_BATCH = 2048;

const MOST_THREADS = 8;

/** A larger model is loaded once, since every thread holds one of its own. */
const LARGE_MODEL_BYTES = 256 * 1024 ** 2;

/** Scores ONNX models in a child process; this process only reads their bytes. */
export function createOnnxScorer(settings: OnnxScorerSettings): Scorer {
  return {
    score: (request) => score(settings, request),

    async describe(model) {
      const { description, contract } = await openModel(model);
      const { signature, classes, externalData } = description;
      return { signature, ...(classes ? { classes } : {}), externalData, contract };
    },

    tryLoad: (model) => tryLoad(settings, model),

    measureLatency: (request) => measureLatency(settings, request),
  };
}

async function score(settings: OnnxScorerSettings, request: ScoreRequest): Promise<Scores> {
  const { rows } = request;
  const started = performance.now();
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  using worker = startWorker(settings, { limits, name: request.model.name });
  const open = await openModel(request.model);
  const plan = planFor(open, request, rows);
  await using runnable = await makeRunnable(open, settings.directory);
  const collector = new ScoreCollector({
    rowCount: rows.rowCount,
    plan: plan.output,
    classes: plan.classes,
    model: request.model.name,
  });
  const rowsPerBatch = roundUp(settings.rowsPerBatch ?? ROWS_PER_BATCH, plan.binding.batch ?? 1);
  await scoreAllRows({
    worker,
    rows,
    encoder: createEncoder(plan.binding),
    collector,
    jobFor: (layout) => describeJob(plan, { model: request.model, path: runnable.path, layout }),
    threads: threadsFor(open, settings, Math.ceil(rows.rowCount / rowsPerBatch)),
    rowsPerBatch,
    memoryMegabytes: limits.memoryMegabytes,
    onProgress: request.onProgress,
  });
  const collected = collector.finish();
  return {
    rowCount: rows.rowCount,
    ...collected,
    binding: describeBinding({
      binding: plan.binding,
      plan: plan.output,
      scale: collected.scale,
      zipMaps: open.description.zipMaps,
    }),
    signature: open.description.signature,
    seconds: (performance.now() - started) / 1000,
  };
}

function planFor(
  { description, file }: OpenModel,
  { task, classes, target }: Pick<ScoreRequest, 'task' | 'classes' | 'target'>,
  { columns }: RowSource,
): ScoringPlan {
  return planScoring(description, {
    task,
    columns,
    ...(classes === undefined ? {} : { classes }),
    ...(target === undefined ? {} : { target }),
    model: file.name,
  });
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function threadsFor(open: OpenModel, { threads }: OnnxScorerSettings, batches: number): number {
  const wanted =
    threads ?? (open.contract.bytes > LARGE_MODEL_BYTES ? 1 : Math.min(availableParallelism(), MOST_THREADS));
  return Math.max(1, Math.min(wanted, batches));
}

function describeJob(
  { output, classes }: ScoringPlan,
  {
    model,
    path,
    layout,
  }: { readonly model: ModelFile; readonly path: string; readonly layout: PayloadLayout },
): ModelJob {
  const { values, labels } = output;
  return {
    name: model.name,
    path,
    layout,
    outputs: { values, ...(labels === undefined ? {} : { labels }) },
    classes,
  };
}

async function measureLatency(
  settings: OnnxScorerSettings,
  request: LatencyRequest,
): Promise<readonly Float64Array[]> {
  const name = request.models.map((model) => model.name).join(' and ');
  using worker = startWorker(settings, { limits: DEFAULT_LIMITS, name });
  await using copies = new AsyncDisposableStack();
  const jobs = [];
  for (const [index, model] of request.models.entries()) {
    const rows = request.rows[index]!;
    const open = await openModel(model);
    const plan = planFor(open, request, rows);
    const { path } = copies.use(await makeRunnable(open, settings.directory));
    const encoder = createEncoder(plan.binding);
    for await (const batch of rows.batches(encoder.requests, Math.max(rows.rowCount, 1))) {
      const layout = encoder.layoutFor(batch);
      jobs.push({ ...describeJob(plan, { model, path, layout }), ...encodeOnce(encoder, batch) });
    }
  }
  const { memoryMegabytes } = DEFAULT_LIMITS;
  const reply = await worker.request({ kind: 'latency', jobs, runs: request.runs, memoryMegabytes });
  if (reply.kind !== 'latency') throw new Error('the scoring process answered something else');
  return reply.milliseconds;
}

/** Rows that cannot be fed were refused when they were scored; here they cost their time like any other. */
function encodeOnce(
  encoder: ReturnType<typeof createEncoder>,
  batch: RowBatch,
): { readonly payload: Uint8Array; readonly rowCount: number } {
  const payload = new Uint8Array(encoder.encode(batch, () => undefined));
  return { payload, rowCount: batch.rowCount };
}
