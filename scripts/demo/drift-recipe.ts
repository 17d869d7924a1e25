/**
 * Concept drift by a stated recipe: from a day on, fraudsters change their ways. Every fraudulent transaction
 * happens five hours later on the clock and takes half the amount; nothing else changes.
 */
import { DuckDBInstance } from '@duckdb/node-api';

export const DRIFT_RECIPE = 'every fraudulent transaction moved five hours on the clock, at half its amount';

/** Writes the transactions of one span of time, with the recipe applied, as Parquet. */
export async function writeDriftedMonths(request: {
  readonly source: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  await connection.run(
    `copy (
       select * replace (
         case when is_fraud = 1
              then date_trunc('day', trans_date_trans_time) + to_seconds((epoch(trans_date_trans_time::time)::integer + 18000) % 86400)
              else trans_date_trans_time end as trans_date_trans_time,
         case when is_fraud = 1 then greatest(1, round(amt / 2, 2)) else amt end as amt)
       from ${quoted(request.source)}
       where trans_date_trans_time >= ${quoted(request.from)} and trans_date_trans_time < ${quoted(request.to)}
       order by trans_num)
     to ${quoted(request.target)} (format parquet, compression zstd)`,
  );
  connection.closeSync();
}
