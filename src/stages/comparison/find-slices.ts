import { takeValues } from '../../core/comparison/take-sample.ts';
import type { SliceConfiguration } from '../../core/configuration/configuration.ts';
import { type Column, findColumn, type Table } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { isPlainlyPersonal } from '../../core/personal-data/detectors.ts';
import { openRole } from '../data/open-data.ts';
import { readModelTable } from '../data/score-rows.ts';
import { withoutAnswer } from './holdout-features.ts';
import type { JudgedModel } from './judged-models.ts';
import { type Holdout, takeColumn } from './read-holdout.ts';

const SLICE_COLUMN = '__contender_in_slice';

/** Most values of a column that become slices; the rest is too small to be judged anyway. */
const MAX_SLICES_OF_COLUMN = 50;

/** Features that may be sliced where the data do not have the column. */
export type SlicedModel = { readonly table: Table; readonly features?: JudgedModel['features'] };

/**
 * Rows of every declared slice, as positions among the kept rows. What a slice names is looked for in the
 * data, then in the features of the models in their order: the champion's before the challenger's, so that a
 * change neither redefines the slices it is judged on nor loses them with a feature it drops.
 */
export async function findSlices(
  holdout: Holdout,
  kept: Uint32Array,
  models: readonly SlicedModel[],
): Promise<readonly { readonly name: string; readonly rows: Uint32Array }[]> {
  const { slices } = holdout.request.configuration.comparison;
  const found = await Promise.all(
    slices.map(async (slice) =>
      slice.kind === 'column'
        ? sliceByColumn(columnOfSlice(holdout, models, slice), kept)
        : [{ name: slice.name, rows: await sliceByCondition(holdout, kept, { slice, models }) }],
    ),
  );
  return found.flat();
}

/** A column of the data as they are (positions among all rows), else a feature (positions among the labelled rows). */
function columnOfSlice(
  holdout: Holdout,
  models: readonly SlicedModel[],
  slice: Extract<SliceConfiguration, { kind: 'column' }>,
): Column {
  const own = findColumn(holdout.rows.table, slice.column);
  if (own) return takeColumn(own, holdout.labelled);
  for (const { table } of models) {
    const feature = findColumn(table, slice.column);
    if (feature) return feature;
  }
  throw new InputError(
    `comparison.slices names the column ${JSON.stringify(slice.column)}, which neither the data nor the features have`,
  );
}

function sliceByColumn(column: Column, kept: Uint32Array): { name: string; rows: Uint32Array }[] {
  const rowsByValue = new Map<string, number[]>();
  kept.forEach((labelledRow, position) => {
    const value =
      column.kind === 'text'
        ? column.dictionary[column.codes[labelledRow]!]
        : numberText(column.values[labelledRow]!);
    const shown = value !== undefined && isPlainlyPersonal(value) ? '(hidden)' : value;
    const name = `${column.name} = ${shown ?? '(missing)'}`;
    const rows = rowsByValue.get(name) ?? [];
    rows.push(position);
    rowsByValue.set(name, rows);
  });
  return [...rowsByValue]
    .sort(
      ([leftName, left], [rightName, right]) => right.length - left.length || (leftName < rightName ? -1 : 1),
    )
    .slice(0, MAX_SLICES_OF_COLUMN)
    .map(([name, rows]) => ({ name, rows: Uint32Array.from(rows) }));
}

function numberText(value: number): string | undefined {
  return Number.isNaN(value) ? undefined : String(value);
}

type ConditionRequest = {
  readonly slice: Extract<SliceConfiguration, { kind: 'condition' }>;
  readonly models: readonly SlicedModel[];
};

/** A condition may name columns of the data or features of a model; the first that has its columns answers. */
async function sliceByCondition(
  holdout: Holdout,
  kept: Uint32Array,
  { slice, models }: ConditionRequest,
): Promise<Uint32Array> {
  // The line break ends a comment that would swallow the bracket.
  const queries = models.flatMap(({ features }) =>
    features ? [`(${features.sql.replace(/;\s*$/, '')}\n)`] : [],
  );
  let refusal: InputError | undefined;
  for (const from of ['source', ...queries]) {
    try {
      return pickRows(await askCondition(holdout, slice, from), holdout, kept);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** 1 for every row of the holdout that meets the condition, in a query of its own that keeps every row. */
async function askCondition(
  holdout: Holdout,
  slice: ConditionRequest['slice'],
  from: string,
): Promise<Float64Array> {
  const condition = `case when (${slice.where}\n) then 1 else 0 end`;
  const others = from === 'source' ? '' : '*, ';
  const sql = `select ${others}${condition} as ${SLICE_COLUMN} from ${from} as rows_of_slice`;
  const features = { sql, file: `comparison.slices (${slice.name})` };
  await using data = await openRole(holdout.request.ports.engine, {
    role: 'holdout',
    ...holdout.request,
    features: from === 'source' ? features : withoutAnswer(features, holdout.request.configuration),
  });
  // Read as a feature would be, so that rows are matched by id where a query gives them in another order.
  const table = await readModelTable(
    { data, name: `the slice ${slice.name}` },
    [{ name: SLICE_COLUMN, as: 'number' }],
    { labelled: holdout.rows, idName: holdout.request.configuration.data.id },
  );
  const [column] = table.columns;
  if (column?.kind === 'number') return column.values;
  throw new Error(`the condition of the slice ${slice.name} was not read as a number`);
}

function pickRows(inSlice: Float64Array, holdout: Holdout, kept: Uint32Array): Uint32Array {
  const labelled = takeValues(inSlice, holdout.labelled);
  return Uint32Array.from([...kept.keys()].filter((position) => labelled[kept[position]!] === 1));
}
