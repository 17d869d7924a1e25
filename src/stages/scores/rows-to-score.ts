import { type ColumnDescription, findColumn, type Table, takeRows } from '../../core/data/table.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';
import { openFeatures, positionsOf, readSliceFeatures } from '../comparison/holdout-features.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import { type Holdout, takeColumn } from '../comparison/read-holdout.ts';
import { missingId } from './read-score-table.ts';

/**
 * What a scoring command gets: the labelled rows with the id and every column that training gets, made by the
 * model's own features query, but without the answer, which the query cannot see either.
 */
export async function readRowsToScore(holdout: Holdout, model: JudgedModel): Promise<Table> {
  const { target, id } = holdout.request.configuration.data;
  const ids = holdout.rows.id;
  if (id === undefined || ids === undefined) throw missingId('scoring.command');
  await using data = await openFeatures(holdout, model);
  const positions = await positionsOf(holdout, model, data);
  const requests = data.columns
    .filter(({ name }) => name !== target && name !== id)
    .map(({ name, type }): ColumnRequest => ({ name, as: asTrained(type) }));
  const features = takeRows(await data.read(requests), positions);
  return {
    rowCount: features.rowCount,
    columns: [takeColumn(ids, holdout.labelled), ...features.columns],
  };
}

/** Features that slices are cut by where the data do not have the column. */
export async function readOwnSliceFeatures(holdout: Holdout, model: JudgedModel): Promise<Table> {
  const isMissing = holdout.request.configuration.comparison.slices.some(
    (slice) => slice.kind === 'column' && findColumn(holdout.rows.table, slice.column) === undefined,
  );
  if (!isMissing) return { rowCount: holdout.labelled.length, columns: [] };
  await using data = await openFeatures(holdout, model);
  return await readSliceFeatures(holdout, data, await positionsOf(holdout, model, data));
}

/** As training gets them: whole numbers may be longer than a double can hold, and dates are written as dates. */
function asTrained(type: ColumnDescription['type']): ColumnRequest['as'] {
  return type === 'number' ? 'number' : 'text';
}
