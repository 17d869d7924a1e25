import type { BatchRequest } from '../data/row-source.ts';
import type { ColumnDescription } from '../data/table.ts';
import type { ModelSignature } from '../documents/training.ts';
import type { InputHint, Spelling } from './input-hints.ts';
import type { InputType } from './input-types.ts';

/** How rows are fed to a model. */
export type InputBinding = {
  readonly by: 'by name' | 'by position' | 'by name and position';
  readonly inputs: readonly BoundInput[];
  /** Rows that the model takes at once when its batch is fixed; a shorter last batch is filled up. */
  readonly batch?: number;
};

export type BoundInput = {
  readonly input: string;
  readonly type: InputType;
  /** The columns of one row in the order of the tensor; none for an input that is fed nothing but its default. */
  readonly columns: readonly BoundColumn[];
  /** Sizes after the batch: [] for [N], [1] for [N, 1], [F] for [N, F]. */
  readonly rowShape: readonly number[];
  /** False for a model of one row that has no axis for rows. */
  readonly hasRows: boolean;
};

export type BoundColumn = BatchRequest & {
  /** What a missing value becomes; absent where the type has nothing for it, so that the row is refused. */
  readonly missing?: number | string;
  readonly spelling?: Spelling;
};

export type BindingRequest = {
  readonly signature: ModelSignature;
  readonly columns: readonly ColumnDescription[];
  readonly hints?: ReadonlyMap<string, InputHint>;
  /** Name of the target: an input called after it is fed no value, since a model must not see its answer. */
  readonly target?: string;
  /** How messages call the model. */
  readonly model: string;
};
