import { basename, dirname, join, resolve } from 'node:path';
import type { TrainingConfiguration } from '../../core/configuration/configuration.ts';
import { renderCsv } from '../../core/data/render-csv.ts';
import type { Table } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { checkWeightsNames } from '../../core/release/asset-names.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import { findWeights } from '../model-files.ts';
import type { StageWorld } from '../stage.ts';
import type { MadeModel } from './train-built-in.ts';

type CommandTrainingRequest = {
  readonly training: Extract<TrainingConfiguration, { kind: 'command' }>;
  /** The training rows, as `readCommandRows` gives them. */
  readonly rows: Table;
  readonly world: StageWorld;
  readonly commands: CommandRunner;
  /** Directory of the config; the command starts in it. */
  readonly directory: string;
  /** Where the model has to end up, absolute. */
  readonly path: string;
  /** Where the command is asked to leave it, absolute; absent: where the config says. */
  readonly leftAt?: string;
};

/** All columns of the training rows as a command gets them. */
export function readCommandRows(data: DataSet): Promise<Table> {
  return data.read(data.columns.map((column) => ({ name: column.name, as: readAs(column.type) })));
}

/**
 * Trains by the user's command. It gets the training rows as CSV and says in files what it made; its
 * environment holds no token.
 * @throws InputError when it fails or leaves no model, or one whose files a release cannot keep.
 */
export async function trainByCommand(request: CommandTrainingRequest): Promise<MadeModel> {
  const { training, rows: table, world, directory, path } = request;
  const { files } = world;
  const temporary = await files.temporaryDirectory('training');
  const rows = join(temporary, 'training.csv');
  const metricsPath = join(temporary, 'metrics.json');
  await files.writeChunks(rows, renderCsv(table));
  const modelPath = request.leftAt ?? resolve(directory, training.model);
  // A model of an earlier run must not pass for this one's; a directory is never removed.
  if (await files.exists(modelPath)) {
    await files.digest(modelPath);
    await files.remove(modelPath);
  }
  const result = await request.commands.run({
    command: training.command,
    directory,
    environment: {
      CONTENDER_TRAINING_DATA: rows,
      CONTENDER_MODEL_PATH: modelPath,
      CONTENDER_METRICS_PATH: metricsPath,
      CONTENDER_SEED: String(training.seed),
      CONTENDER_PARAMETERS: JSON.stringify(training.parameters),
    },
    onOutput: (line) => world.log.info(line),
  });
  if (result.exitCode !== 0) {
    throw new InputError(
      `training.command ended with code ${result.exitCode}: ${training.command}; its last words: ${result.lastOutput.trim().slice(-500)}`,
    );
  }
  if (!(await files.exists(modelPath))) {
    throw new InputError(
      request.leftAt === undefined
        ? `training.command ended well but left no model at ${training.model} (training.model, also in CONTENDER_MODEL_PATH)`
        : `training.command ended well but left no model at the path in CONTENDER_MODEL_PATH, which is a temporary one here, so that ${training.model} stays as it is; let the command write to that path`,
    );
  }
  await keepModel(modelPath, path, world);
  return {
    rows: table.rowCount,
    metrics: await readMetrics(files, metricsPath),
    parameters: training.parameters,
    environment: { command: training.command },
  };
}

/**
 * Copies the model and the files beside it that it names. Those need not be of this run, as the model file
 * must: weights that never change may lie in the repository.
 */
async function keepModel(from: string, to: string, world: StageWorld): Promise<void> {
  const weights = await findWeights({ path: from, name: 'the trained model' }, world);
  checkWeightsNames(weights, basename(to));
  for (const name of weights) await world.files.copy(join(dirname(from), name), join(dirname(to), name));
  await world.files.copy(from, to);
}

/** Whole numbers may be longer than a double can hold, so they are written as their text, and dates likewise. */
function readAs(type: string): 'number' | 'text' {
  return type === 'number' ? 'number' : 'text';
}

async function readMetrics(files: Files, path: string): Promise<Record<string, number>> {
  const text = await files.readText(path);
  if (text === undefined) return {};
  const refusal = `training.command wrote to CONTENDER_METRICS_PATH what is no JSON object of numbers: ${text.slice(0, 200)}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(refusal, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InputError(refusal);
  const entries = Object.entries(value);
  if (entries.some(([, metric]) => typeof metric !== 'number' || !Number.isFinite(metric)))
    throw new InputError(refusal);
  return Object.fromEntries(entries) as Record<string, number>;
}
