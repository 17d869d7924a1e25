import { join, resolve } from 'node:path';
import type { TrainingConfiguration } from '../../core/configuration/configuration.ts';
import type { ColumnDescription } from '../../core/data/table.ts';
import type { DocumentHeader } from '../../core/documents/common.ts';
import type { CompletedTraining, Windows } from '../../core/documents/training.ts';
import { EXIT_CODE, InputError } from '../../core/errors.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Scorer } from '../../ports/scorer.ts';
import { describeReading } from '../data/describe-reading.ts';
import { chooseColumns, chooseFeatureColumns } from '../data/feature-columns.ts';
import { openRole, readFeatures } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';
import { recordFingerprint, takeFingerprint } from '../leakage/take-fingerprint.ts';
import type { ModelSetup } from '../load-models.ts';
import { identifyModel } from '../model-files.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { findEarlier } from './earlier-result.ts';
import { MODEL_FOLDER, type ModelPlace, placeOfModel, settleModel } from './place-model.ts';
import { type MadeModel, readTrainingRows, trainBuiltIn } from './train-built-in.ts';
import { readCommandRows, trainByCommand } from './train-by-command.ts';

export type TrainRequest = {
  readonly setup: ModelSetup;
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  readonly seed: number | undefined;
  readonly cache: boolean;
};

export type TrainPorts = {
  readonly world: StageWorld;
  readonly engine: DataEngine;
  readonly scorer: Scorer;
  readonly commands: CommandRunner;
};

const FEATURES_PATH = `${MODEL_FOLDER}/features.sql`;

/** Trains the challenger, unless an earlier result was made from the same code, data and parameters. */
export function runTrainModel(request: TrainRequest, ports: TrainPorts): Promise<StageResult<'training'>> {
  const { setup } = request;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  return runStage('training', { world: ports.world, target }, async (header) => {
    const document = await train(request, ports, header);
    const model = join(setup.evidenceDirectory, document.path);
    const outputs = {
      verdict: document.verdict,
      model,
      digest: document.digest,
      cached: String(document.verdict === 'cached'),
    };
    return { document, exitCode: EXIT_CODE.passed, outputs };
  });
}

async function train(
  request: TrainRequest,
  ports: TrainPorts,
  header: DocumentHeader,
): Promise<CompletedTraining> {
  const { setup, exam, windows } = request;
  const { configuration } = exam;
  const training = withSeed(configuration.training, request.seed);
  const features = await readFeatures(ports.world.files, configuration, exam.headDirectory);
  await using data = await openRole(ports.engine, {
    role: 'training',
    configuration,
    directory: exam.headDirectory,
    windows,
    ...(features ? { features } : {}),
  });
  ports.world.log.info(describeReading(data));
  // A command gets all rows as text and makes of them what it likes; a learner takes numbers and text.
  const choose = training.kind === 'command' ? chooseColumns : chooseFeatureColumns;
  const columns = choose(configuration, data.columns);
  const facts: TrainingFacts = {
    training,
    columns,
    features: features?.sql,
    windows,
    dataDigest: await data.digest(),
    toolVersion: ports.world.tool.version,
    task: configuration.task,
    target: configuration.data.target,
    positiveClass: configuration.data.positiveClass,
    weight: configuration.data.weight,
  };
  const recipe = ports.world.sha256(JSON.stringify(facts));
  // What a command runs is not known here, so that only its running tells whether it made the same model.
  const mayKeep = request.cache && training.kind === 'learner';
  const earlier = mayKeep ? await findEarlier(setup, ports.world, recipe) : undefined;
  if (earlier) {
    ports.world.log.info(
      `code, data and parameters are unchanged: kept the model ${earlier.digest.slice(0, 12)}`,
    );
    return { ...earlier, ...header, verdict: 'cached' };
  }
  // Before a command runs, which may change the files.
  const fingerprint = await takeFingerprint(
    {
      exam,
      windows,
      data,
      isQueried: features !== undefined,
      onlyLabelled: training.kind === 'learner',
    },
    { engine: ports.engine, log: ports.world.log },
  );
  const make = { request, ports, training, data, columns, place: placeOfModel(training, exam) };
  // Files of an earlier run, under another name perhaps, must not be taken for this one's.
  await ports.world.files.remove(join(setup.evidenceDirectory, MODEL_FOLDER));
  const made = await makeModel(make);
  return await recordModel(make, { made, facts, recipe, header, fingerprint });
}

type RecordFacts = {
  readonly made: MadeModel;
  readonly facts: TrainingFacts;
  readonly recipe: string;
  readonly header: DocumentHeader;
  /** Of the training rows. */
  readonly fingerprint: Uint8Array | undefined;
};

/** The document of a model that was just made, whose file lies in the evidence folder. */
async function recordModel(
  { request, ports, training, data, columns, place }: MakeRequest,
  { made, facts, recipe, header, fingerprint }: RecordFacts,
): Promise<CompletedTraining> {
  const { setup, exam, windows } = request;
  const { configuration } = exam;
  const { path, signature } = await settleModel(place, setup.evidenceDirectory, ports);
  if (facts.features !== undefined) {
    await ports.world.files.write(join(setup.evidenceDirectory, FEATURES_PATH), facts.features);
  }
  const recorded = await recordFingerprint(
    fingerprint,
    { evidenceDirectory: setup.evidenceDirectory, folder: MODEL_FOLDER },
    ports.world,
  );
  const file = { path: join(setup.evidenceDirectory, path), name: 'the trained model' };
  const { digest, bytes, files } = await identifyModel(file, ports.world);
  return {
    kind: 'training',
    schemaVersion: 1,
    model: configuration.model,
    task: configuration.task,
    ...header,
    inputs: data.files.map((file) => ({ role: 'training', ...file })),
    measured: {},
    verdict: 'trained',
    ...(training.kind === 'learner' ? { learner: training.learner } : { command: training.command }),
    parameters: { ...made.parameters },
    seed: training.seed,
    digest,
    path,
    bytes,
    ...(files.length === 0 ? {} : { files: [...files] }),
    rows: made.rows,
    metrics: made.metrics,
    ...(made.importance ? { importance: [...made.importance] } : {}),
    environment: made.environment,
    data: facts.dataDigest,
    ...(windows ? { windows } : {}),
    recipe,
    ...(signature ? { signature } : {}),
    featureColumns: columns.map(({ name, type }) => ({ name, type })),
    ...(facts.features === undefined ? {} : { features: FEATURES_PATH }),
    ...recorded,
  };
}

/** Everything the bytes of a model depend on. */
type TrainingFacts = {
  readonly training: TrainingConfiguration;
  readonly columns: readonly ColumnDescription[];
  readonly features: string | undefined;
  readonly windows: Windows | undefined;
  readonly dataDigest: string;
  readonly toolVersion: string;
  readonly task: string;
  readonly target: string | undefined;
  readonly positiveClass: string | undefined;
  readonly weight: string | undefined;
};

function withSeed(
  training: TrainingConfiguration | undefined,
  seed: number | undefined,
): TrainingConfiguration {
  if (training === undefined) {
    throw new InputError(
      'nothing says how to train; write `training: {learner: gradient-boosting}` or a training.command in the config, or give --learner gradient-boosting',
    );
  }
  return seed === undefined ? training : { ...training, seed };
}

type MakeRequest = {
  readonly request: TrainRequest;
  readonly ports: TrainPorts;
  readonly training: TrainingConfiguration;
  readonly data: DataSet;
  readonly columns: readonly ColumnDescription[];
  readonly place: ModelPlace;
};

/** Leaves the model file in the evidence folder and tells how it was made. */
async function makeModel(make: MakeRequest): Promise<MadeModel> {
  const { request, ports, training, data, columns } = make;
  const { world, commands } = ports;
  const { configuration, headDirectory: directory } = request.exam;
  const path = resolve(request.setup.evidenceDirectory, make.place.path);
  if (training.kind === 'command') {
    const rows = await readCommandRows(data);
    return trainByCommand({ training, rows, world, commands, directory, path });
  }
  const rows = await readTrainingRows({ data, configuration, columns });
  return trainBuiltIn({ training, configuration, rows, world, path });
}
