import { basename, join } from 'node:path';
import type { RetrainingFacts } from '../../core/calibration/calibration.ts';
import { chooseSample } from '../../core/calibration/choose-sample.ts';
import type { TrainingConfiguration } from '../../core/configuration/configuration.ts';
import { type Column, type ColumnDescription, findColumn, takeRows } from '../../core/data/table.ts';
import type { Windows } from '../../core/documents/training.ts';
import { formatCount } from '../../core/report/format-number.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import { chooseColumns, chooseFeatureColumns } from '../data/feature-columns.ts';
import { openRole, readFeatures } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';
import { identifyModel } from '../model-files.ts';
import { placeOfModel, settleModel } from '../training/place-model.ts';
import { readTrainingRows, takeTrainingRows, trainBuiltIn } from '../training/train-built-in.ts';
import { readCommandRows, trainByCommand } from '../training/train-by-command.ts';
import type { TrainPorts } from '../training/train-model.ts';

/** A model that is judged for the calibration. */
export type CalibrationModel = {
  readonly model: JudgedModel;
  readonly facts: RetrainingFacts;
  /** Known to be ONNX, so that it is run here whatever the config says of scoring. */
  readonly isOnnx: boolean;
};

export type RetrainingPlan = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  readonly training: TrainingConfiguration;
  readonly count: number;
  /** Share of the training rows, or of their groups, that each retraining gets. */
  readonly share: number;
  /** Whether the recipe is also trained once on all rows, to play the champion. */
  readonly withChampion: boolean;
};

export type Retrainings = {
  readonly champion?: CalibrationModel;
  readonly retrainings: readonly CalibrationModel[];
  readonly sampled: 'rows' | 'groups';
  readonly notes: readonly string[];
};

/**
 * Trains the recipe again and again, with other seeds and on other shares of the training rows, which are read
 * once. All files are temporary: the evidence of a training and the model of the repository stay as they are.
 */
export async function makeRetrainings(plan: RetrainingPlan, ports: TrainPorts): Promise<Retrainings> {
  const { exam, windows, training, count, share } = plan;
  const { configuration, headDirectory } = exam;
  const features = await readFeatures(ports.world.files, configuration, headDirectory);
  await using data = await openRole(ports.engine, {
    role: 'training',
    configuration,
    directory: headDirectory,
    windows,
    ...(features ? { features } : {}),
  });
  const choose = training.kind === 'command' ? chooseColumns : chooseFeatureColumns;
  const columns = choose(configuration, data.columns).map(({ name, type }) => ({ name, type }));
  const source = await openSource({ plan, data, columns }, ports);
  const make = (own: OwnTraining) => makeOne({ plan, source, columns, features, own }, ports);
  const champion = plan.withChampion
    ? await make({ name: 'recipe', seed: training.seed, rows: undefined })
    : undefined;
  const retrainings: CalibrationModel[] = [];
  for (let number = 1; number <= count; number++) {
    ports.world.log.progress('retrainings', number - 1, count);
    const seed = training.seed + number;
    const rows = chooseSample({
      rowCount: source.rowCount,
      ...(source.group ? { groups: source.group } : {}),
      share,
      // The sample must not follow from the draws that the learner makes with the same seed.
      seed: Number.parseInt(ports.world.sha256(`sample of retraining ${seed}`).slice(0, 8), 16),
    });
    retrainings.push(await make({ name: `retraining ${number}`, seed, rows }));
  }
  ports.world.log.progress('retrainings', count, count);
  const sampled = source.group ? 'groups' : 'rows';
  return { ...(champion ? { champion } : {}), retrainings, sampled, notes: source.notes };
}

/** Training rows in memory, and how a model is made of some of them. */
type Source = {
  readonly rowCount: number;
  readonly group?: Column;
  readonly notes: readonly string[];
  /** @param rows positions; undefined: all rows. */
  train(rows: Uint32Array | undefined, seed: number, paths: TrainPaths): Promise<void>;
};

type TrainPaths = { readonly path: string; readonly leftAt: string };

type SourceRequest = {
  readonly plan: RetrainingPlan;
  readonly data: DataSet;
  readonly columns: readonly ColumnDescription[];
};

async function openSource({ plan, data, columns }: SourceRequest, ports: TrainPorts): Promise<Source> {
  const { training, exam } = plan;
  const { world, commands } = ports;
  const { configuration, headDirectory: directory } = exam;
  const { name: group, notes } = findGroup(data, configuration.data.group);
  if (training.kind === 'command') {
    const table = await readCommandRows(data);
    const column = group === undefined ? undefined : findColumn(table, group);
    return {
      rowCount: table.rowCount,
      ...(column ? { group: column } : {}),
      notes,
      async train(rows, seed, paths) {
        const own = { ...training, seed };
        const taken = rows === undefined ? table : takeRows(table, rows);
        await trainByCommand({ training: own, rows: taken, world, commands, directory, ...paths });
      },
    };
  }
  const all = await readTrainingRows({
    data,
    configuration,
    columns,
    ...(group === undefined ? {} : { group }),
  });
  return {
    rowCount: all.features.rowCount,
    ...(all.group ? { group: all.group } : {}),
    notes,
    async train(rows, seed, { path }) {
      const own = { ...training, seed };
      const taken = rows === undefined ? all : takeTrainingRows(all, rows);
      await trainBuiltIn({ training: own, configuration, rows: taken, world, path });
    },
  };
}

function findGroup(data: DataSet, group: string | undefined) {
  if (group === undefined || data.columns.some(({ name }) => name === group)) {
    return { name: group, notes: [] };
  }
  const note =
    'single training rows are drawn, not whole groups: the features query drops data.group; keep that column in it';
  return { name: undefined, notes: [note] };
}

type OwnTraining = {
  readonly name: string;
  readonly seed: number;
  /** Undefined: all rows. */
  readonly rows: Uint32Array | undefined;
};

type MakeRequest = {
  readonly plan: RetrainingPlan;
  readonly source: Source;
  readonly columns: readonly ColumnDescription[];
  readonly features: JudgedModel['features'];
  readonly own: OwnTraining;
};

async function makeOne(
  { plan, source, columns, features, own }: MakeRequest,
  ports: TrainPorts,
): Promise<CalibrationModel> {
  const { world } = ports;
  const directory = await world.files.temporaryDirectory('calibration');
  const place = placeOfModel(plan.training, plan.exam);
  const path = join(directory, place.path);
  const rows = own.rows?.length ?? source.rowCount;
  world.log.info(`${own.name}: ${formatCount(rows)} training rows, seed ${own.seed}`);
  const left = await world.files.temporaryDirectory('calibration-command');
  await source.train(own.rows, own.seed, { path, leftAt: join(left, basename(place.path)) });
  const settled = await settleModel(place, directory, ports);
  const file = { path: join(directory, settled.path), name: own.name };
  const whole = await identifyModel(file, world);
  const model: JudgedModel = {
    ...whole,
    ...file,
    origin: own.name,
    featureColumns: columns,
    ...(features ? { features } : {}),
  };
  const facts = { digest: whole.digest, seed: own.seed, rows };
  return { model, facts, isOnnx: settled.signature !== undefined };
}
