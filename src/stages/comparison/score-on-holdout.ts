import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { pickColumns, type RowSource, rowsOfTable } from '../../core/data/row-source.ts';
import type { ColumnDescription } from '../../core/data/table.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { chooseColumns, chooseModelColumns } from '../data/feature-columns.ts';
import { scoreRows, takeScores } from '../data/score-rows.ts';
import { openFeatures, positionsOf, readAs, readSliceFeatures } from './holdout-features.ts';
import type { JudgedModel } from './judged-models.ts';
import type { Holdout, HoldoutRequest } from './read-holdout.ts';
import type { ScoredModel } from './scored-model.ts';

export type ScoreOptions = {
  readonly truth: Truth;
  /** Rows to keep for the latency; 0 where nobody asks for it. */
  readonly latencyRows: number;
};

/** Scores a model on the holdout with the features it was made with; rows are read in batches and not kept. */
export async function scoreOnHoldout(
  holdout: Holdout,
  model: JudgedModel,
  { truth, latencyRows }: ScoreOptions,
): Promise<ScoredModel> {
  const { configuration, ports, log } = holdout.request;
  await using data = await openFeatures(holdout, model);
  const columns = await columnsOf(model, data, holdout.request);
  const rows = pickColumns(
    data,
    columns.map(({ name }) => name),
  );
  const positions = await positionsOf(holdout, model, data);
  const scores = await scoreRows({
    scorer: ports.scorer,
    model: { path: model.path, name: model.name },
    rows,
    configuration,
    classes: 'classes' in truth ? truth.classes : [],
    onProgress: (done) => log.progress(`rows scored by the ${model.name}`, done, data.rowCount),
  });
  const { values, width, labels, refused, binding } = takeScores(scores, positions);
  return {
    values,
    width,
    ...(labels ? { labels } : {}),
    refused,
    binding,
    features: await readSliceFeatures(holdout, data, positions),
    ...(latencyRows > 0 ? { firstRows: await readFirstRows(rows, latencyRows) } : {}),
  };
}

/** A model keeps the columns it was released or trained with; one from elsewhere may name them itself. */
async function columnsOf(
  model: JudgedModel,
  data: DataSet,
  { configuration, ports }: HoldoutRequest,
): Promise<readonly ColumnDescription[]> {
  if (model.featureColumns !== undefined)
    return chooseColumns(withColumns(configuration, model), data.columns);
  const { signature } = await ports.scorer.describe({ path: model.path, name: model.name });
  const inputs = signature.inputs.map((input) => input.name);
  return chooseModelColumns(configuration, data.columns, inputs);
}

function withColumns(configuration: Configuration, model: JudgedModel): Configuration {
  if (model.featureColumns === undefined) return configuration;
  return {
    ...configuration,
    data: { ...configuration.data, columns: model.featureColumns.map((column) => column.name) },
  };
}

async function readFirstRows(rows: RowSource, count: number): Promise<RowSource> {
  const requests = rows.columns.map((column) => ({ name: column.name, as: readAs(column) }));
  for await (const { rowCount, columns } of rows.batches(requests, count)) {
    return rowsOfTable({ rowCount, columns: columns.filter((column) => column.kind !== 'integer') });
  }
  return rowsOfTable({ rowCount: 0, columns: [] });
}
