import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../src/core/statistics/random.ts';

/** A public data set as a folder with a config: rows to train on, rows to judge on, and a recipe. */
export type RetrainingData = {
  readonly name: string;
  /** Writes data, queries and `contender.yml` into an empty folder. */
  lay(folder: string, shared: string): Promise<void>;
};

const HOLDOUT_SHARE = 0.3;
const SPLIT_SEED = 20;

/** Small trees, as one would train on a few thousand rows. */
const RECIPE =
  'training: {learner: gradient-boosting, seed: 1, parameters: {iterations: 100, max-leaves: 15, learning-rate: 0.1}}';

export const RETRAINING_DATA: readonly RetrainingData[] = [
  { name: 'adult', lay: layAdult },
  { name: 'telco', lay: layTelco },
  { name: 'german', lay: layGerman },
  { name: 'fraud', lay: layFraud },
];

async function layAdult(folder: string, shared: string): Promise<void> {
  const header =
    'age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,capital_loss,hours_per_week,native_country,income';
  for (const [part, name] of [
    ['train', 'adult-train.csv.gz'],
    ['holdout', 'adult-test.csv.gz'],
  ] as const) {
    const text = gunzipSync(await readFile(join(shared, 'data/tabular/adult', name))).toString('utf8');
    const rows = linesOf(text).map((line) =>
      line
        .split(',')
        // Test labels end in a point, and a question mark stands for what is missing.
        .map((cell) => cell.trim().replace(/\.$/, '').replace(/^\?$/, ''))
        .join(','),
    );
    await writeFile(join(folder, `${part}.csv`), `${[header, ...rows].join('\n')}\n`);
  }
  await writeConfig(
    folder,
    'data: {training: train.csv, holdout: holdout.csv, target: income, positive-class: ">50K", exclude: [fnlwgt]}',
  );
}

async function layTelco(folder: string, shared: string): Promise<void> {
  const file = join(shared, 'data/tabular/telco_churn/Telco-Customer-Churn.csv');
  const [header = '', ...rows] = linesOf(await readFile(file, 'utf8'));
  await writeSplit(
    folder,
    header,
    // A total that is blank is that of a customer who has not paid yet.
    rows.map((row) => row.replace(', ,', ',,')),
  );
  await writeConfig(
    folder,
    'data: {training: train.csv, holdout: holdout.csv, target: Churn, positive-class: "Yes", id: customerID}',
  );
}

async function layGerman(folder: string, shared: string): Promise<void> {
  const file = join(shared, 'data/tabular/german_credit/german.csv');
  const rows = linesOf(await readFile(file, 'utf8'));
  const header = [...Array.from({ length: 20 }, (_, index) => `attribute_${index + 1}`), 'risk'].join(',');
  await writeSplit(folder, header, rows);
  await writeConfig(
    folder,
    'data: {training: train.csv, holdout: holdout.csv, target: risk, positive-class: 2}',
  );
}

/**
 * Whole cards are parted, drawn and judged: after Kaggle's cut in time only 8 cards have a fraud, and fewer than 20
 * allow no interval.
 */
async function layFraud(folder: string, shared: string): Promise<void> {
  const file = 'transactions.csv.gz';
  await cp(join(shared, 'data/fraud/sparkov_small', file), join(folder, file));
  await writeFile(
    join(folder, 'features.sql'),
    "SELECT amt, category, hour(trans_date_trans_time) AS hour, dayofweek(trans_date_trans_time) AS weekday,\n  gender, city_pop, date_diff('year', dob, trans_date_trans_time) AS age, cc_num, trans_num, is_fraud\nFROM source\n",
  );
  await writeConfig(
    folder,
    `data: {source: ${file}, split: {holdout: 0.5, by: group}, features: features.sql, target: is_fraud, positive-class: 1, group: cc_num, id: trans_num}`,
  );
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** Rows drawn into training and holdout, the same at each call. */
async function writeSplit(folder: string, header: string, rows: readonly string[]): Promise<void> {
  const random = createRandom(SPLIT_SEED);
  const isHoldout = rows.map(() => random.uniform() < HOLDOUT_SHARE);
  const take = (holdout: boolean) => rows.filter((_, row) => isHoldout[row] === holdout);
  await writeFile(join(folder, 'train.csv'), `${[header, ...take(false)].join('\n')}\n`);
  await writeFile(join(folder, 'holdout.csv'), `${[header, ...take(true)].join('\n')}\n`);
}

async function writeConfig(folder: string, data: string): Promise<void> {
  const lines = ['model: retrained', 'task: binary-classification', data, RECIPE];
  await writeFile(
    join(folder, 'contender.yml'),
    `${[...lines, 'comparison: {primary: average_precision, guardrails: [log_loss]}'].join('\n')}\n`,
  );
}
