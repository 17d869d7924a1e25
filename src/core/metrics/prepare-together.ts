/** Several metrics of one sample over the replicates of a bootstrap, with as few passes over the rows as can be. */

import type { ReplicateBatch, ReplicateStatistic } from '../statistics/bootstrap.ts';
import type { Multiplicities } from '../statistics/resampling.ts';
import { scoreOrderOf } from './binary-rank-metrics.ts';
import type { BinarySample, MetricSample, SampleMetric } from './metric.ts';
import { prepareCurve, type RankCurve } from './rank-curve.ts';

/** The values of the metrics, in their order, from how often each row counts; NaN where one is undefined. */
export function prepareTogether(metrics: readonly SampleMetric[], sample: MetricSample): ReplicateBatch {
  const passes = sample.task === 'binary-classification' ? sharedPasses(metrics, sample) : undefined;
  const readers = metrics.map((metric) => readerOf(metric, sample, passes));
  return {
    count: metrics.length,
    evaluate(multiplicities, values, offset) {
      const cells = passes?.cells?.(multiplicities);
      const curve = passes?.curve?.(multiplicities);
      readers.forEach((read, index) => {
        values[offset + index] = read({ multiplicities, cells, curve });
      });
    },
  };
}

type SharedPasses = {
  readonly cells?: (multiplicities: Multiplicities) => Float64Array;
  readonly curve?: (multiplicities: Multiplicities) => RankCurve;
};

type Swept = {
  readonly multiplicities: Multiplicities;
  readonly cells: Float64Array | undefined;
  readonly curve: RankCurve | undefined;
};

/** The passes that these metrics share; weighed rows have none. */
function sharedPasses(metrics: readonly SampleMetric[], sample: BinarySample): SharedPasses | undefined {
  if (sample.weights !== undefined) return undefined;
  const wants = (kind: 'confusion' | 'ranking') =>
    metrics.some((metric) => metric.pass?.kind === kind && metric.compute(sample).defined);
  return {
    ...(wants('confusion') ? { cells: prepareCells(sample) } : {}),
    ...(wants('ranking') ? { curve: prepareCurve(scoreOrderOf(sample)) } : {}),
  };
}

function readerOf(
  metric: SampleMetric,
  sample: MetricSample,
  passes: SharedPasses | undefined,
): (swept: Swept) => number {
  const { pass } = metric;
  if (passes !== undefined && pass !== undefined && metric.compute(sample).defined) {
    if (pass.kind === 'confusion') return ({ cells }) => pass.read(cells!);
    return ({ curve }) => pass.read(curve!);
  }
  const statistic: ReplicateStatistic = metric.prepare(sample);
  return ({ multiplicities }) => statistic(multiplicities);
}

/** Rows in the cells 2 · label + decision; rows of a cell lie together, so that each cell is one sum. */
function prepareCells({ labels, decisions }: BinarySample): (multiplicities: Multiplicities) => Float64Array {
  const cells = new Float64Array(4);
  const ends = new Uint32Array(4);
  const rows = new Uint32Array(labels.length);
  let filled = 0;
  for (let cell = 0; cell < 4; cell++) {
    for (let row = 0; row < labels.length; row++)
      if (2 * labels[row]! + decisions[row]! === cell) rows[filled++] = row;
    ends[cell] = filled;
  }
  return (multiplicities) => {
    let index = 0;
    for (let cell = 0; cell < 4; cell++) {
      let total = 0;
      for (const end = ends[cell]!; index < end; index++) total += multiplicities[rows[index]!]!;
      cells[cell] = total;
    }
    return cells;
  };
}
