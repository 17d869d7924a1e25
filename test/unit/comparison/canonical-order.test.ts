import { describe, expect, it } from 'vitest';
import { orderCanonically, renumber } from '../../../src/core/comparison/canonical-order.ts';

const LABELS = [1, 0, 0, 1, 0];
const SCORES = [0.9, 0.2, 0.2, 0.4, 0.1];
const GROUPS = ['b', 'd', 'c', 'a', 'a'];

/** What the ordered rows are, after the rows stood in the given order in a file. */
function orderedFrom(file: readonly number[]): unknown[] {
  const dictionary = [...new Set(file.map((row) => GROUPS[row]!))];
  const rows = orderCanonically({
    rows: Uint32Array.from(file.keys()),
    truth: {
      task: 'binary-classification',
      classes: ['0', '1'],
      codes: Int32Array.from(file, (row) => LABELS[row]!),
    },
    scores: [{ values: Float64Array.from(file, (row) => SCORES[row]!), width: 1 }],
    groups: {
      kind: 'text',
      name: 'group',
      dictionary,
      codes: Int32Array.from(file, (row) => dictionary.indexOf(GROUPS[row]!)),
    },
  });
  return [...rows].map((position) => file[position]);
}

describe('the canonical order of rows', () => {
  it('is by label, score and group', () => {
    expect(orderedFrom([0, 1, 2, 3, 4])).toEqual([4, 2, 1, 3, 0]);
  });

  it.each([[[4, 3, 2, 1, 0]], [[2, 0, 4, 1, 3]]])('does not depend on the file: %j', (file) => {
    expect(orderedFrom(file)).toEqual([4, 2, 1, 3, 0]);
  });
});

describe('renumbered codes', () => {
  it('count up by first appearance and leave rows of their own alone', () => {
    expect([...renumber(Int32Array.of(7, -1, 3, 7, 9))]).toEqual([0, -1, 1, 0, 2]);
  });
});
