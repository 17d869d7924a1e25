import type { EngineColumn } from './column-types.ts';
import type { LoadedPart } from './loaded-rows.ts';
import type { Session } from './session.ts';

/** The rows of an open data set, after its conditions and features. */
export type RowSet = {
  readonly session: Session;
  readonly name: string;
  /** The name and the files, for messages. */
  readonly label: string;
  /** Table or view of the columns and `ROW_COLUMN`, in row order. */
  readonly relation: string;
  readonly columns: readonly EngineColumn[];
  readonly rowCount: number;
  /** Where `ROW_COLUMN` counts through: the files, or the features query when its rows are no rows of files. */
  readonly parts: readonly LoadedPart[];
  /** Whether values had types of their own in the files. */
  readonly isTyped: boolean;
  /** What is known of the values of columns, by their name; filled as they are profiled. */
  readonly counted: Map<string, CountedColumn>;
};

/** What is known of the values of a column once they were counted. */
export type CountedColumn = {
  readonly present: number;
  readonly distinct: number;
  /** The distinct values, under the column's name, and how many rows have each; where they are few. */
  readonly table?: string;
};
