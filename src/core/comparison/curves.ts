import type { PairOfCurves } from '../documents/comparison.ts';
import type { Thresholds } from '../documents/thresholds.ts';
import type { BinarySample, MetricSample } from '../metrics/metric.ts';
import { ascendingOrder } from '../statistics/ordering.ts';
import { computeThresholds } from './thresholds.ts';

/** Points that a curve keeps; more cannot be seen. */
const CURVE_POINTS = 100;
const CALIBRATION_BINS = 10;

type CurveName = 'roc' | 'precisionRecall' | 'calibration';
export type Curves = { [name in CurveName]?: PairOfCurves } & { thresholds?: Thresholds };

type Point = [number, number];

/**
 * ROC, precision-recall and calibration curves of both models, thinned, and what they would decide at other
 * thresholds; nothing for other tasks or one class.
 * @param threshold what scores are held against; undefined where a model decides by itself.
 */
export function computeCurves(
  challenger: MetricSample,
  champion: MetricSample | undefined,
  threshold?: number,
): Curves | undefined {
  if (challenger.task !== 'binary-classification') return undefined;
  const after = curvesOf(challenger);
  if (after === undefined) return undefined;
  const before = champion?.task === 'binary-classification' ? curvesOf(champion) : undefined;
  const thresholds = computeThresholds(
    { challenger, champion: champion?.task === 'binary-classification' ? champion : undefined },
    threshold,
  );
  const pair = (name: keyof typeof after): PairOfCurves => ({
    ...(before ? { champion: before[name] } : {}),
    challenger: after[name],
  });
  return {
    roc: pair('roc'),
    precisionRecall: pair('precisionRecall'),
    calibration: pair('calibration'),
    ...(thresholds ? { thresholds } : {}),
  };
}

function curvesOf(sample: BinarySample): Record<CurveName, Point[]> | undefined {
  const order = ascendingOrder(sample.probabilities).reverse();
  const positives = sample.labels.reduce((total, label) => total + label, 0);
  const negatives = sample.labels.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const roc: Point[] = [[0, 0]];
  const precisionRecall: Point[] = [];
  let truePositives = 0;
  for (let index = 0; index < order.length; index++) {
    const row = order[index]!;
    truePositives += sample.labels[row]!;
    const next = order[index + 1];
    // Rows of equal score enter together: a threshold cannot part them.
    if (next !== undefined && sample.probabilities[next] === sample.probabilities[row]) continue;
    const falsePositives = index + 1 - truePositives;
    roc.push([falsePositives / negatives, truePositives / positives]);
    precisionRecall.push([truePositives / positives, truePositives / (index + 1)]);
  }
  return {
    roc: thin(roc, 0, 1),
    precisionRecall: thin(precisionRecall, 0),
    calibration: calibrationOf(sample, order),
  };
}

/** Mean probability and share of positives in bins of equally many rows, lowest first. */
function calibrationOf(sample: BinarySample, descending: Uint32Array): Point[] {
  const points: Point[] = [];
  const rows = descending.length;
  for (let bin = CALIBRATION_BINS - 1; bin >= 0; bin--) {
    const start = Math.floor((rows * bin) / CALIBRATION_BINS);
    const end = Math.floor((rows * (bin + 1)) / CALIBRATION_BINS);
    if (end === start) continue;
    let probability = 0;
    let positives = 0;
    for (let index = start; index < end; index++) {
      probability += sample.probabilities[descending[index]!]!;
      positives += sample.labels[descending[index]!]!;
    }
    points.push([round(probability / (end - start)), round(positives / (end - start))]);
  }
  return points;
}

/** Keeps points at even steps along the curve (by the distance walked along the given axes), ends included. */
function thin(points: readonly Point[], ...axes: readonly number[]): Point[] {
  let walked = 0;
  let nextStep = 0;
  const total = axes.length;
  const kept: Point[] = [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) walked += axes.reduce((sum, axis) => sum + Math.abs(point[axis]! - before[axis]!), 0);
    if (walked < nextStep && index < points.length - 1) return;
    kept.push([round(point[0]), round(point[1])]);
    nextStep = walked + total / CURVE_POINTS;
  });
  return kept;
}

function round(value: number): number {
  return Number(value.toFixed(5));
}
