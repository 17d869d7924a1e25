/**
 * Models that scripts/reference/export-models.py made, in the folder that CONTENDER_REFERENCE_MODELS names. Without
 * it the tests over them are skipped and say so.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import type { Task } from '../../src/core/configuration/configuration.ts';

/** A model that a framework exported, and what the framework itself answers. */
export type PythonModel = {
  readonly name: string;
  readonly framework: string;
  /** What is special about it, in words. */
  readonly convention: string;
  readonly task: Task;
  /** In the order of the framework's predictions; null for a regression. */
  readonly classes: readonly string[] | null;
  /** Columns in the order the model was trained on. */
  readonly features: readonly string[];
  /** Paths below the folder. */
  readonly model: string;
  readonly rows: string;
  readonly predictions: string;
  readonly rowCount: number;
  /** Largest difference of a probability, or of a prediction as a share of the largest one. */
  readonly tolerance: number;
  readonly toleranceReason: string;
  /** How far onnxruntime in Python is from the framework, measured as tolerance; null where it was not compared. */
  readonly onnxruntimeDifference: number | null;
};

export type PythonPredictions = {
  /** One list of probabilities for each row, or one prediction. */
  readonly values: readonly (number | readonly number[])[];
  readonly labels: readonly string[] | null;
};

export type PythonModels = {
  readonly frameworks: readonly { readonly framework: string; readonly skipped?: string }[];
  /** Exports that the installed versions could not make. */
  readonly failures: readonly { readonly name: string; readonly reason: string }[];
  readonly models: readonly PythonModel[];
};

const given = process.env.CONTENDER_REFERENCE_MODELS;
const folder = given ? resolve(given) : undefined;

/** The list of models, empty without the folder. */
export const pythonModels: PythonModels = folder
  ? (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as PythonModels)
  : { frameworks: [], failures: [], models: [] };

/** The path of a file of the folder. */
export function pythonModelPath(relativePath: string): string {
  return join(folder ?? '', relativePath);
}

export function readPredictions(model: PythonModel): PythonPredictions {
  return JSON.parse(readFileSync(pythonModelPath(model.predictions), 'utf8')) as PythonPredictions;
}

/** A block of tests over the models; without them it is skipped and its name says why. */
export function describeWithPythonModels(name: string, body: () => void): void {
  const title = folder ? name : `${name} (skipped: CONTENDER_REFERENCE_MODELS is not set)`;
  describe.skipIf(folder === undefined)(title, body);
}
