import { expect, it } from 'vitest';
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
      /transactions\.parquet: BYTE_STREAM_SPLIT.*write the other columns/,
    );
    const fraud = (await set.read([{ name: 'is_fraud', as: 'number' }])).columns[0]!;
    expect(fraud.kind === 'number' && fraud.values.reduce((sum, value) => sum + value, 0)).toBe(9_520);
  });
});
