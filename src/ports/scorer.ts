import type { Task } from '../core/configuration/configuration.ts';
import type { RowSource } from '../core/data/row-source.ts';
import type { ModelSignature } from '../core/documents/training.ts';
import type { ModelContract } from '../core/onnx/model-contract.ts';
import type { BindingReport } from '../core/scoring/describe-binding.ts';
import type { ScoreScale } from '../core/scoring/score-scale.ts';

/**
 * Runs models on rows. A model is hostile until proven otherwise: it is loaded in another process, under
 * limits of time and memory, and never in this one.
 */
export interface Scorer {
  /**
   * Scores every row.
   * @throws InputError when the file is no model, cannot be bound to the columns (with both lists side by
   *   side), gives no usable output, fails, or exceeds a limit; OutsideError when its process dies otherwise.
   */
  score(request: ScoreRequest): Promise<Scores>;

  /** Reads what a model takes and gives, without running it. @throws InputError as `score`. */
  describe(model: ModelFile): Promise<ModelSummary>;

  /**
   * Asks the runtime to load a model, in the other process and within a minute, without running it.
   * @throws InputError when that exceeds a limit; OutsideError when the process dies otherwise.
   */
  tryLoad(model: ModelFile): Promise<LoadAnswer>;

  /**
   * Wall-clock milliseconds of scoring the same rows, one value a run, models interleaved so that what
   * the machine does meanwhile hits each of them alike.
   */
  measureLatency(request: LatencyRequest): Promise<readonly Float64Array[]>;
}

export type ModelSummary = {
  readonly signature: ModelSignature;
  /** Classes in the order of the probabilities, where the model names them. */
  readonly classes?: readonly string[];
  /** Files beside the model that hold its weights, as written in it. */
  readonly externalData: readonly string[];
  readonly contract: ModelContract;
};

export type LoadAnswer = {
  /** Version of ONNX Runtime. */
  readonly runtime: string;
  /** Why it does not load; absent when it does. */
  readonly refusal?: string;
};

export type ModelFile = {
  readonly path: string;
  /** How messages call it: `champion 1.2.0`, `challenger`. */
  readonly name: string;
};

export type ScoreRequest = {
  readonly model: ModelFile;
  readonly task: Task;
  /** The feature columns, in the order the model was trained on. */
  readonly rows: RowSource;
  /** Classes of the target as text, in the order the scores are wanted; classification only. */
  readonly classes?: readonly string[];
  /** Name of the target, which a model may ask for but never gets. */
  readonly target?: string;
  readonly limits?: Partial<ScoringLimits>;
  readonly onProgress?: (rowsDone: number) => void;
};

export type ScoringLimits = { readonly seconds: number; readonly memoryMegabytes: number };

export type LatencyRequest = {
  readonly models: readonly ModelFile[];
  /** The rows of each model; they are scored in one batch. */
  readonly rows: readonly RowSource[];
  readonly task: Task;
  readonly classes?: readonly string[];
  readonly target?: string;
  readonly runs: number;
};

export type Scores = {
  readonly rowCount: number;
  /**
   * Row-major: one probability for each class of the request (classification), or one prediction
   * (regression and ranking). Rows that were refused are NaN.
   */
  readonly values: Float64Array;
  /** Values for each row: the number of classes, or 1. */
  readonly width: number;
  /** The model's own decision, as positions in the classes of the request; -1 where it gave none. */
  readonly labels?: Int32Array;
  /** Rows the model gave no finite answer for, and why; never dropped in silence. */
  readonly refused: ReadonlyMap<number, string>;
  /** What the model's values were before they became scores. */
  readonly scale: ScoreScale;
  /** How columns were bound to inputs, and outputs read. */
  readonly binding: BindingReport;
  readonly signature: ModelSignature;
  /** Wall-clock seconds of scoring, reading the rows and starting the process among them. */
  readonly seconds: number;
};
