/** Columns of windows of real data: SciPy's statistics, and which of them are called drift. */

import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { Column } from '../../src/core/data/table.ts';
import { compareColumns } from '../../src/core/drift/compare-columns.ts';
import { MINIMUM_EFFECTS } from '../../src/core/drift/minimum-effects.ts';
import { expectClose, expectRelative } from '../support/close.ts';
import { describeWithSharedData, readGolden, sharedPath } from '../support/shared-data.ts';

type Expected = {
  comparisons: {
    name: string;
    columns: Record<
      string,
      {
        kind: string;
        ks?: number;
        ks_p?: number;
        tvd?: number;
        chi2?: number;
        categories?: number;
        missing_ref: number;
        missing_cur: number;
      }
    >;
  }[];
};

describeWithSharedData('windows of real data against SciPy', () => {
  const elec = `read_csv('${sharedPath('data/streams/elec2/elec.csv.gz')}')`;
  const bike = `read_csv('${sharedPath('data/tabular/bike_sharing/hour.csv.gz')}')`;
  const work = (part: string, year: number) =>
    `SELECT * FROM read_parquet('${sharedPath(`data/streams/nannyml_employment_MA/employment_MA_${part}.pq`)}') WHERE year = ${year}`;
  const windows: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
      'elec2 before/after Victoria joined',
      `SELECT * FROM ${elec} LIMIT 17424`,
      `SELECT * FROM ${elec} LIMIT 10000 OFFSET 17424`,
      ['nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer'],
    ],
    [
      'bike 2011 vs 2012',
      `SELECT * FROM ${bike} WHERE yr = 0`,
      `SELECT * FROM ${bike} WHERE yr = 1`,
      ['hum', 'casual', 'registered', 'cnt'],
    ],
    ['employment MA 2015 vs 2018', work('reference', 2015), work('analysis', 2018), []],
  ];

  test.each(windows)('%s', async (name, before, now, drifted) => {
    const comparison = readExpected().comparisons.find((candidate) => candidate.name === name)!;
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const read = async (query: string, column: string): Promise<Column> => {
      const result = await connection.runAndReadAll(`SELECT "${column}" FROM (${query})`);
      const values = result
        .getColumns()[0]!
        .map((value) => (value === null ? null : typeof value === 'string' ? value : Number(value)));
      if (values.some((value) => typeof value === 'string')) {
        const dictionary = [...new Set(values.filter((value) => value !== null).map(String))];
        const positions = new Map(dictionary.map((value, code) => [value, code]));
        return {
          kind: 'text',
          name: column,
          dictionary,
          codes: Int32Array.from(values, (value) => (value === null ? -1 : positions.get(String(value))!)),
        };
      }
      return {
        kind: 'number',
        name: column,
        values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
      };
    };
    const names = Object.keys(comparison.columns).filter(
      (column) => !['prediction', 'predicted_probability', 'employed'].includes(column),
    );
    const pairs = [];
    for (const column of names) {
      pairs.push({
        name: column,
        role: 'feature' as const,
        reference: await read(before, column),
        current: await read(now, column),
      });
    }
    const columns = compareColumns(pairs, { level: 0.1 / 365, minimum: MINIMUM_EFFECTS.small });
    expect(columns.filter((column) => column.drifted).map((column) => column.name)).toEqual(drifted);
    for (const column of columns) {
      const known = comparison.columns[column.name]!;
      if (column.method === 'kolmogorov-smirnov' && known.ks !== undefined) {
        expectClose(column.statistic!, known.ks, 1e-9, column.name);
        if (known.ks_p! > 1e-200 && known.ks_p! < 0.5) {
          expectRelative(Math.log(column.pValue!), Math.log(known.ks_p!), 0.02, column.name);
        }
      }
      const alike =
        column.method === 'chi-squared' && known.kind === 'categorical' && known.categories! <= 50;
      if (alike && known.categories! > 2) expectClose(column.statistic!, known.chi2!, 1e-6, column.name);
      if (alike) expectClose(column.effect!.value, known.tvd!, 1e-9, column.name);
    }
  });
});

function readExpected(): Expected {
  return readGolden<Expected>('../data/drift_expected');
}
