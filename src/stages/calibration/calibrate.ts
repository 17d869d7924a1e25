import { calibrateMetric, FEWEST_RETRAININGS } from '../../core/calibration/calibrate-metric.ts';
import type { Calibration, MetricCalibration } from '../../core/calibration/calibration.ts';
import { DEFAULT_CONFIDENCE } from '../../core/comparison/defaults.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import { findChampion, type JudgedModel, modelAt, withOwnFeatures } from '../comparison/judged-models.ts';
import { readHoldout } from '../comparison/read-holdout.ts';
import type { Exam } from '../exam.ts';
import type { StageWorld } from '../stage.ts';
import type { TrainPorts } from '../training/train-model.ts';
import { checkHoldout } from './check-holdout.ts';
import { type ChosenMetrics, chooseMetrics } from './choose-metrics.ts';
import { type JudgedRetrainings, judgeRetrainings } from './judge-retrainings.ts';
import { type CalibrationModel, makeRetrainings, type Retrainings } from './make-retrainings.ts';

export type CalibrateRequest = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  /** `release`, `none`, a version or a path; undefined: the release where there are releases and one of them. */
  readonly champion: string | undefined;
  /** Paths of models that were retrained elsewhere; none: they are trained here. */
  readonly models: readonly string[];
  /** How many are trained here. */
  readonly retrainings: number;
  /** Share of the training rows that each gets, above 0, at most 1. */
  readonly share: number;
  /** Metrics to calibrate beside the primary one; none: guardrails, and metrics of gates. */
  readonly metrics: readonly string[];
};

export type CalibratePorts = TrainPorts & { readonly registry: ModelRegistry | undefined };

const MOST_RETRAININGS = 200;

/**
 * Finds out what retraining alone does to each metric on the holdout, and proposes margins that it can resolve.
 * Writes nothing.
 * @throws InputError when there is too little to learn from, or no champion and no recipe.
 */
export async function calibrate(request: CalibrateRequest, ports: CalibratePorts): Promise<Calibration> {
  checkRequest(request);
  const { exam, windows, metrics: asked } = request;
  const { configuration } = exam;
  const { world, engine, scorer } = ports;
  const { log } = world;
  const chosen = chooseMetrics(configuration, asked);
  const holdout = await log.group('Read the holdout', () =>
    readHoldout({
      configuration: withoutSlices(configuration),
      directory: exam.directory,
      windows,
      ports: { engine, scorer },
      log,
    }),
  );
  checkHoldout(holdout);
  const found = await findGivenChampion(request, ports);
  const made = await log.group('Train the recipe again', () => findRetrainings(request, found, ports));
  const champion = found ?? made.champion;
  if (champion === undefined) throw new Error('neither a champion nor the recipe stands for one');
  refuseChampionItself(request, champion, made);
  const judged = await log.group('Judge the retrainings', () =>
    judgeRetrainings(
      {
        holdout,
        champion,
        retrainings: made.retrainings,
        metrics: chosen.metrics.map(({ metric }) => metric),
        directory: exam.headDirectory,
      },
      ports,
    ),
  );
  return describe({ request, champion, isTrainedHere: found === undefined, made, judged, chosen, world });
}

function checkRequest({ models, retrainings, share }: CalibrateRequest): void {
  if (models.length > 0) {
    const twice = models.find((path, index) => models.indexOf(path) !== index);
    if (twice !== undefined)
      throw new InputError(`--models names ${twice} twice; each retraining counts once`);
    if (models.length < FEWEST_RETRAININGS) {
      throw new InputError(
        `--models names ${models.length}; a spread takes at least ${FEWEST_RETRAININGS}, and a dozen gives a margin to rely on`,
      );
    }
  } else if (!(retrainings >= FEWEST_RETRAININGS && retrainings <= MOST_RETRAININGS)) {
    throw new InputError(
      `--retrainings is ${retrainings}; allowed: ${FEWEST_RETRAININGS} to ${MOST_RETRAININGS} (12 is the default)`,
    );
  }
  if (!(share > 0 && share <= 1)) {
    throw new InputError(
      `--share is ${share}; write a share of the training rows above 0, at most 1, such as 0.9`,
    );
  }
}

/** Slices are not calibrated, and reading them takes time. */
function withoutSlices(configuration: Configuration): Configuration {
  return { ...configuration, comparison: { ...configuration.comparison, slices: [] } };
}

async function findGivenChampion(
  { exam, champion: wanted }: CalibrateRequest,
  { registry, world }: CalibratePorts,
): Promise<CalibrationModel | undefined> {
  if (wanted === undefined && registry === undefined) return undefined;
  const model = await findChampion({
    model: exam.championModel,
    wanted: wanted ?? 'release',
    registry,
    world,
  });
  if (model === undefined) return undefined;
  return givenModel(await withOwnFeatures(model, exam, world.files));
}

function givenModel(model: JudgedModel): CalibrationModel {
  const facts = { digest: model.digest, origin: model.origin };
  return { model, facts, isOnnx: model.manifest?.signature !== undefined };
}

async function findRetrainings(
  request: CalibrateRequest,
  champion: CalibrationModel | undefined,
  ports: CalibratePorts,
): Promise<Retrainings> {
  const { exam, windows, models, share } = request;
  const { training } = exam.configuration;
  const withChampion = champion === undefined;
  if (withChampion)
    ports.world.log.info(`no champion: the recipe itself plays it, trained on all training rows`);
  const given: CalibrationModel[] = [];
  for (const path of models) {
    const model = await modelAt(path, `retraining ${path}`, ports.world);
    given.push(givenModel(await withOwnFeatures(model, exam, ports.world.files)));
  }
  if (given.length > 0 && !withChampion) return { retrainings: given, sampled: 'rows', notes: [] };
  if (training === undefined) throw withoutRecipe(given.length > 0);
  const count = given.length > 0 ? 0 : request.retrainings;
  const made = await makeRetrainings({ exam, windows, training, count, share, withChampion }, ports);
  return given.length > 0 ? { ...made, retrainings: given } : made;
}

function withoutRecipe(hasModels: boolean): InputError {
  const how =
    'write `training: {learner: gradient-boosting}` or a training.command in the config, or give --learner';
  return new InputError(
    hasModels
      ? `there is no champion, and nothing says how to train one; name it with --champion, or ${how}`
      : `nothing says how to train; ${how}, or name models that were retrained elsewhere with --models`,
  );
}

function refuseChampionItself(
  { models }: CalibrateRequest,
  { model }: CalibrationModel,
  { retrainings }: Retrainings,
): void {
  if (models.length === 0) return;
  const same = retrainings.find(({ facts }) => facts.digest === model.digest);
  if (same === undefined) return;
  throw new InputError(
    `--models names ${same.model.origin}, which is the champion itself; name models that were trained again`,
  );
}

type Found = {
  readonly request: CalibrateRequest;
  readonly champion: CalibrationModel;
  readonly isTrainedHere: boolean;
  readonly made: Retrainings;
  readonly judged: JudgedRetrainings;
  readonly chosen: ChosenMetrics;
  readonly world: StageWorld;
};

function describe({ request, champion, isTrainedHere, made, judged, chosen, world }: Found): Calibration {
  const { exam, models, share } = request;
  const { configuration } = exam;
  const { comparison } = configuration;
  const metrics = chosen.metrics.map(
    ({ metric, role }, index): MetricCalibration =>
      calibrateMetric({
        role,
        champion: judged.champion[index]!,
        retrainings: judged.retrainings.map((found) => found[index]!),
        pairs: judged.pairs.map((found) => found[index]!),
        units: judged.units,
        configured: comparison.margins[metric.name],
      }),
  );
  return {
    kind: 'calibration',
    schemaVersion: 1,
    model: configuration.model,
    task: configuration.task,
    tool: world.tool,
    champion: {
      origin: isTrainedHere ? 'trained here' : champion.model.origin,
      digest: champion.model.digest,
    },
    ...(models.length > 0 ? {} : { share, sampled: made.sampled }),
    retrainings: made.retrainings.map(({ facts }) => facts),
    holdout: judged.facts,
    confidence: DEFAULT_CONFIDENCE,
    primary: chosen.metrics[0]!.metric.name,
    defaultGate: comparison.gates === undefined,
    metrics,
    notes: [...made.notes, ...chosen.notes, ...budgetNotes(configuration)],
  };
}

/** The budget of the holdout spends confidence with each use, which widens the interval that a margin has to hold. */
function budgetNotes({ comparison }: Configuration): readonly string[] {
  if (comparison.holdoutBudget !== 'enforce') return [];
  return [
    'holdout-budget is enforce: these figures are at 95 %, and a comparison is judged at more, the more often the holdout was used; margins have to be wider then',
  ];
}
