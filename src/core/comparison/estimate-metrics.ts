import { type MetricSample, type SampleMetric, sampleRowCount } from '../metrics/metric.ts';
import { estimateByArea } from './estimation/by-area.ts';
import { estimateByInfluence } from './estimation/by-influence.ts';
import { estimateByMean, isSkewed, signFlipOf } from './estimation/by-mean.ts';
import { countsOutcomes, estimateByOutcomes } from './estimation/by-outcomes.ts';
import { estimateByResampling } from './estimation/by-resampling.ts';
import { type EstimatedMetric, type EstimationRequest, known } from './estimation/estimated-metric.ts';
import { countUnits } from './estimation/units.ts';

/**
 * Values, differences and intervals of every metric, each by the method that suits it: DeLong for the area
 * under the ROC curve, McNemar and Tango for shares of right rows, Student for means over rows, and one paired
 * bootstrap that all others share; of smooth ones on many rows, and on slices, what resamples tend to. Where rows belong together each takes whole groups for its units.
 */
export function estimateMetrics(request: EstimationRequest): readonly EstimatedMetric[] {
  const isSame = request.champion !== undefined && answerAlike(request.champion, request.challenger);
  const direct = new Map(
    request.metrics.flatMap((metric): [SampleMetric, EstimatedMetric][] => {
      const estimated = estimateDirectly(metric, request);
      return estimated === undefined ? [] : [[metric, estimated]];
    }),
  );
  const rest = request.metrics.filter((metric) => !direct.has(metric));
  const resampled = estimateByResampling(request, rest);
  return request.metrics.map((metric) => {
    const estimated = direct.get(metric) ?? resampled[rest.indexOf(metric)]!;
    if (isSame && estimated.difference !== undefined) return withoutDifference(estimated);
    if (metric.comparison !== 'paired-mean' || direct.has(metric)) return estimated;
    const pValue = signFlipOf(metric, request);
    return pValue === undefined ? estimated : { ...estimated, pValue };
  });
}

/** Every row got the same answer from both models: nothing can tell them apart, whatever the metric. */
function answerAlike(champion: MetricSample, challenger: MetricSample): boolean {
  const before = Object.values(answersOf(champion));
  return Object.values(answersOf(challenger)).every((answers, index) => {
    const other = before[index]!;
    for (let row = 0; row < answers.length; row++) if (answers[row] !== other[row]) return false;
    return true;
  });
}

function answersOf(sample: MetricSample): Readonly<Record<string, ArrayLike<number>>> {
  switch (sample.task) {
    case 'binary-classification':
      return { probabilities: sample.probabilities, decisions: sample.decisions };
    case 'multiclass-classification':
      return { probabilities: sample.probabilities, predicted: sample.predicted };
    case 'regression':
      return { predictions: sample.predictions };
    case 'ranking':
      return { scores: sample.scores };
  }
}

function withoutDifference(estimated: EstimatedMetric): EstimatedMetric {
  return {
    ...estimated,
    difference: 0,
    pValue: 1,
    method: 'identical answers',
    intervalOf: (what, confidence) =>
      what === 'difference'
        ? known({ low: 0, high: 0 }, 'identical answers')
        : estimated.intervalOf(what, confidence),
  };
}

/** Undefined where only resamples can tell. */
function estimateDirectly(metric: SampleMetric, request: EstimationRequest): EstimatedMetric | undefined {
  const { challenger, champion } = request;
  if (challenger.weights !== undefined) return undefined;
  switch (metric.comparison) {
    case 'delong':
      if (challenger.task !== 'binary-classification') return undefined;
      if (champion !== undefined && champion.task !== 'binary-classification') return undefined;
      return estimateByArea(metric, request, { challenger, ...(champion ? { champion } : {}) });
    case 'mcnemar':
      return countsOutcomes(metric, challenger) ? estimateByOutcomes(metric, request) : undefined;
    case 'paired-mean':
      return isSkewed(metric, request) ? undefined : estimateByMean(metric, request);
    case 'influence':
      return estimateByInfluence(metric, request);
    case 'bootstrap':
      return request.isPart === true || isLarge(request) ? estimateByInfluence(metric, request) : undefined;
  }
}

/** So many units that resampling a smooth metric gives what one pass over the rows does. */
const LARGE = { rows: 20_000, units: 500 } as const;

function isLarge(request: EstimationRequest): boolean {
  return sampleRowCount(request.challenger) > LARGE.rows && countUnits(request) >= LARGE.units;
}
