import { describe, expect, it } from 'vitest';
import { TASKS } from '../../../src/core/configuration/configuration.ts';
import type {
  BinarySample,
  MetricSample,
  MulticlassSample,
  RankingSample,
  RegressionSample,
  SampleMetric,
} from '../../../src/core/metrics/metric.ts';
import { prepareTogether } from '../../../src/core/metrics/prepare-together.ts';
import { findMetric, metricNames } from '../../../src/core/metrics/registry.ts';
import { runPairedBootstrap } from '../../../src/core/statistics/bootstrap.ts';
import { createRandom, shuffle } from '../../../src/core/statistics/random.ts';
import { createResampler } from '../../../src/core/statistics/resampling.ts';
import { mean, sum } from '../../../src/core/statistics/sums.ts';
import { expectClose } from '../../support/close.ts';
import { metricValue, simulatedSample } from './samples.ts';

/** Every metric of every task, families with some numbers. */
const everyMetric = TASKS.flatMap((task) =>
  metricNames(task)
    .flatMap((pattern) => numbersFor(pattern).map((number) => pattern.replace(/<.>/, number)))
    .map((name) => ({ task, name, metric: sampleMetric(task, name) }))
    .filter((entry): entry is typeof entry & { metric: SampleMetric } => entry.metric !== undefined),
);

describe.each(everyMetric)('$task $name', ({ task, name, metric }) => {
  const sample = simulatedSample(task, 300, 17);
  const rows = Array.from({ length: 300 }, (_, row) => row);
  const once = new Float64Array(300).fill(1);
  const value = metricValue(sample, name);

  it('does not depend on the order of the rows', () => {
    const order = [...rows];
    shuffle(order, createRandom(3));
    expectClose(metricValue(take(sample, order), name), value, 1e-12);
  });

  it('with every row once equals the value', () => {
    expectClose(metric.prepare(sample)(once), value, 1e-13);
  });

  it('with multiplicities equals the value on the drawn rows', () => {
    const random = createRandom(23);
    const multiplicities = once.map(() => random.integer(4));
    // A query is drawn whole.
    if (sample.task === 'ranking') multiplicities.set(sample.queries.map((query) => (query * 5) % 4));
    const copies = Math.max(...multiplicities);
    const drawn = Array.from({ length: copies }, (_, copy) =>
      rows.filter((row) => multiplicities[row]! > copy),
    );
    const expanded = concatenate(drawn.map((list) => take(sample, list)));
    expectClose(metric.prepare(sample)(multiplicities), metricValue(expanded, name), 1e-12);
  });

  it('with weights equals the value with multiplicities', () => {
    const multiplicities = once.map((_, row) =>
      sample.task === 'ranking' ? 1 + (sample.queries[row]! % 3) : 1 + (row % 3),
    );
    const weighted = metricValue({ ...sample, weights: multiplicities }, name);
    // Weights have no whole rows, so calibration bins are cut a little differently.
    const tolerance = name === 'expected_calibration_error' ? 0.01 : 1e-12;
    expectClose(weighted, metric.prepare(sample)(multiplicities), tolerance);
  });

  it('has no better value than that of perfect predictions', () => {
    const perfect = metricValue(perfected(sample), name);
    if (metric.direction === 'higher') expect(perfect).toBeGreaterThanOrEqual(value);
    else expect(perfect).toBeLessThanOrEqual(value);
  });

  it('beats or at least has a finite baseline', () => {
    const baseline = metric.noInformation?.(sample);
    if (baseline === undefined) return;
    expect(Number.isFinite(baseline)).toBe(true);
    const perfect = metricValue(perfected(sample), name);
    if (metric.direction === 'higher') expect(perfect).toBeGreaterThan(baseline);
    else expect(perfect).toBeLessThan(baseline);
  });

  it('is the mean of its row values where it has them', () => {
    if (metric.rowValues === undefined) return;
    expectClose(mean(metric.rowValues(sample)), value, 1e-12);
  });

  it('moves with the weight of each row as its influence says', () => {
    const influence = metric.influence?.(sample);
    if (influence === undefined) return;
    const statistic = metric.prepare(sample);
    const step = 1e-4;
    const multiplicities = new Float64Array(300).fill(1);
    expectClose(sum(influence), 0, 1e-9);
    for (let row = 0; row < 300; row += 7) {
      multiplicities[row] = 1 + step;
      const above = statistic(multiplicities);
      multiplicities[row] = 1 - step;
      const below = statistic(multiplicities);
      multiplicities[row] = 1;
      // Of a ranking the query stands at its first row, and the other rows move nothing.
      expectClose((above - below) / (2 * step), influence[row]!, 1e-6);
    }
  });

  it('is the same read alone and read from the passes it shares', () => {
    const alone = metric.prepare(sample);
    const together = prepareTogether([metric], sample);
    const resampler = createResampler({ kind: 'rows', rowCount: 300 });
    const multiplicities = new Float64Array(300);
    const values = new Float64Array(1);
    for (let replicate = 0; replicate < 20; replicate++) {
      resampler.draw(3, replicate, multiplicities);
      together.evaluate(multiplicities, values, 0);
      expectClose(values[0]!, alone(multiplicities), 1e-12);
    }
  });

  it('stays defined and near its value over resamples', () => {
    const design =
      sample.task === 'ranking'
        ? ({ kind: 'groups', codes: sample.queries } as const)
        : ({ kind: 'rows', rowCount: 300 } as const);
    const [replicates] = runPairedBootstrap({
      design,
      statistics: [metric.prepare(sample)],
      replicates: 200,
      seed: 5,
    });
    expect(replicates!.every(Number.isFinite)).toBe(true);
    expect(Math.min(...replicates!)).toBeLessThanOrEqual(value + 1e-12);
    // Calibration error grows under resampling, which adds noise to the bins; all others straddle the value.
    if (name !== 'expected_calibration_error')
      expect(Math.max(...replicates!)).toBeGreaterThanOrEqual(value - 1e-12);
  });
});

function numbersFor(pattern: string): string[] {
  if (pattern.includes('<k>')) return ['1', '3'];
  return pattern.includes('<') ? ['0.1', '0.8'] : [''];
}

function sampleMetric(task: (typeof TASKS)[number], name: string): SampleMetric | undefined {
  const found = findMetric(task, name);
  if (!found.found) throw new Error(found.reason);
  return found.metric.kind === 'sample' ? found.metric : undefined;
}

function take(sample: MetricSample, rows: readonly number[]): MetricSample {
  switch (sample.task) {
    case 'binary-classification':
      return {
        ...sample,
        labels: Uint8Array.from(rows, (row) => sample.labels[row]!),
        probabilities: Float64Array.from(rows, (row) => sample.probabilities[row]!),
        decisions: Uint8Array.from(rows, (row) => sample.decisions[row]!),
      };
    case 'multiclass-classification':
      return {
        ...sample,
        labels: Int32Array.from(rows, (row) => sample.labels[row]!),
        predicted: Int32Array.from(rows, (row) => sample.predicted[row]!),
        probabilities: Float64Array.from(
          rows.flatMap((row) => [
            ...sample.probabilities.subarray(row * sample.classCount, (row + 1) * sample.classCount),
          ]),
        ),
      };
    case 'regression':
      return {
        ...sample,
        targets: Float64Array.from(rows, (row) => sample.targets[row]!),
        predictions: Float64Array.from(rows, (row) => sample.predictions[row]!),
      };
    case 'ranking':
      return {
        ...sample,
        relevance: Float64Array.from(rows, (row) => sample.relevance[row]!),
        scores: Float64Array.from(rows, (row) => sample.scores[row]!),
        queries: Int32Array.from(rows, (row) => sample.queries[row]!),
      };
  }
}

/** Samples of one task one below the other; a query that is drawn again is a query of its own. */
function concatenate(samples: MetricSample[]): MetricSample {
  const [first] = samples;
  switch (first!.task) {
    case 'binary-classification': {
      const parts = samples as BinarySample[];
      return {
        ...first!,
        labels: Uint8Array.from(parts.flatMap((part) => [...part.labels])),
        probabilities: Float64Array.from(parts.flatMap((part) => [...part.probabilities])),
        decisions: Uint8Array.from(parts.flatMap((part) => [...part.decisions])),
      };
    }
    case 'multiclass-classification': {
      const parts = samples as MulticlassSample[];
      return {
        ...first!,
        labels: Int32Array.from(parts.flatMap((part) => [...part.labels])),
        predicted: Int32Array.from(parts.flatMap((part) => [...part.predicted])),
        probabilities: Float64Array.from(parts.flatMap((part) => [...part.probabilities])),
      };
    }
    case 'regression': {
      const parts = samples as RegressionSample[];
      return {
        ...first!,
        targets: Float64Array.from(parts.flatMap((part) => [...part.targets])),
        predictions: Float64Array.from(parts.flatMap((part) => [...part.predictions])),
      };
    }
    case 'ranking': {
      const parts = samples as RankingSample[];
      return {
        ...first!,
        relevance: Float64Array.from(parts.flatMap((part) => [...part.relevance])),
        scores: Float64Array.from(parts.flatMap((part) => [...part.scores])),
        queries: Int32Array.from(
          parts.flatMap((part, copy) => Array.from(part.queries, (query) => query + 100 * copy)),
        ),
      };
    }
  }
}

function perfected(sample: MetricSample): MetricSample {
  switch (sample.task) {
    case 'binary-classification':
      return { ...sample, probabilities: Float64Array.from(sample.labels), decisions: sample.labels };
    case 'multiclass-classification': {
      const probabilities = new Float64Array(sample.probabilities.length);
      sample.labels.forEach((label, row) => {
        probabilities[row * sample.classCount + label] = 1;
      });
      return { ...sample, probabilities, predicted: sample.labels };
    }
    case 'regression':
      return { ...sample, predictions: sample.targets };
    case 'ranking':
      return { ...sample, scores: sample.relevance };
  }
}
