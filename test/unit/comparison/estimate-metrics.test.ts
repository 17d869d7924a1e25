import { describe, expect, it } from 'vitest';
import { compareModels } from '../../../src/core/comparison/compare-models.ts';
import { computeCurves } from '../../../src/core/comparison/curves.ts';
import { estimateMetrics } from '../../../src/core/comparison/estimate-metrics.ts';
import type { EstimationRequest } from '../../../src/core/comparison/estimation/estimated-metric.ts';
import { countFlips } from '../../../src/core/comparison/flips.ts';
import { takeSample } from '../../../src/core/comparison/take-sample.ts';
import type { BinarySample, RegressionSample, SampleMetric } from '../../../src/core/metrics/metric.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import { areaInterval, compareAreas } from '../../../src/core/statistics/delong.ts';
import { influenceDegreesOfFreedom } from '../../../src/core/statistics/influence.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { createResampler } from '../../../src/core/statistics/resampling.ts';
import { studentQuantile } from '../../../src/core/statistics/student-t.ts';
import { sampleVariance } from '../../../src/core/statistics/sums.ts';
import { makePair, metricsNamed, sampleOf } from './made-samples.ts';

const PAIR = { rows: 240, championSkill: 1, challengerSkill: 1.4 };

function estimate(
  request: Partial<EstimationRequest> & Pick<EstimationRequest, 'challenger'>,
  ...names: string[]
) {
  return estimateMetrics({ metrics: metricsNamed(...names), seed: 3, replicates: 400, ...request });
}

/** Both models on rows written out as often as they were drawn. */
function resampled(sample: BinarySample, multiplicities: Float64Array): BinarySample {
  const rows = [...multiplicities].flatMap((count, row) => new Array<number>(count).fill(row));
  return takeSample(sample, Uint32Array.from(rows));
}

/** Student's 90 % interval from resamples of so many units. */
function intervalBySpread(replicates: Float64Array, estimate: number, units: number): [number, number] {
  const deviation = Math.sqrt(sampleVariance(replicates) * (units / (units - 1)));
  const reach = studentQuantile(0.95, units - 1) * deviation;
  return [estimate - reach, estimate + reach];
}

/** Of a metric of ranks those that carry its difference, where they are fewer. */
function unitsOf(
  metric: SampleMetric,
  pair: { readonly champion: BinarySample; readonly challenger: BinarySample; readonly groups?: Int32Array },
  units: number,
): number {
  const own = metric.influence?.(pair.challenger);
  const other = metric.influence?.(pair.champion);
  if (own === undefined || other === undefined || metric.pass?.kind !== 'ranking') return units;
  const values = own.map((value, row) => value - other[row]!);
  return Math.min(units, influenceDegreesOfFreedom({ values, groups: pair.groups }) + 1);
}

describe('intervals by the bootstrap', () => {
  it.each(['average_precision', 'expected_calibration_error', 'f1'])(
    'of %s are those of rows written out as often as they were drawn',
    (name) => {
      const rows = 6_000;
      const { champion, challenger } = makePair({ ...PAIR, rows, positives: 2_000 });
      const replicates = 400;
      const [metric] = metricsNamed(name);
      const resampler = createResampler({ kind: 'rows', rowCount: rows });
      const multiplicities = new Float64Array(rows);
      const sign = metric!.direction === 'higher' ? 1 : -1;
      const differences = Float64Array.from({ length: replicates }, (_, replicate) => {
        resampler.draw(3, replicate, multiplicities);
        const [before, after] = [champion, challenger].map((sample) =>
          metric!.compute(resampled(sample, multiplicities)),
        );
        return before!.defined && after!.defined ? sign * (after!.value - before!.value) : Number.NaN;
      });
      const [estimated] = estimate({ champion, challenger, replicates }, name);
      const interval = estimated!.intervalOf('difference', 0.9);
      const [low, high] = intervalBySpread(
        differences,
        estimated!.difference!,
        unitsOf(metric!, { champion, challenger }, 2_000),
      );
      expect(interval.defined && interval.interval[0]).toBeCloseTo(low, 10);
      expect(interval.defined && interval.interval[1]).toBeCloseTo(high, 10);
    },
  );

  it('draw whole groups when they are declared', () => {
    const { champion, challenger } = makePair({ ...PAIR, rows: 6_000, groupSize: 60 });
    const groups = Int32Array.from({ length: 6_000 }, (_, row) => Math.floor(row / 60));
    const replicates = 400;
    const resampler = createResampler({ kind: 'groups', codes: groups });
    const multiplicities = new Float64Array(6_000);
    const [metric] = metricsNamed('average_precision');
    const differences = Float64Array.from({ length: replicates }, (_, replicate) => {
      resampler.draw(3, replicate, multiplicities);
      const [before, after] = [champion, challenger].map((sample) =>
        metric!.compute(resampled(sample, multiplicities)),
      );
      return before!.defined && after!.defined ? after!.value - before!.value : Number.NaN;
    });
    const [estimated] = estimate({ champion, challenger, groups, replicates }, 'average_precision');
    const interval = estimated!.intervalOf('difference', 0.9);
    expect(estimated!.method).toBe('paired bootstrap by group');
    const [low] = intervalBySpread(
      differences,
      estimated!.difference!,
      unitsOf(metric!, { champion, challenger, groups }, 100),
    );
    expect(interval.defined && interval.interval[0]).toBeCloseTo(low, 10);
    const [byRows] = estimate({ champion, challenger }, 'average_precision');
    const narrow = byRows!.intervalOf('difference', 0.9);
    const width = (known: typeof interval) =>
      known.defined ? known.interval[1] - known.interval[0] : Number.NaN;
    expect(width(interval)).toBeGreaterThan(1.5 * width(narrow));
  });

  it('keep the class sizes when the smaller class has under 100 rows', () => {
    const { champion, challenger } = makePair({ ...PAIR, rows: 300, positives: 99 });
    // Recall 1 for all: with a fixed number of positives no resample can change it.
    const sure = sampleOf(challenger.labels, new Float64Array(300).fill(0.9));
    const [precision] = estimate({ champion, challenger: sure }, 'precision');
    // Every resample has 99 positives of 300.
    expect(precision!.intervalOf('challenger', 0.95)).toMatchObject({ defined: false });
    const larger = makePair({ ...PAIR, rows: 300, positives: 100 });
    const [drawn] = estimate(
      { challenger: sampleOf(larger.challenger.labels, new Float64Array(300).fill(0.9)) },
      'precision',
    );
    expect(drawn!.intervalOf('challenger', 0.95)).toMatchObject({ defined: true });
  });
});

describe('intervals by DeLong', () => {
  it('are those of the statistics module', () => {
    const { champion, challenger } = makePair(PAIR);
    const [estimated] = estimate({ champion, challenger }, 'roc_auc');
    const expected = compareAreas({
      labels: champion.labels,
      champion: champion.probabilities,
      challenger: challenger.probabilities,
      confidence: 0.9,
    });
    if (expected.outcome !== 'estimated') throw new Error(expected.outcome);
    expect(estimated).toMatchObject({
      method: 'DeLong',
      difference: expected.difference,
      pValue: expected.pValue,
    });
    expect(estimated!.intervalOf('difference', 0.9)).toMatchObject({
      interval: [expected.interval.low, expected.interval.high],
    });
    const area = areaInterval(champion.labels, champion.probabilities, 0.9);
    if (!area.defined) throw new Error(area.reason);
    expect(estimated!.intervalOf('champion', 0.9)).toMatchObject({
      interval: [area.interval.low, area.interval.high],
    });
  });

  it('take whole groups for units where rows belong together', () => {
    const { champion, challenger } = makePair({ ...PAIR, rows: 6_000, groupSize: 60 });
    const groups = Int32Array.from({ length: 6_000 }, (_, row) => Math.floor(row / 60));
    const expected = compareAreas({
      labels: champion.labels,
      champion: champion.probabilities,
      challenger: challenger.probabilities,
      groups,
      confidence: 0.9,
    });
    if (expected.outcome !== 'estimated') throw new Error(expected.outcome);
    const [estimated] = estimate({ champion, challenger, groups }, 'roc_auc');
    expect(estimated!.method).toBe('DeLong by group (Obuchowski)');
    // A hundred groups: the normal quantile would be a little too short.
    const interval = estimated!.intervalOf('difference', 0.9);
    const reach = studentQuantile(0.95, 99) * expected.standardError;
    expect(interval.defined && interval.interval[0]).toBeCloseTo(expected.difference - reach, 12);
    expect(reach).toBeGreaterThan((expected.interval.high - expected.interval.low) / 2);
  });

  it('of a ranking count only queries that hold a relevant row', () => {
    const queries = Int32Array.from({ length: 800 }, (_, row) => Math.floor(row / 4));
    const relevance = Float64Array.from(queries, (query, row) => (query < 30 ? row % 3 : 0));
    const random = createRandom(3);
    const sample = (noise: number) => ({
      ...({ task: 'ranking', relevance, queries } as const),
      scores: relevance.map((gain) => gain + noise * random.uniform()),
    });
    const [champion, challenger] = [sample(6), sample(2)];
    const ndcg = findMetric('ranking', 'ndcg');
    if (!ndcg.found || ndcg.metric.kind !== 'sample') throw new Error('no ndcg');
    const request = { seed: 1, replicates: 10, metrics: [ndcg.metric] };
    const [all] = estimateMetrics({ champion, challenger, ...request });
    const own = Uint32Array.from({ length: 120 }, (_, row) => row);
    const [informative] = estimateMetrics({
      champion: takeSample(champion, own),
      challenger: takeSample(challenger, own),
      ...request,
    });
    expect(all!.intervalOf('difference', 0.95)).toEqual(informative!.intervalOf('difference', 0.95));
    const judged = compareModels({
      ...{ champion: sample(6), challenger: sample(1), measured: [], slices: [], ...request },
      rules: { primary: 'ndcg', guardrails: [], margins: {} },
    });
    expect(judged.metrics[0]!.difference?.interval).toBeDefined();
    const few = relevance.map((gain, row) => (row < 76 ? gain : 0));
    const refused = compareModels({
      ...{ champion: { ...champion, relevance: few }, challenger: { ...challenger, relevance: few } },
      ...{ measured: [], slices: [], ...request },
      rules: { primary: 'ndcg', guardrails: [], margins: {} },
    });
    expect(refused).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(refused.gates[0]!.reason).toContain('19 queries with a relevant row; at least 20');
  });
});

const ALL = [
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier_score',
  'accuracy',
  'recall',
  'matthews_corrcoef',
];

describe('every metric', () => {
  it('gives the same values and nearly the same intervals in any order of the rows', () => {
    const { champion, challenger } = makePair(PAIR);
    const order = Uint32Array.from({ length: 240 }, (_, row) => (row * 77 + 13) % 240);
    const straight = estimate({ champion, challenger, replicates: 2000 }, ...ALL);
    const mixed = estimate(
      { champion: takeSample(champion, order), challenger: takeSample(challenger, order), replicates: 2000 },
      ...ALL,
    );
    straight.forEach((known, index) => {
      const other = mixed[index]!;
      expect(other.difference).toBeCloseTo(known.difference!, 12);
      const [left, right] = [known.intervalOf('difference', 0.95), other.intervalOf('difference', 0.95)];
      if (!left.defined || !right.defined) throw new Error('no interval');
      const width = left.interval[1] - left.interval[0];
      // Four standard errors of the end of a 95 % interval from 2000 replicates.
      for (const end of [0, 1] as const)
        expect(Math.abs(left.interval[end] - right.interval[end])).toBeLessThan(0.07 * width);
      if (known.metric.name === 'roc_auc') expect(right.interval[0]).toBeCloseTo(left.interval[0], 12);
    });
  });

  it('gives the same bytes for the same seed', () => {
    const { champion, challenger } = makePair(PAIR);
    const texts = [1, 2].map(() =>
      JSON.stringify(
        estimate({ champion, challenger }, ...ALL).map((known) => known.intervalOf('difference', 0.95)),
      ),
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it('finds identical models equal for certain', () => {
    const { champion } = makePair(PAIR);
    const copy = sampleOf(champion.labels, champion.probabilities.slice());
    for (const known of estimate({ champion, challenger: copy }, ...ALL)) {
      expect(Math.abs(known.difference!)).toBe(0);
      const interval = known.intervalOf('difference', 0.95);
      expect(interval.defined && interval.interval.map(Math.abs)).toEqual([0, 0]);
      expect(known.pValue).toBe(1);
    }
  });

  it.each([
    [
      'one class only',
      () =>
        sampleOf(
          new Uint8Array(50),
          Float64Array.from({ length: 50 }, (_, row) => row / 50),
        ),
    ],
    ['three rows', () => sampleOf(Uint8Array.of(0, 1, 0), Float64Array.of(0.2, 0.7, 0.4))],
    [
      'constant scores',
      () =>
        sampleOf(
          Uint8Array.from({ length: 60 }, (_, row) => row % 2),
          new Float64Array(60).fill(0.4),
        ),
    ],
    [
      'scores that are no number',
      () =>
        sampleOf(
          Uint8Array.from({ length: 60 }, (_, row) => row % 2),
          new Float64Array(60).fill(Number.NaN),
        ),
    ],
    ['one row', () => sampleOf(Uint8Array.of(1), Float64Array.of(0.5))],
    ['no row', () => sampleOf(new Uint8Array(0), new Float64Array(0))],
  ])('never calls a challenger better, nor lets it pass, on %s', (_name, make) => {
    const challenger = make();
    const champion = sampleOf(
      challenger.labels,
      challenger.probabilities.map((score) => 1 - score),
    );
    for (const rules of [
      { primary: 'roc_auc', guardrails: [], margins: {} },
      { primary: 'average_precision', guardrails: ['log_loss'], margins: {} },
    ]) {
      const input = {
        metrics: metricsNamed(...ALL),
        measured: [],
        rules,
        slices: [],
        seed: 1,
        replicates: 200,
      };
      const judgement = compareModels({ ...input, challenger, champion });
      expect(['inconclusive', 'equivalent']).toContain(judgement.verdict);
      const first = compareModels({ ...input, challenger });
      expect(first.promote).toBe(false);
      // JSON has no NaN: a document could not hold it.
      expect(JSON.stringify([judgement, first], refuseNaN)).toBeTypeOf('string');
      if (judgement.verdict === 'inconclusive') expect(judgement.promote).toBe(false);
    }
  });

  it('regressions of three rows are inconclusive', () => {
    const sample = (error: number): RegressionSample => ({
      task: 'regression',
      targets: Float64Array.of(1, 2, 3),
      predictions: Float64Array.of(1 + error, 2 + error, 3.1 + error),
    });
    const metrics = ['rmse', 'mae', 'r2'].map((name) => {
      const found = findMetric('regression', name);
      if (!found.found || found.metric.kind !== 'sample') throw new Error(name);
      return found.metric;
    });
    const rules = { primary: 'rmse', guardrails: [], margins: {} };
    const judgement = compareModels({
      challenger: sample(0.01),
      champion: sample(1),
      metrics,
      measured: [],
      rules,
      slices: [],
      seed: 1,
      replicates: 200,
    });
    expect(judgement).toMatchObject({ verdict: 'inconclusive', promote: false });
  });
});

function refuseNaN(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${key} is ${value}`);
  return value;
}

describe('an equal challenger', () => {
  const REPETITIONS = 200;

  function shareCalledBetter(groupSize: number): number {
    let better = 0;
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const rows = 300;
      const pair = makePair({
        rows,
        championSkill: 1,
        challengerSkill: 1,
        shared: 0.3,
        seed: 100 + repetition,
        groupSize,
      });
      const groups = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / groupSize));
      const judgement = compareModels({
        ...pair,
        ...(groupSize === 1 ? {} : { groups }),
        metrics: metricsNamed('average_precision'),
        measured: [],
        rules: { primary: 'average_precision', guardrails: [], margins: {} },
        slices: [],
        seed: repetition,
        replicates: 300,
      });
      if (judgement.verdict === 'better') better++;
    }
    return better / REPETITIONS;
  }

  // One-sided level 2.5 %; 3 standard errors of 200 repetitions above it, and a bootstrap's known small excess.
  it.each([
    ['by rows', 1],
    ['by groups', 6],
  ])('is called better about as often as claimed, %s', (_name, groupSize) => {
    expect(shareCalledBetter(groupSize)).toBeLessThanOrEqual(0.065);
  });
});

describe('curves', () => {
  const { champion, challenger } = makePair({ ...PAIR, rows: 3000 });
  const curves = computeCurves(challenger, champion)!;

  it('run from corner to corner and never back', () => {
    for (const points of [curves.roc!.challenger, curves.roc!.champion!]) {
      expect(points[0]).toEqual([0, 0]);
      expect(points.at(-1)).toEqual([1, 1]);
      for (let index = 1; index < points.length; index++) {
        expect(points[index]![0]).toBeGreaterThanOrEqual(points[index - 1]![0]);
        expect(points[index]![1]).toBeGreaterThanOrEqual(points[index - 1]![1]);
      }
      expect(points.length).toBeLessThanOrEqual(102);
      expect(points.length).toBeGreaterThan(50);
    }
  });

  it('hold the area under the ROC curve', () => {
    const points = curves.roc!.challenger;
    const area = points.slice(1).reduce((total, [x, y], index) => {
      const [left, low] = points[index]!;
      return total + ((x - left) * (y + low)) / 2;
    }, 0);
    const [value] = metricsNamed('roc_auc').map((metric) => metric.compute(challenger));
    expect(area).toBeCloseTo(value!.defined ? value!.value : Number.NaN, 2);
  });

  it('end at full recall with the share of positives', () => {
    const [recall, precision] = curves.precisionRecall!.challenger.at(-1)!;
    expect(recall).toBe(1);
    expect(precision).toBeCloseTo(1 / 3, 4);
  });

  it('calibrate in ten bins of equal size, lowest first', () => {
    const points = curves.calibration!.challenger;
    expect(points).toHaveLength(10);
    const probabilities = points.map(([probability]) => probability);
    expect(probabilities).toEqual([...probabilities].sort((left, right) => left - right));
    const mean = points.reduce((total, [, share]) => total + share, 0) / 10;
    expect(mean).toBeCloseTo(1 / 3, 4);
  });

  it('let equal scores enter together', () => {
    const tied = sampleOf(Uint8Array.of(1, 0, 1, 0), new Float64Array(4).fill(0.5));
    expect(computeCurves(tied, undefined)!.roc).toEqual({
      challenger: [
        [0, 0],
        [1, 1],
      ],
    });
  });

  it('are not drawn of one class', () => {
    expect(computeCurves(sampleOf(new Uint8Array(3), new Float64Array(3)), undefined)).toBeUndefined();
  });
});

it('flips are rows newly right and newly wrong', () => {
  const labels = Uint8Array.of(1, 1, 0, 0, 1);
  const champion = sampleOf(labels, Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.1));
  const challenger = sampleOf(labels, Float64Array.of(0.1, 0.9, 0.1, 0.1, 0.1));
  expect(countFlips(champion, challenger)).toEqual({ newlyRight: 2, newlyWrong: 1 });
  const regression: RegressionSample = {
    task: 'regression',
    targets: Float64Array.of(1),
    predictions: Float64Array.of(1),
  };
  expect(countFlips(regression, regression)).toBeUndefined();
});
