/** Samples of rows written out, for statistics that only an engine elsewhere can compute. */

import { createRandom, shuffle } from './random.ts';
import type { Resampler } from './resampling.ts';

/** Which units belong to which sample: pair i says that the unit is in the sample, once for each such pair. */
export type DrawnSamples = {
  /** Samples are numbered from 0 to count - 1. */
  readonly count: number;
  readonly samples: Int32Array;
  /** Units of drawing as in `Resampler.unitOfRow`. */
  readonly units: Int32Array;
};

export type ReplicateRange = { readonly from: number; readonly to: number };

/** The replicates `from` … `to - 1` of a bootstrap, the same draws as `runPairedBootstrap` makes. */
export function drawReplicates(
  resampler: Resampler,
  seed: number,
  { from, to }: ReplicateRange,
): DrawnSamples {
  const firstRows = firstRowOfUnits(resampler);
  const multiplicities = new Float64Array(resampler.rowCount);
  const expected = (to - from) * resampler.unitCount;
  // Many units are drawn each for itself, so that their number varies by its root.
  const capacity = Math.ceil(expected + 10 * Math.sqrt(expected));
  const [samples, units] = [new Int32Array(capacity), new Int32Array(capacity)];
  let filled = 0;
  for (let replicate = from; replicate < to; replicate++) {
    resampler.draw(seed, replicate, multiplicities);
    for (let unit = 0; unit < resampler.unitCount; unit++) {
      for (let left = multiplicities[firstRows[unit]!]!; left > 0; left--) {
        samples[filled] = replicate - from;
        units[filled] = unit;
        filled++;
      }
    }
  }
  if (filled > capacity) throw new Error(`${filled} units were drawn where at most ${capacity} can be`);
  return { count: to - from, samples: samples.subarray(0, filled), units: units.subarray(0, filled) };
}

/** All units once (or `times` times) as one sample. */
export function allUnits({ unitCount }: Resampler, times = 1): DrawnSamples {
  const pairs = unitCount * times;
  const units = Int32Array.from({ length: pairs }, (_, pair) => pair % unitCount);
  return { count: 1, samples: new Int32Array(pairs), units };
}

/** Samples that each leave out one unit: the units `from` … `to - 1` in turn. */
export function leaveOutUnits({ unitCount }: Resampler, { from, to }: ReplicateRange): DrawnSamples {
  const pairs = (to - from) * (unitCount - 1);
  const [samples, units] = [new Int32Array(pairs), new Int32Array(pairs)];
  let filled = 0;
  for (let leftOut = from; leftOut < to; leftOut++) {
    for (let unit = 0; unit < unitCount; unit++) {
      if (unit === leftOut) continue;
      samples[filled] = leftOut - from;
      units[filled] = unit;
      filled++;
    }
  }
  return { count: to - from, samples, units };
}

/** The units dealt out at random into that many blocks, none twice; sizes differ by one unit at most. */
export function dealIntoBlocks({ unitCount }: Resampler, seed: number, blocks: number): DrawnSamples {
  const units = Int32Array.from({ length: unitCount }, (_, unit) => unit);
  shuffle(units, createRandom(seed));
  return { count: blocks, samples: units.map((_, position) => position % blocks), units };
}

function firstRowOfUnits({ unitOfRow, unitCount }: Resampler): Int32Array {
  const rows = new Int32Array(unitCount).fill(-1);
  for (let row = 0; row < unitOfRow.length; row++) {
    const unit = unitOfRow[row]!;
    if (rows[unit] === -1) rows[unit] = row;
  }
  return rows;
}
