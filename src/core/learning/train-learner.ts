import { readTruth } from '../comparison/truth.ts';
import type { ParameterValue } from '../configuration/configuration.ts';
import type { Column } from '../data/table.ts';
import { InputError } from '../errors.ts';
import { exportEnsemble } from '../onnx/export-ensemble.ts';
import { type TrainingProgress, type TrainingReport, trainGradientBoosting } from './boosting.ts';
import { describeGradientBoostingParameters, parseGradientBoostingParameters } from './parameters.ts';

export type LearnerRequest = {
  readonly learner: 'gradient-boosting' | 'linear';
  readonly task: string;
  readonly features: readonly Column[];
  readonly target: Column;
  readonly weights?: Float64Array;
  readonly positiveClass: string | undefined;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** Name of the model and version of the tool, kept in the file. */
  readonly model: string;
  readonly toolVersion: string;
  readonly onProgress?: (progress: TrainingProgress) => void;
};

export type LearnedModel = {
  readonly bytes: Uint8Array;
  readonly report: TrainingReport;
  /** Every setting, defaults included. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
};

/**
 * Trains a built-in learner on rows that all have a label and writes it as ONNX that takes raw columns.
 * @throws InputError for a task or learner that cannot be trained here, wrong parameters, or data that
 *   cannot be trained on.
 */
export function trainLearner(request: LearnerRequest): LearnedModel {
  if (request.learner === 'linear') {
    throw new InputError(
      'training.learner is linear, which is not built yet; use gradient-boosting or training.command',
    );
  }
  const { target, classes } = prepareTarget(request);
  const objective = classes ? 'binary' : 'regression';
  const parameters = parseGradientBoostingParameters(request.parameters, objective);
  const { ensemble, report } = trainGradientBoosting({
    features: request.features,
    target,
    weights: request.weights,
    objective,
    parameters,
    seed: request.seed,
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
  });
  const bytes = exportEnsemble(ensemble, {
    name: request.model,
    toolVersion: request.toolVersion,
    ...(classes ? { classes } : {}),
  });
  return { bytes, report, parameters: describeGradientBoostingParameters(parameters) };
}

type ClassPair = readonly [number, number] | readonly [string, string];

function prepareTarget(request: LearnerRequest): {
  readonly target: Float64Array;
  readonly classes?: ClassPair;
} {
  const { task, target, positiveClass } = request;
  if (task === 'regression') {
    const truth = readTruth({ task, target, positiveClass: undefined });
    if (truth.task !== 'regression') throw new Error('a regression target was read as classes');
    return { target: truth.values };
  }
  if (task !== 'binary-classification') {
    throw new InputError(
      `the built-in learner trains binary-classification and regression, not ${task}; use training.command`,
    );
  }
  const truth = readTruth({ task, target, positiveClass });
  if (!('classes' in truth)) throw new Error('a binary target was read as numbers');
  return { target: Float64Array.from(truth.codes), classes: classLabels(truth.classes) };
}

/** Whole numbers stay numbers in the model, as converters write them; `01` is a text, since 1 would be another class. */
function classLabels([negative = '', positive = '']: readonly string[]): ClassPair {
  const numbers = [Number(negative), Number(positive)] as const;
  const whole = numbers.every(Number.isSafeInteger) && String(numbers) === String([negative, positive]);
  return whole ? numbers : [negative, positive];
}
