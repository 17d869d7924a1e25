import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import {
  type ReplicateStatistic,
  runJackknife,
  runPairedBootstrap,
} from '../../../src/core/statistics/bootstrap.ts';
import {
  bcaLevels,
  bootstrapInterval,
  bootstrapNotWorseP,
  bootstrapTwoSidedP,
} from '../../../src/core/statistics/bootstrap-interval.ts';
import { ascending } from '../../../src/core/statistics/ordering.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { createResampler, type ResamplingDesign } from '../../../src/core/statistics/resampling.ts';
import { differences, mean, sampleVariance } from '../../../src/core/statistics/sums.ts';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { normalSample } from './simulated.ts';

const skewed = [
  1.922, 0.608, 0.619, 2.412, 0.765, 0.654, 2.585, 0.423, 0.695, 0.712, 1.2, 0.517, 1.106, 0.722, 0.501,
  0.465, 0.457, 1.129, 0.991, 1.041, 0.618, 0.746, 3.147, 0.643, 0.516,
];

describe('createResampler', () => {
  it('draws as many rows as there are', () => {
    const drawn = multiplicitiesOf({ kind: 'rows', rowCount: 50 }, 1);
    expect(mean(drawn) * 50).toBe(50);
  });

  it('keeps the size of every stratum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 }), (list) => {
        const codes = Int32Array.from(list);
        const drawn = multiplicitiesOf({ kind: 'strata', codes }, 5);
        for (const code of new Set(codes)) {
          const size = codes.filter((other) => other === code).length;
          const count = drawn.reduce((sum, value, row) => (codes[row] === code ? sum + value : sum), 0);
          expect(count).toBe(size);
        }
      }),
    );
  });

  it('draws groups whole, as many as there are, and rows with -1 alone', () => {
    const codes = Int32Array.of(4, 4, -1, 9, 9, 9, -1);
    const drawn = multiplicitiesOf({ kind: 'groups', codes }, 11);
    expect(drawn[0]).toBe(drawn[1]);
    expect(new Set(drawn.slice(3, 6)).size).toBe(1);
    expect(drawn[0]! + drawn[2]! + drawn[3]! + drawn[6]!).toBe(4);
  });
});

describe('runPairedBootstrap', () => {
  const statistic = meanOf(Float64Array.from(skewed));
  const design = { kind: 'rows', rowCount: 25 } as const;

  it('gives the reference replicates', () => {
    const [replicates] = runPairedBootstrap({ design, statistics: [statistic], replicates: 3, seed: 2024 });
    expectClose(replicates![0]!, 1.0528, 1e-12);
    expectClose(replicates![1]!, 0.90124, 1e-12);
    expectClose(replicates![2]!, 0.9548, 1e-12);
  });

  it('can be computed in parts', () => {
    const statistics = [statistic];
    const [whole] = runPairedBootstrap({ design, statistics, replicates: 20, seed: 9 });
    const [first] = runPairedBootstrap({ design, statistics, replicates: 13, seed: 9 });
    const [rest] = runPairedBootstrap({ design, statistics, replicates: 7, seed: 9, firstReplicate: 13 });
    expect([...first!, ...rest!]).toEqual([...whole!]);
  });

  it('shows all statistics the same resample', () => {
    const twice = meanOf(Float64Array.from(skewed, (value) => 2 * value));
    const [one, two] = runPairedBootstrap({
      design,
      statistics: [statistic, twice],
      replicates: 50,
      seed: 1,
    });
    one!.forEach((value, index) => {
      expectClose(two![index]!, 2 * value, 1e-12);
    });
  });

  it('reports progress up to the end', () => {
    const seen: number[] = [];
    const onProgress = (done: number, total: number) => {
      expect(total).toBe(250);
      seen.push(done);
    };
    runPairedBootstrap({ design, statistics: [statistic], replicates: 250, seed: 1, onProgress });
    expect(seen.at(-1)).toBe(250);
    expect(seen.length).toBeLessThan(130);
    expect(seen).toEqual([...seen].sort((left, right) => left - right));
  });
});

describe('runJackknife', () => {
  it('leaves out one row at a time', () => {
    const values = Float64Array.of(1, 2, 6);
    const [left] = runJackknife({ design: { kind: 'rows', rowCount: 3 }, statistics: [meanOf(values)] });
    expect([...left!]).toEqual([4, 3.5, 1.5]);
  });

  it('leaves out one group at a time', () => {
    const design = { kind: 'groups', codes: Int32Array.of(5, 5, -1) } as const;
    const [left] = runJackknife({ design, statistics: [meanOf(Float64Array.of(1, 2, 6))] });
    expect([...left!]).toEqual([6, 1.5]);
  });

  it('leaves out blocks when there are many rows', () => {
    const values = normalSample(createRandom(2), 6000);
    const [left] = runJackknife({ design: { kind: 'rows', rowCount: 6000 }, statistics: [meanOf(values)] });
    expect(left).toHaveLength(200);
    expectClose(mean(left!), mean(values), 1e-12);
  });
});

describe('bootstrapInterval', () => {
  it('gives the reference BCa and percentile intervals', () => {
    const values = Float64Array.from(skewed);
    const sample = bootstrapOf(meanOf(values), { kind: 'rows', rowCount: 25 }, 2024, 999);
    const corrected = bootstrapInterval(sample);
    if (!corrected.defined) throw new Error(corrected.reason);
    expect(corrected.method).toBe('bca');
    expectClose(corrected.interval.low, 0.7832);
    expectClose(corrected.interval.high, 1.3728680692359276);
    const { jackknife: _, ...plain } = sample;
    const percentile = bootstrapInterval(plain);
    if (!percentile.defined) throw new Error(percentile.reason);
    expect(percentile.method).toBe('percentile');
    expectClose(percentile.interval.low, 0.761518);
    expectClose(percentile.interval.high, 1.31464);
  });

  it('falls back to percentiles, and says why, when all resamples lie on one side', () => {
    const replicates = Float64Array.from({ length: 1000 }, (_, index) => 1 + index / 100);
    const jackknife = Float64Array.of(0.4, 0.5, 0.6);
    const interval = bootstrapInterval({ estimate: 0.5, replicates, jackknife, confidence: 0.95 });
    expect(interval).toMatchObject({ method: 'percentile', caution: expect.stringContaining('one side') });
  });

  it('is undefined when many resamples are, or when none varies from another', () => {
    const half = Float64Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? Number.NaN : index));
    expect(bootstrapInterval({ estimate: 1, replicates: half, confidence: 0.9 }).defined).toBe(false);
    const constant = new Float64Array(100).fill(0.3);
    expect(bootstrapInterval({ estimate: 0.3, replicates: constant, confidence: 0.9 }).defined).toBe(false);
    expect(bootstrapInterval({ estimate: Number.NaN, replicates: half, confidence: 0.9 }).defined).toBe(
      false,
    );
  });

  it('leaves a few undefined resamples out and counts them', () => {
    const replicates = Float64Array.from({ length: 100 }, (_, index) => (index < 3 ? Number.NaN : index));
    const interval = bootstrapInterval({ estimate: 50, replicates, confidence: 0.9 });
    expect(interval).toMatchObject({ defined: true, undefinedReplicates: 3 });
  });

  it('of models without any difference is the point 0, with a word of caution', () => {
    const interval = bootstrapInterval({ estimate: 0, replicates: new Float64Array(50), confidence: 0.95 });
    expect(interval).toMatchObject({
      interval: { low: 0, high: 0 },
      caution: 'every resample gave the same value',
    });
  });

  it('by percentiles covers the mean of a normal sample in about 95 of 100 samples', () => {
    const random = createRandom(77);
    const samples = 600;
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const values = normalSample(random, 60);
      const [replicates] = runPairedBootstrap({
        design: { kind: 'rows', rowCount: 60 },
        statistics: [meanOf(values)],
        replicates: 400,
        seed: sample * 7919,
      });
      const interval = bootstrapInterval({
        estimate: mean(values),
        replicates: replicates!,
        confidence: 0.95,
      });
      if (!interval.defined) throw new Error(interval.reason);
      if (interval.interval.low <= 0 && interval.interval.high >= 0) covered++;
    }
    // Three standard errors of the simulation are 0.027; the percentile interval itself is a little short.
    expect(covered / samples).toBeGreaterThan(0.915);
    expect(covered / samples).toBeLessThan(0.975);
  });
});

describe('bootstrap p-values', () => {
  it('are never zero and at most one', () => {
    expect(bootstrapTwoSidedP(Float64Array.of(1, 2, 3))).toBe(0.5);
    expect(bootstrapTwoSidedP(new Float64Array(9))).toBe(1);
    expect(bootstrapNotWorseP(Float64Array.of(1, 2, 3), 0.5)).toBe(0.25);
    expect(bootstrapTwoSidedP(Float64Array.of(Number.NaN))).toBeNaN();
  });
});

type BootstrapCase = {
  seed: number;
  estimate: number;
  boot_mean: number;
  boot_se_ddof1: number;
  percentile: [number, number];
  first5: number[];
  p_two_sided: number;
  p_noninferiority_margin: number;
  margin: number;
  bca?: { z0: number; acceleration: number; alpha1: number; alpha2: number; ci: [number, number] };
};

describeWithSharedData('reference values of the bootstrap', () => {
  const golden = () => readGolden<Record<string, BootstrapCase>>('bootstrap');

  it('the mean of a skewed sample', () => {
    check(golden().mean_lognormal_n25!, [meanOf(Float64Array.from(skewed))], { kind: 'rows', rowCount: 25 });
  });

  it.each([
    ['paired_delta_auc', 'roc_auc', 'rows'],
    ['paired_delta_auc_stratified', 'roc_auc', 'strata'],
    ['cluster_delta_auc', 'roc_auc', 'groups'],
    ['paired_delta_brier', 'brier_score', 'rows'],
  ] as const)('%s', (key, metric, kind) => {
    const { y, score_a, score_b } = readGolden<{ y: number[]; score_a: number[]; score_b: number[] }>(
      'metrics_binary',
    );
    const labels = Uint8Array.from(y);
    const found = findMetric('binary-classification', metric);
    if (!found.found || found.metric.kind !== 'sample') throw new Error(metric);
    const { prepare } = found.metric;
    const statistics = [score_a, score_b].map((scores) =>
      prepare({
        task: 'binary-classification',
        labels,
        probabilities: Float64Array.from(scores),
        decisions: new Uint8Array(labels.length),
      }),
    );
    const designs: Record<typeof kind, ResamplingDesign> = {
      rows: { kind: 'rows', rowCount: labels.length },
      strata: { kind: 'strata', codes: labels },
      groups: { kind: 'groups', codes: Int32Array.from(y, (_, row) => (7 * row) % 31) },
    };
    check(golden()[key]!, statistics, designs[kind]);
  });

  /** One statistic, or the second less the first. */
  function check(expected: BootstrapCase, statistics: ReplicateStatistic[], design: ResamplingDesign): void {
    const rowCount = createResampler(design).rowCount;
    const difference = (series: Float64Array[]) =>
      series.length === 1 ? series[0]! : differences(series[1]!, series[0]!);
    const replicates = difference(
      runPairedBootstrap({ design, statistics, replicates: 999, seed: expected.seed }),
    );
    const once = new Float64Array(rowCount).fill(1);
    const estimate = difference(statistics.map((statistic) => Float64Array.of(statistic(once))))[0]!;
    expectClose(estimate, expected.estimate);
    expected.first5.forEach((value, index) => {
      expectClose(replicates[index]!, value);
    });
    expectClose(mean(replicates), expected.boot_mean);
    expectClose(Math.sqrt(sampleVariance(replicates)), expected.boot_se_ddof1);
    const percentile = bootstrapInterval({ estimate, replicates, confidence: 0.95 });
    if (!percentile.defined) throw new Error(percentile.reason);
    expectClose(percentile.interval.low, expected.percentile[0]);
    expectClose(percentile.interval.high, expected.percentile[1]);
    expectClose(bootstrapTwoSidedP(replicates), expected.p_two_sided);
    expectClose(bootstrapNotWorseP(replicates, expected.margin), expected.p_noninferiority_margin);
    if (expected.bca === undefined) return;
    const jackknife = difference(runJackknife({ design, statistics }));
    const levels = bcaLevels(estimate, ascending(replicates), { jackknife, tail: 0.025 });
    if (typeof levels === 'string') throw new Error(levels);
    expectClose(levels.bias, expected.bca.z0);
    expectClose(levels.acceleration, expected.bca.acceleration);
    expectClose(levels.low, expected.bca.alpha1);
    expectClose(levels.high, expected.bca.alpha2);
    const corrected = bootstrapInterval({ estimate, replicates, jackknife, confidence: 0.95 });
    if (!corrected.defined) throw new Error(corrected.reason);
    expectClose(corrected.interval.low, expected.bca.ci[0]);
    expectClose(corrected.interval.high, expected.bca.ci[1]);
  }
});

function bootstrapOf(
  statistic: ReplicateStatistic,
  design: ResamplingDesign,
  seed: number,
  replicates: number,
) {
  const plan = { design, statistics: [statistic] };
  const { rowCount } = createResampler(design);
  return {
    estimate: statistic(new Float64Array(rowCount).fill(1)),
    replicates: runPairedBootstrap({ ...plan, replicates, seed })[0]!,
    jackknife: runJackknife(plan)[0]!,
    confidence: 0.95,
  };
}

function multiplicitiesOf(design: ResamplingDesign, seed: number): Float64Array {
  const resampler = createResampler(design);
  const drawn = new Float64Array(resampler.rowCount).fill(-1);
  resampler.draw(seed, 0, drawn);
  return drawn;
}

/** The plain mean, written out: a twin of what the metrics use. */
function meanOf(values: Float64Array): ReplicateStatistic {
  return (multiplicities) => {
    let sum = 0;
    let count = 0;
    values.forEach((value, row) => {
      sum += multiplicities[row]! * value;
      count += multiplicities[row]!;
    });
    return sum / count;
  };
}
