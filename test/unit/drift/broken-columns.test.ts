import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/core/data/table.ts';
import { findBrokenColumns } from '../../../src/core/drift/broken-columns.ts';

const ROWS = 300;
const numbers = (value: (row: number) => number): Column => ({
  kind: 'number',
  name: 'age',
  values: Float64Array.from({ length: ROWS }, (_, row) => value(row)),
});
const types = (reference: string, current: string) => ({
  reference: new Map([['age', reference]]),
  current: new Map([['age', current]]),
});
const words = (current: Column, kinds = types('number', 'number'), role: 'feature' | 'target' = 'feature') =>
  findBrokenColumns([{ name: 'age', role, reference: numbers((row) => row), current }], kinds).map(
    (broken) => broken.words,
  );

describe('columns whose current data are broken', () => {
  it('are those that lost all their values', () => {
    expect(words(numbers(() => Number.NaN))).toEqual(['age has no values any more']);
  });

  it('are those that became text', () => {
    const text: Column = { kind: 'text', name: 'age', codes: new Int32Array(ROWS), dictionary: ['abc'] };
    expect(words(text, types('number', 'string'))).toEqual(['age was number and is string now']);
  });

  it('are not those that changed, nor labels that arrive late', () => {
    expect(words(numbers((row) => row + 1000))).toEqual([]);
    expect(
      words(
        numbers((row) => row),
        types('integer', 'number'),
      ),
    ).toEqual([]);
    expect(
      words(
        numbers(() => Number.NaN),
        types('number', 'number'),
        'target',
      ),
    ).toEqual([]);
  });
});
