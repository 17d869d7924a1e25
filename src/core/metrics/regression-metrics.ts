/** Metrics of predicted numbers. Errors are target less prediction. */

import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import { ascendingOrder } from '../statistics/ordering.ts';
import { median } from '../statistics/quantiles.ts';
import type { Multiplicities } from '../statistics/resampling.ts';
import { mean, sum } from '../statistics/sums.ts';
import {
  defineMetric,
  influenceOfMean,
  meanStatistic,
  type Prepared,
  preparedMean,
  type RowValues,
} from './definition.ts';
import type { RegressionSample, SampleMetric } from './metric.ts';
import { weightedMean, weightedQuantile } from './weighting.ts';

/** A target this much smaller than the median makes relative errors meaningless. */
const NEAR_ZERO = 1e-6;

/** Less spread than this share of the sum of squares is rounding. */
const NO_SPREAD = 1e-12;

const NO_WEIGHT = 'all weights are zero';

export const rmse: SampleMetric = regressionMetric({
  name: 'rmse',
  prepare({ targets, predictions }) {
    const meanSquare = meanStatistic(targets.map((target, row) => (target - predictions[row]!) ** 2));
    return { statistic: (multiplicities) => Math.sqrt(meanSquare(multiplicities)) };
  },
  influence({ targets, predictions }) {
    const squares = targets.map((target, row) => (target - predictions[row]!) ** 2);
    const root = Math.sqrt(mean(squares));
    return influenceOfMean(squares).map((value) => value / (2 * root));
  },
  noInformation({ targets, weights }) {
    const centre = weightedMean(targets, weights);
    const squares = targets.map((target) => (target - centre) ** 2);
    return Math.sqrt(weightedMean(squares, weights));
  },
});

export const mae: SampleMetric = rowMetric('mae', {
  rowValues: ({ targets, predictions }) => ({
    values: targets.map((target, row) => Math.abs(target - predictions[row]!)),
  }),
  noInformation: ({ targets, weights }) => 2 * constantPinball({ targets, weights }, 0.5),
});

export const medianAbsoluteError: SampleMetric = regressionMetric({
  name: 'median_absolute_error',
  prepare: ({ targets, predictions }) => ({
    statistic: medianStatistic(targets.map((target, row) => Math.abs(target - predictions[row]!))),
  }),
  noInformation({ targets, weights }) {
    const centre = weightedQuantile(targets, weights, 0.5);
    return weightedQuantile(
      targets.map((target) => Math.abs(target - centre)),
      weights,
      0.5,
    );
  },
});

/** 1 - Σ e² / Σ (y - mean y)². */
export const r2: SampleMetric = regressionMetric({
  name: 'r2',
  direction: 'higher',
  undefinedWhen: 'all targets are equal',
  prepare: prepareDetermination,
  influence({ targets, predictions }) {
    const centre = mean(targets);
    const errors = targets.map((target, row) => (target - predictions[row]!) ** 2);
    const spreads = targets.map((target) => (target - centre) ** 2);
    // 1 - E/S: the centre may be held fixed, since S is smallest there.
    return influenceOfRatio(errors, spreads).map((value) => -value);
  },
  noInformation: () => 0,
});

/** Mean |e| / |y|, as a fraction. */
export const mape: SampleMetric = rowMetric('mape', {
  rowValues({ targets, predictions }) {
    const sizes = targets.map(Math.abs);
    const smallest = sizes.reduce((low, size) => Math.min(low, size), Number.POSITIVE_INFINITY);
    if (smallest === 0 || smallest < NEAR_ZERO * median(sizes)) {
      return { impossible: 'a target is zero or nearly so, which a relative error cannot bear: use wape' };
    }
    return { values: targets.map((target, row) => Math.abs(target - predictions[row]!) / sizes[row]!) };
  },
});

/** Σ |e| / Σ |y|. */
export const wape: SampleMetric = regressionMetric({
  name: 'wape',
  undefinedWhen: 'all targets are zero',
  prepare({ targets, predictions }) {
    const meanError = meanStatistic(targets.map((target, row) => Math.abs(target - predictions[row]!)));
    const meanSize = meanStatistic(targets.map(Math.abs));
    return { statistic: (multiplicities) => meanError(multiplicities) / meanSize(multiplicities) };
  },
  influence: ({ targets, predictions }) =>
    influenceOfRatio(
      targets.map((target, row) => Math.abs(target - predictions[row]!)),
      targets.map(Math.abs),
    ),
  noInformation: ({ targets, weights }) =>
    (2 * constantPinball({ targets, weights }, 0.5)) / weightedMean(targets.map(Math.abs), weights),
});

/** Mean 2 |e| / (|y| + |f|), from 0 to 2; a row with both zero counts 0. */
export const smape: SampleMetric = rowMetric('smape', {
  rowValues: ({ targets, predictions }) => ({
    values: targets.map((target, row) => {
      const size = Math.abs(target) + Math.abs(predictions[row]!);
      return size === 0 ? 0 : (2 * Math.abs(target - predictions[row]!)) / size;
    }),
  }),
});

/** Twice the mean of y ln(y / f) - (y - f). */
export const poissonDeviance: SampleMetric = rowMetric('poisson_deviance', {
  rowValues({ targets, predictions }) {
    if (targets.some((target) => target < 0)) return { impossible: 'a target is negative' };
    if (predictions.some((prediction) => prediction <= 0)) {
      return { impossible: 'a prediction is not positive' };
    }
    return { values: targets.map((target, row) => poissonDevianceOf(target, predictions[row]!)) };
  },
  noInformation({ targets, weights }) {
    const centre = weightedMean(targets, weights);
    return weightedMean(
      targets.map((target) => poissonDevianceOf(target, centre)),
      weights,
    );
  },
});

/** Mean of max(q e, (q - 1) e): the loss whose best constant is the q-quantile. */
export function pinball(name: string, probability: number): SampleMetric {
  return rowMetric(name, {
    rowValues: ({ targets, predictions }) => ({
      values: targets.map((target, row) => pinballOf(target - predictions[row]!, probability)),
    }),
    noInformation: ({ targets, weights }) => constantPinball({ targets, weights }, probability),
  });
}

type RegressionDefinition = {
  readonly name: string;
  readonly direction?: 'higher';
  readonly undefinedWhen?: string;
  readonly prepare: (sample: RegressionSample) => Prepared;
  readonly noInformation?: (sample: RegressionSample) => number;
  readonly influence?: (sample: RegressionSample) => Float64Array;
};

/** Derivatives of Σ numerators / Σ denominators by the weight of each row. */
function influenceOfRatio(numerators: Float64Array, denominators: Float64Array): Float64Array {
  const total = sum(denominators);
  const ratio = sum(numerators) / total;
  return numerators.map((numerator, row) => (numerator - ratio * denominators[row]!) / total);
}

function regressionMetric(definition: RegressionDefinition): SampleMetric {
  return defineMetric<RegressionSample>({
    direction: 'lower',
    undefinedWhen: NO_WEIGHT,
    ...definition,
    task: 'regression',
    needs: 'values',
    comparison: 'bootstrap',
  });
}

function rowMetric(
  name: string,
  definition: {
    readonly rowValues: (sample: RegressionSample) => RowValues;
    readonly noInformation?: (sample: RegressionSample) => number;
  },
): SampleMetric {
  return defineMetric<RegressionSample>({
    ...definition,
    name,
    task: 'regression',
    direction: 'lower',
    needs: 'values',
    comparison: 'paired-mean',
    undefinedWhen: NO_WEIGHT,
    prepare: (sample) => preparedMean(definition.rowValues(sample)),
  });
}

/** The middle value by weight; where the weight halves exactly between two values, their mean. */
function medianStatistic(values: Float64Array): ReplicateStatistic {
  const rows = ascendingOrder(values);
  return (multiplicities) => {
    let all = 0;
    for (let row = 0; row < rows.length; row++) all += multiplicities[row]!;
    let passed = 0;
    for (let index = 0; index < rows.length; index++) {
      passed += multiplicities[rows[index]!]!;
      if (passed > all / 2) return values[rows[index]!]!;
      if (passed === all / 2 && passed > 0) return middleOf(index, multiplicities);
    }
    return Number.NaN;
  };

  function middleOf(index: number, multiplicities: Multiplicities): number {
    let next = index + 1;
    while (multiplicities[rows[next]!] === 0) next++;
    return (values[rows[index]!]! + values[rows[next]!]!) / 2;
  }
}

function prepareDetermination({ targets, predictions, weights }: RegressionSample): Prepared {
  // Centred beforehand, so that the sum of squares of a resample loses no digits.
  const centre = weightedMean(targets, weights);
  const centred = targets.map((target) => target - centre);
  const meanError = meanStatistic(targets.map((target, row) => (target - predictions[row]!) ** 2));
  const meanCentred = meanStatistic(centred);
  const meanSquare = meanStatistic(centred.map((value) => value * value));
  return {
    statistic(multiplicities) {
      const square = meanSquare(multiplicities);
      const spread = square - meanCentred(multiplicities) ** 2;
      return spread <= NO_SPREAD * square ? Number.NaN : 1 - meanError(multiplicities) / spread;
    },
  };
}

function pinballOf(error: number, probability: number): number {
  return Math.max(probability * error, (probability - 1) * error);
}

/** The loss of the constant that suits it best. */
function constantPinball(
  sample: { readonly targets: Float64Array; readonly weights?: Float64Array | undefined },
  probability: number,
): number {
  const constant = weightedQuantile(sample.targets, sample.weights, probability);
  const losses = sample.targets.map((target) => pinballOf(target - constant, probability));
  return weightedMean(losses, sample.weights);
}

function poissonDevianceOf(target: number, prediction: number): number {
  const ratio = target === 0 ? 0 : target * Math.log(target / prediction);
  return 2 * (ratio - target + prediction);
}
