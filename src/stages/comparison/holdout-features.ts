import { takeValues } from '../../core/comparison/take-sample.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { type ColumnDescription, findColumn, type Table, takeRows } from '../../core/data/table.ts';
import type { ColumnRequest, DataSet } from '../../ports/data-engine.ts';
import { type OpenRequest, openRole } from '../data/open-data.ts';
import { matchRows } from '../data/score-rows.ts';
import type { JudgedModel } from './judged-models.ts';
import type { Holdout } from './read-holdout.ts';

/** The rows of the holdout as a model's own features query makes them; the query cannot see the answer. */
export function openFeatures(holdout: Holdout, model: JudgedModel): Promise<DataSet> {
  const { configuration, ports } = holdout.request;
  return openRole(ports.engine, {
    role: 'holdout',
    ...holdout.request,
    ...(model.features ? { features: withoutAnswer(model.features, configuration) } : {}),
  });
}

/** A query comes with the model, from a pull request perhaps: it must not see the answers it is judged by. */
export function withoutAnswer(
  features: NonNullable<JudgedModel['features']>,
  { data }: Configuration,
): NonNullable<OpenRequest['features']> {
  return { ...features, withheld: data.target === undefined ? [] : [data.target] };
}

/** Where the labelled rows stand among the rows of the features. */
export async function positionsOf(holdout: Holdout, model: JudgedModel, data: DataSet): Promise<Uint32Array> {
  const order = await matchRows(
    { data, name: model.name },
    { labelled: holdout.rows, idName: holdout.request.configuration.data.id },
  );
  return order === undefined ? holdout.labelled : takeValues(order, holdout.labelled);
}

/** Columns that slices name and only the features have. */
export async function readSliceFeatures(
  holdout: Holdout,
  data: DataSet,
  positions: Uint32Array,
): Promise<Table> {
  const { slices } = holdout.request.configuration.comparison;
  const names = slices.flatMap((slice) => (slice.kind === 'column' ? [slice.column] : []));
  const requests = names.flatMap((name): ColumnRequest[] => {
    const column = data.columns.find((candidate) => candidate.name === name);
    if (column === undefined || findColumn(holdout.rows.table, name)) return [];
    return [{ name, as: readAs(column) }];
  });
  if (requests.length === 0) return { rowCount: positions.length, columns: [] };
  return takeRows(await data.read(requests), positions);
}

/** Text and what has no other form as text, everything else as numbers. */
export function readAs({ type }: ColumnDescription): ColumnRequest['as'] {
  return type === 'string' || type === 'other' ? 'text' : 'number';
}
