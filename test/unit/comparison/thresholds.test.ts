import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCurves } from '../../../src/core/comparison/curves.ts';
import { computeThresholds } from '../../../src/core/comparison/thresholds.ts';
import type { ThresholdPoint } from '../../../src/core/documents/thresholds.ts';
import type { BinarySample } from '../../../src/core/metrics/metric.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { binarySample, metricValue } from '../metrics/samples.ts';

/** Scores of any scale with ties, and costs by row. */
const rows = fc.array(
  fc.record({
    label: fc.constantFrom(0, 1),
    champion: fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -50, max: 50, noNaN: true })),
    challenger: fc.double({ min: 0, max: 1, noNaN: true }),
    alarm: fc.integer({ min: 0, max: 20 }),
    miss: fc.integer({ min: 0, max: 500 }),
  }),
  { minLength: 2, maxLength: 300 },
);

function countDirectly(sample: BinarySample, threshold: number): ThresholdPoint {
  const { labels, probabilities, falsePositiveCost, falseNegativeCost } = sample;
  const at = (cost: number | Float64Array | undefined, row: number) =>
    typeof cost === 'number' ? cost : cost![row]!;
  const point = { threshold, truePositives: 0, falsePositives: 0, cost: 0 };
  labels.forEach((label, row) => {
    const decision = probabilities[row]! >= threshold;
    if (decision && label === 1) point.truePositives++;
    if (decision && label === 0) point.falsePositives++;
    if (decision && label === 0) point.cost += at(falsePositiveCost, row);
    if (!decision && label === 1) point.cost += at(falseNegativeCost, row);
  });
  return point;
}

describe('decisions at other thresholds', () => {
  it('are what counting row by row gives, with costs of each row, ties and scores of any scale', () => {
    fc.assert(
      fc.property(rows, fc.option(fc.double({ min: -3, max: 3, noNaN: true })), (drawn, inUse) => {
        const labels = drawn.map(({ label }) => label);
        const costs = {
          falsePositiveCost: Float64Array.from(drawn, ({ alarm }) => alarm),
          falseNegativeCost: Float64Array.from(drawn, ({ miss }) => miss),
        };
        const sample = (model: 'champion' | 'challenger') => ({
          ...binarySample(
            labels,
            drawn.map((row) => row[model]),
          ),
          ...costs,
        });
        const models = { champion: sample('champion'), challenger: sample('challenger') };
        const computed = computeThresholds(models, inUse ?? undefined);
        if (new Set(labels).size < 2) {
          expect(computed).toBeUndefined();
          return;
        }
        for (const model of ['champion', 'challenger'] as const) {
          const points = computed![model]!;
          expect(points.length).toBeLessThanOrEqual(101);
          expect(points).toEqual(points.map(({ threshold }) => countDirectly(models[model], threshold)));
          expect(points.map(({ threshold }) => threshold)).toEqual(
            computed!.challenger.map(({ threshold }) => threshold),
          );
        }
        const thresholds = computed!.challenger.map(({ threshold }) => threshold);
        expect(thresholds).toEqual([...new Set(thresholds)].sort((left, right) => left - right));
        if (inUse !== null) expect(thresholds).toContain(inUse + 0);
        for (const model of Object.values(models)) {
          expect(thresholds).toContain(Math.min(...model.probabilities) + 0);
          expect(thresholds).toContain(Math.max(...model.probabilities) + 0);
        }
      }),
    );
  });

  it('lie close together in recall although positives are rare', () => {
    const random = createRandom(5);
    const labels = Array.from({ length: 20_000 }, () => Number(random.uniform() < 0.005));
    const scores = labels.map((label) => 0.3 * random.uniform() + 0.6 * label * random.uniform());
    const { challenger } = computeThresholds({ challenger: binarySample(labels, scores) }, 0.5)!;
    const positives = labels.reduce((total, label) => total + label, 0);
    const steps = challenger
      .slice(1)
      .map((point, index) => challenger[index]!.truePositives - point.truePositives);
    expect(Math.max(...steps) / positives).toBeLessThan(0.04);
  });

  it('cost at the threshold in use what the metric says of all rows', () => {
    const random = createRandom(9);
    const labels = Array.from({ length: 5000 }, () => Number(random.uniform() < 0.2));
    const sample = binarySample(
      labels,
      labels.map((label) => 0.7 * random.uniform() + 0.3 * label),
      0.6,
    );
    const curves = computeCurves(sample, undefined, 0.6)!;
    const point = curves.thresholds!.challenger.find(({ threshold }) => threshold === 0.6)!;
    expect(point.cost! / labels.length).toBeCloseTo(metricValue(sample, 'expected_cost'), 12);
    expect(point.truePositives).toBe(
      labels.filter((label, row) => label === 1 && sample.decisions[row]).length,
    );
    expect(curves.thresholds!.champion).toBeUndefined();
  });

  it('have no cost where none is declared or one is missing', () => {
    const { falsePositiveCost: _, ...free } = binarySample([0, 1, 0], [0.1, 0.9, 0.4]);
    const costly = { ...free, falsePositiveCost: Float64Array.of(1, 1, Number.NaN) };
    for (const challenger of [free, costly]) {
      const points = computeThresholds({ challenger }, 0.5)!.challenger;
      expect(points.map((point) => 'cost' in point)).toEqual(points.map(() => false));
    }
  });

  it('are told of binary classification only', () => {
    const regression = {
      task: 'regression' as const,
      targets: Float64Array.of(1, 2),
      predictions: Float64Array.of(1, 2),
    };
    expect(computeCurves(regression, undefined, 0.5)).toBeUndefined();
  });
});
