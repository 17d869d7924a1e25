import type { Configuration } from '../../core/configuration/configuration.ts';
import { pickColumns, type RowSource } from '../../core/data/row-source.ts';
import { type Column, findColumn, type Table, takeRows } from '../../core/data/table.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type { ColumnRequest, DataSet } from '../../ports/data-engine.ts';
import { describeInputs } from '../data/data-inputs.ts';
import { groupCodes, labelledPositions, matchRows, readLabelledRows } from '../data/score-rows.ts';
import type { DeclaredSide } from './declare-sides.ts';

/** One side, opened: the rows as they are, and with the features query where there is one. */
export type OpenSide = AsyncDisposable & {
  readonly role: 'reference' | 'current';
  readonly description: string;
  readonly raw: DataSet;
  /** The same data set as `raw` when there is no features query. */
  readonly featured: DataSet;
};

export async function openSide(
  role: OpenSide['role'],
  declared: DeclaredSide,
  features: { readonly sql: string; readonly file: string } | undefined,
): Promise<OpenSide> {
  const raw = await declared.open();
  try {
    const featured = features === undefined ? raw : await declared.open(features);
    return {
      role,
      description: declared.description,
      raw,
      featured,
      async [Symbol.asyncDispose]() {
        if (featured !== raw) await featured[Symbol.asyncDispose]();
        await raw[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await raw[Symbol.asyncDispose]();
    throw error;
  }
}

/** The rows of one side, read. */
export type SideRows = {
  /** The columns asked for, in that order. */
  readonly features: Table;
  /** The rows that a model is fed with, in their own order; `order` tells where each row above stands in it. */
  readonly fed: RowSource;
  readonly order?: Uint32Array;
  /** Absent when the data have no target column. */
  readonly target?: Column;
  readonly groups?: Int32Array;
  /** Columns that a cost is read from. */
  readonly costs: Table;
  readonly labelledRows: number;
};

export type ReadSideRequest = {
  readonly configuration: Configuration;
  readonly columns: readonly ColumnRequest[];
  /** Columns that the model is fed with. */
  readonly fed: readonly string[];
  /** Columns of the rows as they are that hold what a wrong decision costs. */
  readonly costColumns: readonly string[];
  /** How messages call the model whose features are read. */
  readonly name: string;
};

/** Reads features and, where there is a target column, labels and groups of the same rows in the same order. */
export async function readSide(side: OpenSide, request: ReadSideRequest): Promise<SideRows> {
  const { configuration, columns, costColumns, name } = request;
  const { target, id } = configuration.data;
  const fed = pickColumns(side.featured, request.fed);
  if (target === undefined || !hasColumn(side.raw, target)) {
    const features = await side.featured.read(columns);
    return { features, fed, costs: { rowCount: features.rowCount, columns: [] }, labelledRows: 0 };
  }
  const labelled = await readLabelledRows(side.raw, withoutAbsentId(configuration, side.raw), costColumns);
  const data = side.featured;
  const order = await matchRows({ data, name }, { labelled, idName: id });
  const read = await data.read(columns);
  const features = order === undefined ? read : takeRows(read, order);
  return {
    features,
    fed,
    ...(order ? { order } : {}),
    target: labelled.target,
    ...(labelled.group ? { groups: groupCodes(labelled.group) } : {}),
    costs: {
      rowCount: features.rowCount,
      columns: costColumns.map((cost) => findColumn(labelled.table, cost)!),
    },
    labelledRows: labelledPositions(labelled.target).length,
  };
}

/** The files and rows of a side, and the span of time they cover. */
export async function describeSide(
  side: OpenSide,
  timestamp: string | undefined,
): Promise<{
  readonly inputs: DocumentInput[];
  readonly rowsDigest: string;
  readonly span: { from?: string; to?: string };
}> {
  const rowsDigest = await side.raw.digest();
  const inputs = describeInputs({ data: side.raw, role: side.role, rowsDigest });
  if (timestamp === undefined || !hasColumn(side.raw, timestamp)) return { inputs, rowsDigest, span: {} };
  const range = await side.raw.timeRange(timestamp);
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return { inputs, rowsDigest, span: range ? { from: iso(range.from), to: iso(range.to) } : {} };
}

export function hasColumn(data: DataSet, name: string): boolean {
  return data.columns.some((column) => column.name === name);
}

/** Ids only help to match rows; data without them are matched row by row. */
function withoutAbsentId(configuration: Configuration, data: DataSet): Configuration {
  const { id, ...rest } = configuration.data;
  return id === undefined || hasColumn(data, id) ? configuration : { ...configuration, data: rest };
}
