import type { RowSource } from '../../core/data/row-source.ts';
import type { Table } from '../../core/data/table.ts';
import type { BindingReport } from '../../core/scoring/describe-binding.ts';

/** One model's answers on the labelled rows. */
export type ScoredModel = {
  readonly values: Float64Array;
  readonly width: number;
  readonly labels?: Int32Array;
  /** Positions among the labelled rows that got no answer. */
  readonly refused: ReadonlyMap<number, string>;
  /** Features of the labelled rows that slices are made of and the data do not have. */
  readonly features: Table;
  /** How the model was fed and read; absent where others scored. */
  readonly binding?: BindingReport;
  /** The first rows of its features, to measure the latency with; only when asked for. */
  readonly firstRows?: RowSource;
};
