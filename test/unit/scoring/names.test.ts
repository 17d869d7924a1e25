import { describe, expect, it } from 'vitest';
import { findClass, sortClasses } from '../../../src/core/scoring/match-classes.ts';
import { findName } from '../../../src/core/scoring/match-names.ts';

describe('names of columns', () => {
  it.each([
    ['amount', ['id', 'amount'], 1],
    ['amount', ['Amount', 'amount'], 1],
    ['Amount', ['id', 'amount'], 1],
    ['amount:0', ['amount'], 0],
    ['hours-per-week', ['hours.per.week'], 0],
    ['__hours per week__', ['hours_per_week'], 0],
    ['Größe', ['GRÖSSE', 'größe'], 1],
    ['a_b', ['a-b', 'a b'], undefined],
    ['a_b', ['a-b', 'a_b'], 1],
    ['price', ['prices'], undefined],
    ['', [], undefined],
    ['x', [], undefined],
  ] as const)('%s among %j', (wanted, names, expected) => {
    expect(findName(wanted, names)).toBe(expected);
  });

  it('of punctuation alone are not taken for each other', () => {
    expect(findName('%', ['$'])).toBeUndefined();
  });
});

describe('names of classes', () => {
  it.each([
    ['1', ['0', '1'], 1],
    ['1', ['0.0', '1.0'], 1],
    ['1.0', ['0', '1'], 1],
    ['1e0', ['0', '1'], 1],
    ['true', ['False', 'True'], 1],
    ['true', ['0', '1'], 1],
    ['0', ['false', 'true'], 0],
    ['1', ['1.0', '1.00'], undefined],
    ['yes', ['no', 'YES'], undefined],
    ['', ['0', '1'], undefined],
    [' ', ['0'], undefined],
    ['NaN', ['nan'], undefined],
    ['NaN', ['NaN'], 0],
    ['2', ['false', 'true'], undefined],
    ['-0', ['0', '1'], 0],
    ['a', [], undefined],
  ] as const)('%j among %j', (wanted, names, expected) => {
    expect(findClass(wanted, names)).toBe(expected);
  });

  it.each([
    [
      ['10', '9', '1'],
      ['1', '9', '10'],
    ],
    [
      ['10', '9', 'x'],
      ['10', '9', 'x'],
    ],
    [
      ['b', 'B', 'a', 'ä'],
      ['B', 'a', 'b', 'ä'],
    ],
    [
      ['1.5', '-2', '0'],
      ['-2', '0', '1.5'],
    ],
    [[], []],
  ])('%j are sorted to %j', (classes, expected) => {
    const given = [...classes];
    expect(sortClasses(classes)).toEqual(expected);
    expect(classes).toEqual(given);
  });
});
