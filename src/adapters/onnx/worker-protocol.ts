import type { Column } from '../../core/data/table.ts';
import type { InputBinding } from '../../core/scoring/bind-inputs.ts';
import type { OutputPlan } from '../../core/scoring/choose-output.ts';

/** Messages between this process and the one that holds the model. Typed arrays cross by structured clone. */

export type WorkerJob = {
  readonly name: string;
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly binding: InputBinding;
  readonly output: OutputPlan;
  /** Classes asked for; empty for predictions. */
  readonly classes: readonly string[];
};

export type WorkerRequest =
  | { readonly kind: 'score'; readonly job: WorkerJob }
  | { readonly kind: 'latency'; readonly jobs: readonly WorkerJob[]; readonly runs: number };

export type WorkerScores = {
  readonly values: Float64Array;
  readonly width: number;
  readonly labels?: Int32Array;
  readonly refused: readonly { readonly row: number; readonly reason: string }[];
  readonly seconds: number;
};

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly rowsDone: number }
  | { readonly kind: 'scores'; readonly scores: WorkerScores }
  | { readonly kind: 'latency'; readonly milliseconds: readonly Float64Array[] }
  /** `model`: the file or its answer is at fault; `runtime`: the natives could not be loaded. */
  | { readonly kind: 'failed'; readonly fault: 'model' | 'runtime' | 'bug'; readonly message: string };

/** Where the child finds the native runtime; passed in its environment as JSON. */
export const WORKER_OPTIONS_VARIABLE = 'CONTENDER_WORKER_OPTIONS';
