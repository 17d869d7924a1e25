import { describe, expect, it } from 'vitest';
import {
  allUnits,
  type DrawnSamples,
  dealIntoBlocks,
  drawReplicates,
  leaveOutUnits,
} from '../../../src/core/statistics/drawn-samples.ts';
import { createResampler, type ResamplingDesign } from '../../../src/core/statistics/resampling.ts';

const DESIGNS: readonly ResamplingDesign[] = [
  { kind: 'rows', rowCount: 7 },
  { kind: 'strata', codes: Uint8Array.of(0, 1, 1, 0, 0, 0, 1) },
  { kind: 'groups', codes: Int32Array.of(3, 3, -1, 5, -1, 5, 3) },
];

/** How often each unit stands in each sample. */
function countsOf({ count, samples, units }: DrawnSamples, unitCount: number): number[][] {
  const counts = Array.from({ length: count }, () => new Array<number>(unitCount).fill(0));
  samples.forEach((sample, pair) => {
    counts[sample]![units[pair]!]!++;
  });
  return counts;
}

describe.each(DESIGNS)('samples of $kind', (design) => {
  const resampler = createResampler(design);
  const { unitCount } = resampler;

  it('are the draws of the bootstrap, in whatever parts', () => {
    const counts = [
      ...countsOf(drawReplicates(resampler, 42, { from: 0, to: 3 }), unitCount),
      ...countsOf(drawReplicates(resampler, 42, { from: 3, to: 5 }), unitCount),
    ];
    const multiplicities = new Float64Array(resampler.rowCount);
    for (let replicate = 0; replicate < 5; replicate++) {
      resampler.draw(42, replicate, multiplicities);
      const byRow = Array.from(resampler.unitOfRow, (unit) => counts[replicate]![unit]);
      expect(byRow).toEqual([...multiplicities]);
    }
  });

  it('hold every unit once, or twice', () => {
    expect(countsOf(allUnits(resampler), unitCount)).toEqual([new Array(unitCount).fill(1)]);
    expect(countsOf(allUnits(resampler, 2), unitCount)).toEqual([new Array(unitCount).fill(2)]);
  });

  it('leave out one unit each', () => {
    const counts = [
      ...countsOf(leaveOutUnits(resampler, { from: 0, to: 2 }), unitCount),
      ...countsOf(leaveOutUnits(resampler, { from: 2, to: unitCount }), unitCount),
    ];
    expect(counts).toEqual(
      Array.from({ length: unitCount }, (_, leftOut) =>
        Array.from({ length: unitCount }, (_unused, unit) => Number(unit !== leftOut)),
      ),
    );
  });

  it('are dealt into blocks without a unit in two, and of like sizes', () => {
    const counts = countsOf(dealIntoBlocks(resampler, 1, 3), unitCount);
    for (let unit = 0; unit < unitCount; unit++) {
      expect(counts.reduce((total, block) => total + block[unit]!, 0)).toBe(1);
    }
    const sizes = counts.map((block) => block.reduce((total, each) => total + each, 0));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(dealIntoBlocks(resampler, 1, 3)).toEqual(dealIntoBlocks(resampler, 1, 3));
    expect(dealIntoBlocks(resampler, 1, 3)).not.toEqual(dealIntoBlocks(resampler, 2, 3));
  });
});
