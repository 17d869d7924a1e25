import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const CSV = 'transactions.csv';
export const PARQUET = 'transactions.parquet';

/**
 * Writes the transactions of `sparkov_large` beside their customers, 1.8 million rows of 20 columns, as CSV (about
 * 430 MB) and Parquet. The engine cannot read the places of the merchants in that file; they are drawn as its
 * generator draws them, evenly within one degree of the customer. Every transaction gets a code of its own.
 */
export async function writeTransactions(source: string, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const around = (place: string, seed: number) =>
      `round(${place} + (CAST(hash(file_row_number + ${seed}) % 2000001 AS BIGINT) - 1000000) / 1e6, 6)`;
    await connection.run(
      `CREATE TABLE transactions AS
       SELECT trans_date_trans_time, cc_num, merchant, category, amt, last, gender, street, city, state, zip, lat, long,
         city_pop, job, dob, md5('transaction ' || file_row_number) AS trans_num,
         ${around('lat', 0)} AS merch_lat, ${around('long', 100_000_000)} AS merch_long, is_fraud
       FROM read_parquet('${join(source, 'transactions.parquet')}', file_row_number = true)
       JOIN read_csv('${join(source, 'customers.csv.gz')}', types = {'zip': 'VARCHAR', 'city_pop': 'BIGINT'}) USING (cc_num)
       ORDER BY file_row_number`,
    );
    await connection.run(`COPY transactions TO '${join(folder, CSV)}' (HEADER)`);
    await connection.run(`COPY transactions TO '${join(folder, PARQUET)}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The same file ten times, under ten names in a folder. */
export async function repeatTenTimes(folder: string, file: string): Promise<string> {
  const repeated = join(folder, `ten-${file}`);
  await mkdir(repeated);
  for (let part = 0; part < 10; part++) await link(join(folder, file), join(repeated, `${part}-${file}`));
  return `${repeated}/*`;
}
