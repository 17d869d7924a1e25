import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Task } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/errors.ts';
import { readModel } from '../../core/onnx/read-model.ts';
import { bindInputs } from '../../core/scoring/bind-inputs.ts';
import { chooseOutput } from '../../core/scoring/choose-output.ts';
import { describeModel, type ModelDescription } from '../../core/scoring/describe-model.ts';
import type { LatencyRequest, ModelFile, ScoreRequest, Scorer, ScoringLimits } from '../../ports/scorer.ts';
import { callWorker, type WorkerSettings } from './worker-process.ts';
import type { WorkerJob } from './worker-protocol.ts';

/** Time and memory that scoring one model on one data set may take. */
const DEFAULT_LIMITS: ScoringLimits = { seconds: 600, memoryMegabytes: 4096 };

/** ONNX files hold at most 2 GB; anything larger is no model. */
const MAX_MODEL_BYTES = 2 * 1024 ** 3;

/** Scores ONNX models in a child process; this process only reads their bytes. */
export function createOnnxScorer(settings: WorkerSettings): Scorer {
  return {
    async score(request) {
      const description = await readDescription(request.model);
      const job = planJob(request, description);
      const answer = await callWorker(settings, {
        request: { kind: 'score', job },
        limits: request.limits ?? DEFAULT_LIMITS,
        name: request.model.name,
        ...(request.onProgress ? { onProgress: request.onProgress } : {}),
      });
      if (answer.kind !== 'scores') throw new Error('the scoring process answered something else');
      const { binding } = job;
      return {
        rowCount: job.rowCount,
        ...answer.scores,
        binding: binding.by,
        signature: description.signature,
      };
    },

    async describe(model) {
      const { signature, classes, externalData } = await readDescription(model);
      return { signature, ...(classes ? { classes } : {}), externalData };
    },

    measureLatency: (request) => measureLatency(settings, request),
  };
}

async function measureLatency(
  settings: WorkerSettings,
  request: LatencyRequest,
): Promise<readonly Float64Array[]> {
  const jobs = await Promise.all(
    request.models.map(async (model, index) => {
      const table = request.tables[index]!;
      const { task, classes } = request;
      return planJob({ model, table, task, ...(classes ? { classes } : {}) }, await readDescription(model));
    }),
  );
  const answer = await callWorker(settings, {
    request: { kind: 'latency', jobs, runs: request.runs },
    limits: DEFAULT_LIMITS,
    name: request.models.map((model) => model.name).join(' and '),
  });
  if (answer.kind !== 'latency') throw new Error('the scoring process answered something else');
  return answer.milliseconds;
}

async function readDescription(model: ModelFile): Promise<ModelDescription> {
  const { name, path } = model;
  const bytes = await readBounded(model);
  return describeModel(
    readModel(bytes, name.includes(basename(path)) ? name : `${name} (${basename(path)})`),
    name,
  );
}

async function readBounded({ path, name }: ModelFile): Promise<Uint8Array> {
  const handle = await open(path).catch((cause) => {
    throw new InputError(`${name}: the model file ${path} cannot be read: ${(cause as Error).message}`, {
      location: { file: path },
      cause,
    });
  });
  try {
    const stats = await handle.stat();
    const { size } = stats;
    if (!stats.isFile()) throw new InputError(`${name}: ${path} is no file`, { location: { file: path } });
    if (size > MAX_MODEL_BYTES)
      throw new InputError(`${name}: ${path} has ${size} bytes; a model has at most ${MAX_MODEL_BYTES}`);
  } finally {
    await handle.close();
  }
  return await readFile(path);
}

type PlanRequest = Pick<ScoreRequest, 'model' | 'table' | 'classes'> & { readonly task: Task };

function planJob(request: PlanRequest, description: ModelDescription): WorkerJob {
  const { model, table, task } = request;
  const classes = request.classes ?? description.classes ?? [];
  const modelClasses = description.classes;
  return {
    name: model.name,
    path: model.path,
    columns: table.columns,
    rowCount: table.rowCount,
    binding: bindInputs(description.signature, table, model.name),
    output: chooseOutput({
      signature: description.signature,
      task,
      classes,
      ...(modelClasses ? { modelClasses } : {}),
      model: model.name,
    }),
    classes: task === 'regression' || task === 'ranking' ? [] : classes,
  };
}
