import { describe, expect, it } from 'vitest';
import { orderCanonically, renumber } from '../../../src/core/comparison/canonical-order.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';

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
  it('holds every row once', () => {
    expect(orderedFrom([0, 1, 2, 3, 4]).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([[[4, 3, 2, 1, 0]], [[2, 0, 4, 1, 3]]])('does not depend on the file: %j', (file) => {
    expect(orderedFrom(file)).toEqual(orderedFrom([0, 1, 2, 3, 4]));
  });

  it('says nothing of the labels of rows with equal scores', () => {
    const rows = 3000;
    const codes = Int32Array.from({ length: rows }, (_, row) => Number(row < 900));
    const order = orderCanonically({
      rows: Uint32Array.from(codes.keys()),
      truth: { task: 'binary-classification', classes: ['0', '1'], codes },
      scores: [{ values: new Float64Array(rows).fill(0.3), width: 1 }],
    });
    const sample = {
      task: 'binary-classification',
      labels: Uint8Array.from(order, (row) => codes[row]!),
      probabilities: new Float64Array(rows).fill(0.3),
      decisions: new Uint8Array(rows),
    } as const;
    const found = findMetric('binary-classification', 'expected_calibration_error');
    const value = found.found && found.metric.kind === 'sample' ? found.metric.compute(sample) : undefined;
    // Sorted by label it would be 0.42.
    expect(value?.defined && value.value).toBeLessThan(0.04);
  });
});

describe('renumbered codes', () => {
  it('count up by first appearance and leave rows of their own alone', () => {
    expect([...renumber(Int32Array.of(7, -1, 3, 7, 9))]).toEqual([0, -1, 1, 0, 2]);
  });
});
