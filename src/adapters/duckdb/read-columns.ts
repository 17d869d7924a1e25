import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { BatchRequest, RowBatch } from '../../core/data/row-source.ts';
import type { Table } from '../../core/data/table.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';
import { type ColumnPlan, planColumns } from './column-plans.ts';
import type { RowSet } from './row-set.ts';
import { explainError } from './session.ts';
import type { FillPlace } from './vector-copy.ts';

/** Reads columns into typed arrays in one pass. */
export async function readColumns(rows: RowSet, requests: readonly ColumnRequest[]): Promise<Table> {
  for await (const batch of streamColumns(rows, requests, Math.max(rows.rowCount, 1))) {
    return { rowCount: batch.rowCount, columns: batch.columns.filter((column) => column.kind !== 'integer') };
  }
  return await emptyTable(rows, requests);
}

/** No rows still have columns, which may be refused. */
async function emptyTable(rows: RowSet, requests: readonly ColumnRequest[]): Promise<Table> {
  const { plans, release } = await planColumns(rows, requests, true).catch((error: unknown) => {
    throw explainError(rows.label, error);
  });
  await release();
  const columns = plans.map((plan) => plan.allocate(0).column).filter((column) => column.kind !== 'integer');
  return { rowCount: rows.rowCount, columns };
}

/**
 * Reads columns batch by batch, in row order; every batch but the last has `rowsPerBatch` rows, and its arrays
 * are filled anew for the next. The statement behind it ends when the last batch was taken or the caller stops.
 */
export async function* streamColumns(
  rows: RowSet,
  requests: readonly BatchRequest[],
  rowsPerBatch: number,
): AsyncGenerator<RowBatch, void, undefined> {
  if (rows.rowCount === 0 || requests.length === 0) return;
  try {
    const { plans, release } = await planColumns(rows, requests, rowsPerBatch >= rows.rowCount);
    try {
      yield* cutBatches(rows, plans, rowsPerBatch);
    } finally {
      await release();
    }
  } catch (error) {
    throw explainError(rows.label, error);
  }
}

async function* cutBatches(
  rows: RowSet,
  plans: readonly ColumnPlan[],
  rowsPerBatch: number,
): AsyncGenerator<RowBatch, void, undefined> {
  let done = 0;
  let filled = 0;
  const full = allocateBatch(plans, Math.min(rowsPerBatch, rows.rowCount));
  // New arrays for every batch would be garbage of the size of the data.
  const next = () => {
    const rowCount = Math.min(rowsPerBatch, rows.rowCount - done);
    return rowCount === full.rowCount ? full : allocateBatch(plans, rowCount);
  };
  let batch = next();
  for await (const chunk of readChunks(rows, plans)) {
    for (let from = 0; from < chunk.rowCount; ) {
      if (batch.rowCount === 0) throw new Error(`more rows were read than the ${done} counted`);
      const to = Math.min(chunk.rowCount, from + batch.rowCount - filled);
      batch.fill(chunk, { from, to, offset: filled });
      filled += to - from;
      from = to;
      if (filled < batch.rowCount) continue;
      done += filled;
      filled = 0;
      yield batch;
      batch = next();
    }
  }
  if (done !== rows.rowCount || filled > 0)
    throw new Error(`${done + filled} rows were read where ${rows.rowCount} were counted`);
}

type BatchInWork = RowBatch & {
  readonly fill: (chunk: DuckDBDataChunk, place: FillPlace) => void;
};

function allocateBatch(plans: readonly ColumnPlan[], rowCount: number): BatchInWork {
  const allocated = plans.map((plan) => plan.allocate(rowCount));
  const fillers = allocated.flatMap(({ fill }) => fill);
  return {
    rowCount,
    columns: allocated.map(({ column }) => column),
    fill: (chunk, place) => {
      for (const [index, fill] of fillers.entries()) fill(chunk, index, place);
    },
  };
}

async function* readChunks(
  { session, relation }: RowSet,
  plans: readonly ColumnPlan[],
): AsyncGenerator<DuckDBDataChunk, void, undefined> {
  const expressions = plans.flatMap((plan) => plan.expressions).join(', ');
  const result = await session.limited(() =>
    session.connection.stream(`SELECT ${expressions} FROM ${relation}`),
  );
  for (;;) {
    const chunk = await session.limited(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}
