/** The paired bootstrap: every statistic of every model sees the same resample. */

import { createResampler, type Multiplicities, type ResamplingDesign } from './resampling.ts';

/** Up to this many rows BCa intervals are the default and the jackknife leaves out single rows. */
export const BCA_ROW_LIMIT = 5_000;

/** Above the row limit the jackknife leaves out one of this many blocks of units at a time. */
const JACKKNIFE_BLOCKS = 200;

/** How many times progress is reported over a run. */
const PROGRESS_REPORTS = 100;

/**
 * A statistic whose data were prepared (sorted, coded) beforehand, as a function of how often each row
 * counts. NaN where it is undefined. It must not keep the array: it is filled anew for every replicate.
 */
export type ReplicateStatistic = (multiplicities: Multiplicities) => number;

/** Several statistics that share passes over the rows. */
export type ReplicateBatch = {
  /** How many values it gives. */
  readonly count: number;
  /** Writes its values into `values` from `offset` on. */
  evaluate(multiplicities: Multiplicities, values: Float64Array, offset: number): void;
};

export type BootstrapPlan = {
  readonly design: ResamplingDesign;
  /** The values of a batch take the places of as many statistics. */
  readonly statistics: readonly (ReplicateStatistic | ReplicateBatch)[];
  readonly replicates: number;
  readonly seed: number;
  /** Number of the first replicate, for computing a run in parts; 0 unless told. */
  readonly firstReplicate?: number;
  /** Called about a hundred times with the replicates done so far. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** The values of every statistic over the replicates, in the order of the statistics. */
export function runPairedBootstrap(plan: BootstrapPlan): Float64Array[] {
  const { replicates, seed, statistics, firstReplicate = 0, onProgress } = plan;
  const resampler = createResampler(plan.design);
  const multiplicities: Multiplicities = resampler.countsAreSmall
    ? new Uint8Array(resampler.rowCount)
    : new Float64Array(resampler.rowCount);
  const evaluator = evaluateAll(statistics);
  const results = Array.from({ length: evaluator.count }, () => new Float64Array(replicates));
  const stride = Math.max(1, Math.ceil(replicates / PROGRESS_REPORTS));
  for (let replicate = 0; replicate < replicates; replicate++) {
    resampler.draw(seed, firstReplicate + replicate, multiplicities);
    evaluator.evaluate(multiplicities).forEach((value, index) => {
      results[index]![replicate] = value;
    });
    const done = replicate + 1;
    if (onProgress !== undefined && (done % stride === 0 || done === replicates))
      onProgress(done, replicates);
  }
  return results;
}

function evaluateAll(statistics: readonly (ReplicateStatistic | ReplicateBatch)[]) {
  const counts = statistics.map((statistic) => (typeof statistic === 'function' ? 1 : statistic.count));
  const values = new Float64Array(counts.reduce((total, count) => total + count, 0));
  return {
    count: values.length,
    evaluate(multiplicities: Multiplicities): Float64Array {
      let offset = 0;
      statistics.forEach((statistic, index) => {
        if (typeof statistic === 'function') values[offset] = statistic(multiplicities);
        else statistic.evaluate(multiplicities, values, offset);
        offset += counts[index]!;
      });
      return values;
    },
  };
}

export type JackknifePlan = {
  readonly design: ResamplingDesign;
  readonly statistics: readonly (ReplicateStatistic | ReplicateBatch)[];
};

/**
 * Every statistic with one unit (row or group) left out at a time; with more than 5,000 units one of 200
 * blocks of units at a time, which keeps the time linear in the rows.
 */
export function runJackknife(plan: JackknifePlan): Float64Array[] {
  const { unitOfRow, unitCount, rowCount } = createResampler(plan.design);
  const blocks = unitCount <= BCA_ROW_LIMIT ? unitCount : JACKKNIFE_BLOCKS;
  const rowsOfBlock: number[][] = Array.from({ length: blocks }, () => []);
  for (let row = 0; row < rowCount; row++) rowsOfBlock[unitOfRow[row]! % blocks]!.push(row);
  const multiplicities = new Float64Array(rowCount).fill(1);
  const evaluator = evaluateAll(plan.statistics);
  const results = Array.from({ length: evaluator.count }, () => new Float64Array(blocks));
  rowsOfBlock.forEach((rows, block) => {
    for (const row of rows) multiplicities[row] = 0;
    evaluator.evaluate(multiplicities).forEach((value, index) => {
      results[index]![block] = value;
    });
    for (const row of rows) multiplicities[row] = 1;
  });
  return results;
}
