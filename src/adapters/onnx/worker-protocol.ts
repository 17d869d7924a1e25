import type { LoadAnswer, ModelFile } from '../../ports/scorer.ts';
import type { PayloadLayout } from './payload-layout.ts';

/**
 * Between this process and the one that holds the model. What to do and how it ended goes through Node's own
 * channel; rows and answers go as frames of bytes through a pipe of their own, which costs a third.
 */

/** A model as the child sees it: where it lies, how bytes become its inputs, what is read of its outputs. */
export type ModelJob = {
  readonly name: string;
  readonly path: string;
  readonly layout: PayloadLayout;
  readonly outputs: {
    /** One output with all values of a row, or one output for each of them. */
    readonly values: readonly string[];
    readonly labels?: string;
  };
  /** Names of the classes that labels are turned into positions of. */
  readonly classes: readonly string[];
};

/** The child ends itself when it takes more memory than this. */
export type WorkerLimits = { readonly memoryMegabytes: number };

export type WorkerRequest = WorkerLimits &
  (
    | { readonly kind: 'score'; readonly job: ModelJob; readonly threads: number }
    | {
        readonly kind: 'latency';
        readonly jobs: readonly (ModelJob & { readonly payload: Uint8Array; readonly rowCount: number })[];
        readonly runs: number;
      }
    /** Only to see whether the runtime takes the model. */
    | { readonly kind: 'load'; readonly model: ModelFile }
  );

export type WorkerReply =
  /** The child runs and waits for its request. */
  | { readonly kind: 'started' }
  /** Every thread has loaded the model; frames may come. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'latency'; readonly milliseconds: readonly Float64Array[] }
  | { readonly kind: 'loaded'; readonly answer: LoadAnswer }
  /** `model`: the file or its answer is at fault; `runtime`: the natives could not be loaded. */
  | { readonly kind: 'failed'; readonly fault: 'model' | 'runtime' | 'bug'; readonly message: string };

/** Rows on their way to the model: the bytes of its inputs. */
export type RowsFrame = { readonly batch: number; readonly rowCount: number; readonly payload: ArrayBuffer };

/** Answers on their way back, row-major. */
export type AnswerFrame = {
  readonly batch: number;
  readonly width: number;
  readonly values: Float64Array<ArrayBuffer>;
  readonly labels?: Int32Array<ArrayBuffer>;
};

/** File descriptor of the pipe in the child. */
export const FRAMES_DESCRIPTOR = 4;

/** Where the child finds the native runtime; passed in its environment as JSON. */
export const WORKER_OPTIONS_VARIABLE = 'CONTENDER_WORKER_OPTIONS';
