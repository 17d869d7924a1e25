/** Samples of every task for the tests of metrics. */

import type {
  BinarySample,
  MetricSample,
  MetricValue,
  MulticlassSample,
  RankingSample,
  RegressionSample,
  SampleMetric,
} from '../../../src/core/metrics/metric.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';
import { irwinHall } from '../statistics/simulated.ts';

/** The metric of the registry; a test that names an unknown one fails. */
export function metricNamed(task: MetricSample['task'], name: string): SampleMetric {
  const found = findMetric(task, name);
  if (!found.found || found.metric.kind !== 'sample') throw new Error(`${task} has no ${name}`);
  return found.metric;
}

/** The value of the metric; a test whose value is undefined fails with the reason. */
export function metricValue(sample: MetricSample, name: string): number {
  const value = metricNamed(sample.task, name).compute(sample);
  if (!value.defined) throw new Error(`${name}: ${value.reason}`);
  return value.value;
}

export function reasonOf(value: MetricValue): string {
  if (value.defined) throw new Error(`a value: ${value.value}`);
  return value.reason;
}

export function binarySample(
  labels: readonly number[],
  probabilities: readonly number[],
  threshold = 0.5,
): BinarySample {
  return {
    task: 'binary-classification',
    labels: Uint8Array.from(labels),
    probabilities: Float64Array.from(probabilities),
    decisions: Uint8Array.from(probabilities, (probability) => Number(probability >= threshold)),
    falsePositiveCost: 1,
    falseNegativeCost: 5,
  };
}

export function multiclassSample(
  labels: readonly number[],
  probabilities: readonly (readonly number[])[],
): MulticlassSample {
  return {
    task: 'multiclass-classification',
    classCount: probabilities[0]!.length,
    labels: Int32Array.from(labels),
    probabilities: Float64Array.from(probabilities.flat()),
    predicted: Int32Array.from(probabilities, (row) => row.indexOf(Math.max(...row))),
  };
}

export function regressionSample(
  targets: readonly number[],
  predictions: readonly number[],
): RegressionSample {
  return {
    task: 'regression',
    targets: Float64Array.from(targets),
    predictions: Float64Array.from(predictions),
  };
}

export function rankingSample(
  relevance: readonly number[],
  scores: readonly number[],
  queries: readonly number[] = relevance.map(() => 0),
): RankingSample {
  return {
    task: 'ranking',
    relevance: Float64Array.from(relevance),
    scores: Float64Array.from(scores),
    queries: Int32Array.from(queries),
  };
}

/** A plausible, imperfect sample without ties. */
export function simulatedSample(task: MetricSample['task'], rowCount: number, seed: number): MetricSample {
  const random = createRandom(seed);
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  switch (task) {
    case 'binary-classification': {
      const labels = rows.map(() => (random.uniform() < 0.35 ? 1 : 0));
      const probabilities = labels.map(
        (label) => 1 / (1 + Math.exp(-(1.5 * label - 0.8 + irwinHall(random)))),
      );
      return binarySample(labels, probabilities);
    }
    case 'multiclass-classification': {
      const labels = rows.map(() => random.integer(4));
      const probabilities = labels.map((label) => {
        const raw = [0, 1, 2, 3].map((code) => random.uniform() + (code === label ? 0.5 : 0));
        const total = raw.reduce((sum, value) => sum + value, 0);
        return raw.map((value) => value / total);
      });
      return multiclassSample(labels, probabilities);
    }
    case 'regression': {
      const targets = rows.map(() => 10 + 2 * irwinHall(random));
      return regressionSample(
        targets,
        targets.map((target) => Math.max(0.1, target + irwinHall(random))),
      );
    }
    case 'ranking': {
      const relevance = rows.map(() => random.integer(4));
      const scores = relevance.map((gain) => gain + 2 * irwinHall(random));
      return rankingSample(
        relevance,
        scores,
        rows.map((row) => row % 9),
      );
    }
  }
}
