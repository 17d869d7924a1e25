import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';
import { useEngine } from './engine-fixture.ts';

const fixture = useEngine();
const data = sharedPath('data');

/** Rows and columns as the description of the data states them. */
const SIZES: readonly (readonly [string, number, number])[] = [
  ['fraud/sparkov_kaggle_slice/fraudTrain.csv', 5_039, 23],
  ['fraud/sparkov_kaggle_slice/fraudTest.csv', 2_145, 23],
  ['fraud/sparkov_small/transactions.csv.gz', 71_782, 22],
  ['fraud/sparkov_large/transactions.parquet', 1_796_255, 8],
  ['fraud/sparkov_large/customers.csv.gz', 996, 13],
  ['tabular/adult/adults.parquet', 48_842, 15],
  ['tabular/adult/adult-train.csv.gz', 32_561, 15],
  ['tabular/adult/adult-test.csv.gz', 16_281, 15],
  ['tabular/telco_churn/Telco-Customer-Churn.csv', 7_043, 21],
  ['tabular/iris/iris.csv', 150, 5],
  ['tabular/iris/iris_timestamp.csv', 300, 6],
  ['tabular/wine_quality/redwine.csv', 1_599, 12],
  ['tabular/california_housing/housing.csv.gz', 20_640, 10],
  ['tabular/bike_sharing/hour.csv.gz', 17_379, 17],
  ['tabular/bike_sharing/day.csv.gz', 731, 16],
  ['tabular/german_credit/german.csv', 1_000, 21],
  ['tabular/breast_cancer/breast-cancer-wisconsin.csv', 699, 10],
  ['tabular/titanic/titanic_reference.csv', 891, 15],
  ['streams/elec2/elec.csv.gz', 45_312, 7],
  ['streams/nannyml_employment_MA/employment_MA_reference.pq', 68_785, 21],
  ['streams/nannyml_california/california_housing_reference.csv.gz', 5_832, 13],
  ['streams/nyc_weather/weather.csv.gz', 26_115, 15],
  ['streams/sea_abrupt/sea_abrupt.csv.gz', 50_000, 6],
  ['streams/hyperplane/hyperplane_incremental.csv.gz', 20_000, 12],
];

/** Odd files that must be refused at opening, and the word that says why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'odd/csv/frictionless/empty.csv': /is empty/,
  'odd/csv/frictionless/latin1.csv': /not UTF-8/,
  'odd/csv/frictionless/duplicate-headers.csv': /two columns named/,
  'odd/csv/frictionless/defective-rows.csv': /row 2 has 2 columns/,
  'odd/csv/frictionless/capital-invalid.csv': /row 10 has 2 columns/,
  'odd/csv/frictionless/skip-rows-before-headers.csv': /before the header/,
  'odd/csv/frictionless/countries.csv': /columns where the first has/,
  'odd/csv/frictionless/implicit-gz.csv': /gzip data/,
  'odd/csv/pointers/creditcard.lfs-pointer.csv.gz': /Git LFS pointer/,
  'odd/csv/pointers/lfw-dataset.zip.dvc': /DVC pointer/,
  'odd/made/evil_headers.csv': /two columns named/,
  'odd/made/mixed_newlines.csv': /line ends/,
  'odd/made/not_csv.csv': /NUL byte/,
  'odd/made/nul_bytes.csv': /NUL byte/,
  'odd/made/only_newlines.csv': /blank lines/,
  'odd/made/unterminated_quote.csv': /quotation mark/,
  'odd/made/utf16le_bom.csv': /UTF-16/,
  'odd/made/utf16le_nobom.csv': /UTF-16/,
  'odd/parquet/parquet-testing/map_no_value.parquet': /cannot be read as Parquet/,
  'odd/parquet/parquet-testing-bad/PARQUET-1481.parquet': /cannot be read as Parquet/,
};

describeWithSharedData('data sets', () => {
  it.each(SIZES)('reads %s: %i rows, %i columns', async (path, rows, columns) => {
    await using set = await fixture.open(path, { baseDirectory: data });
    expect(set.rowCount).toBe(rows);
    expect(set.columns).toHaveLength(columns);
  });

  it('keeps Yes and No, and a blank that is no number', async () => {
    await using set = await fixture.open('tabular/telco_churn/Telco-Customer-Churn.csv', {
      baseDirectory: data,
    });
    const [churn] = (await set.read([{ name: 'Churn', as: 'text' }])).columns;
    expect(churn).toMatchObject({ dictionary: ['No', 'Yes'] });
    await expect(set.read([{ name: 'TotalCharges', as: 'number' }])).rejects.toThrow(
      /"TotalCharges" is text/,
    );
  });

  it('names the file of a column that the engine cannot decode', async () => {
    await using set = await fixture.open('fraud/sparkov_large/transactions.parquet', { baseDirectory: data });
    await expect(set.read([{ name: 'merch_lat_e6', as: 'number' }])).rejects.toThrow(
      /transactions\.parquet: BYTE_STREAM_SPLIT/,
    );
    const fraud = (await set.read([{ name: 'is_fraud', as: 'number' }])).columns[0]!;
    expect(fraud.kind === 'number' && fraud.values.reduce((sum, value) => sum + value, 0)).toBe(9_520);
  });
});

describeWithSharedData('odd files', () => {
  it.each(Object.entries(REFUSED))('refuses %s', async (path, reason) => {
    await expect(fixture.open(path, { baseDirectory: data })).rejects.toThrow(reason);
  });

  it.each(listOddFiles())('reads %s in full or says clearly why not', async (path) => {
    const outcome = await readWhole(path).catch((error: unknown) => error);
    if (outcome === 'read') return;
    // A single value larger than the memory limit is the machine's limit, not the file's fault.
    expect(outcome instanceof InputError || outcome instanceof OutsideError).toBe(true);
    expect((outcome as Error).message).toContain(path);
  });
});

async function readWhole(path: string): Promise<'read'> {
  await using set = await fixture.open(path, { baseDirectory: data });
  const table = await set.read(set.columns.map(({ name }) => ({ name, as: 'text' as const })));
  expect(table.rowCount).toBe(set.rowCount);
  await set.profile(set.columns.map(({ name }) => name));
  await set.digest();
  return 'read';
}

function listOddFiles(): readonly string[] {
  const directory = join(data, 'odd');
  if (!existsSync(directory)) return ['odd'];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(data, join(entry.parentPath, entry.name)))
    .sort();
}
