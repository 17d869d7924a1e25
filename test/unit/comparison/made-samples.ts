import type { BinarySample, SampleMetric } from '../../../src/core/metrics/metric.ts';
import { findMetric } from '../../../src/core/metrics/registry.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';

export type PairOptions = {
  readonly rows: number;
  /** How far the scores of positives lie above those of negatives, in standard deviations. */
  readonly championSkill: number;
  readonly challengerSkill: number;
  /** Correlation of the noise of both models. */
  readonly shared?: number;
  readonly positives?: number;
  readonly seed?: number;
  /** Rows of one group, next to each other, share most of their noise. */
  readonly groupSize?: number;
};

/** Two models on the same binary rows, the same for the same options. */
export function makePair(options: PairOptions): { champion: BinarySample; challenger: BinarySample } {
  const { rows, shared = 0.5, positives = Math.floor(rows / 3), groupSize = 1 } = options;
  const random = createRandom(options.seed ?? 11);
  const normal = () => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw++) sum += random.uniform();
    return sum;
  };
  const order = Array.from({ length: rows }, (_, row) => row);
  for (let row = rows - 1; row > 0; row--) {
    const other = random.integer(row + 1);
    [order[row], order[other]] = [order[other]!, order[row]!];
  }
  const labels = new Uint8Array(rows);
  for (const row of order.slice(0, positives)) labels[row] = 1;
  const groupNoise = Array.from({ length: Math.ceil(rows / groupSize) }, () => [normal(), normal()] as const);
  const weight = groupSize === 1 ? 0 : 0.9;
  const scores = { champion: new Float64Array(rows), challenger: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    const common = normal();
    const [ofChampion, ofChallenger] = groupNoise[Math.floor(row / groupSize)]!;
    const mix = (own: number, group: number) =>
      Math.sqrt(1 - weight) * (Math.sqrt(shared) * common + Math.sqrt(1 - shared) * own) +
      Math.sqrt(weight) * group;
    const score = (skill: number, group: number) =>
      1 / (1 + Math.exp(-(skill * (labels[row]! - 0.5) + mix(normal(), group))));
    scores.champion[row] = score(options.championSkill, ofChampion);
    scores.challenger[row] = score(options.challengerSkill, ofChallenger);
  }
  return { champion: sampleOf(labels, scores.champion), challenger: sampleOf(labels, scores.challenger) };
}

export function sampleOf(labels: Uint8Array, probabilities: Float64Array): BinarySample {
  return {
    task: 'binary-classification',
    labels,
    probabilities,
    decisions: Uint8Array.from(probabilities, (probability) => Number(probability >= 0.5)),
  };
}

export function metricsNamed(...names: readonly string[]): SampleMetric[] {
  return names.map((name) => {
    const found = findMetric('binary-classification', name);
    if (!found.found || found.metric.kind !== 'sample') throw new Error(`no metric ${name}`);
    return found.metric;
  });
}
