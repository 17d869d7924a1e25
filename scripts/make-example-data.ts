/**
 * Cuts the data of `examples/fraud` from the large made Sparkov set.
 *
 * Usage: node scripts/make-example-data.ts <directory with transactions.parquet and customers.csv.gz>
 *
 * The recipe: the 45 % of cards with the lowest hash; of these every fraud and one in ten of the other
 * transactions (so fraud is about ten times as frequent as in the full set); the card holder's gender,
 * city population and date of birth joined; ids count up in order of time.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const CARD_SHARE_PERCENT = 45;
const KEEP_ONE_IN = 10;
const OUTPUT = resolve(import.meta.dirname, '../examples/fraud');

const FILES = [
  { path: 'data/transactions-2019.parquet', from: '2019-01-01', to: '2020-01-01' },
  { path: 'data/transactions-2020-h1.parquet', from: '2020-01-01', to: '2020-07-01' },
  { path: 'later/transactions-2020-h2.parquet', from: '2020-07-01', to: '2021-01-01' },
] as const;

async function main(): Promise<void> {
  const directory = process.argv[2];
  if (directory === undefined) throw new Error('usage: node scripts/make-example-data.ts <directory>');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(selectRows(resolve(directory)));
  for (const file of FILES) {
    const target = join(OUTPUT, file.path);
    await mkdir(join(target, '..'), { recursive: true });
    await connection.run(
      `copy (select * from cut where trans_date_trans_time >= '${file.from}' and trans_date_trans_time < '${file.to}' order by trans_num)
       to '${target}' (format parquet, compression zstd, compression_level 19, row_group_size 200000)`,
    );
  }
  connection.closeSync();
}

function selectRows(directory: string): string {
  return `create table cut as
    with cards as (
      select cc_num, gender, city_pop, dob
      from read_csv('${directory}/customers.csv.gz')
      where md5_number_lower(cc_num::varchar) % 100 < ${CARD_SHARE_PERCENT}
    )
    select row_number() over (order by t.trans_date_trans_time, t.cc_num, t.merchant, t.amt) as trans_num,
           t.trans_date_trans_time, t.cc_num, t.category, t.amt,
           c.gender, c.city_pop::integer as city_pop, c.dob::date as dob, t.is_fraud
    from '${directory}/transactions.parquet' t join cards c using (cc_num)
    where t.is_fraud = 1
       or md5_number_lower(concat(t.cc_num, '|', t.trans_date_trans_time, '|', t.merchant, '|', t.amt)) % ${KEEP_ONE_IN} = 0`;
}

await main();
