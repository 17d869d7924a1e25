import { describe, expect, it } from 'vitest';
import {
  type BatchRequest,
  pickColumns,
  type RowSource,
  rowsOfTable,
} from '../../../src/core/data/row-source.ts';
import { InputError } from '../../../src/core/errors.ts';

const NAN = Number.NaN;
const ROWS = rowsOfTable({
  rowCount: 5,
  columns: [
    { kind: 'number', name: 'n', values: Float64Array.of(1, NAN, 2.5, 1, -0) },
    { kind: 'text', name: 't', codes: Int32Array.of(0, 1, -1, 1, 0), dictionary: ['x', 'y'] },
  ],
});

async function cellsOf(rows: RowSource, requests: readonly BatchRequest[], size: number) {
  const batches: unknown[][] = [];
  for await (const { rowCount, columns } of rows.batches(requests, size)) {
    batches.push(
      Array.from({ length: rowCount }, (_, row) =>
        columns.map((column) =>
          column.kind === 'text' ? column.dictionary[column.codes[row]!] : column.values[row],
        ),
      ),
    );
  }
  return batches;
}

describe('rows of a table', () => {
  const numbers = [[1], [NAN], [2.5], [1], [-0]];
  it.each([
    [1, [1, 1, 1, 1, 1]],
    [2, [2, 2, 1]],
    [5, [5]],
    [99, [5]],
  ])('in batches of %i', async (size, sizes) => {
    const batches = await cellsOf(ROWS, [{ name: 'n', as: 'number' }], size);
    expect(batches.map((batch) => batch.length)).toEqual(sizes);
    expect(batches.flat()).toEqual(numbers);
  });

  it.each<[string, BatchRequest, readonly unknown[]]>([
    ['numbers as text', { name: 'n', as: 'text' }, ['1', undefined, '2.5', '1', '0']],
    ['text as text', { name: 't', as: 'text' }, ['x', 'y', undefined, 'y', 'x']],
    ['numbers as whole numbers', { name: 'n', as: 'integer' }, [1, NAN, 2.5, 1, -0]],
  ])('%s', async (_name, request, expected) => {
    expect((await cellsOf(ROWS, [request], 2)).flat().flat()).toEqual(expected);
  });

  it('one dictionary stands for all batches', async () => {
    const dictionaries = new Set<unknown>();
    for await (const { columns } of ROWS.batches([{ name: 'n', as: 'text' }], 2)) {
      const [column] = columns;
      if (column?.kind === 'text') dictionaries.add(column.dictionary);
    }
    expect(dictionaries.size).toBe(1);
  });

  it('of no rows give no batch', async () => {
    const none = rowsOfTable({
      rowCount: 0,
      columns: [{ kind: 'number', name: 'n', values: new Float64Array() }],
    });
    expect(await cellsOf(none, [{ name: 'n', as: 'number' }], 2)).toEqual([]);
  });

  it('of some columns, in the order asked for', async () => {
    const picked = pickColumns(ROWS, ['t', 'n']);
    expect(picked.columns).toEqual([
      { name: 't', type: 'string' },
      { name: 'n', type: 'number' },
    ]);
    expect(picked.rowCount).toBe(5);
    expect((await cellsOf(picked, [{ name: 'n', as: 'number' }], 5)).flat()).toEqual(numbers);
  });

  it('a column that is not there is named with those that are', () => {
    expect(() => pickColumns(ROWS, ['n', 'N'])).toThrow(InputError);
    expect(() => pickColumns(ROWS, ['n', 'N'])).toThrow(
      /no column "N", which the model needs; they have n, t/,
    );
  });
});
