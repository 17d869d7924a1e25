import type { Calibration, ModelCalibration } from '../documents/comparison.ts';
import { binaryLogLoss } from '../metrics/binary-probability-metrics.ts';
import { allShares } from '../metrics/definition.ts';
import type { BinarySample, MetricSample } from '../metrics/metric.ts';
import {
  binByProbability,
  debiasedSquaredError,
  expectedError,
  spiegelhalterTest,
} from '../statistics/calibration.ts';

/** Bins of equally many rows, as of the metric `expected_calibration_error`. */
const CALIBRATION_BINS = 15;
/** With fewer rows a bin cannot tell what chance adds. */
const FEWEST_ROWS = 2 * CALIBRATION_BINS;

/** How far the probabilities of both models mean what they say; undefined for all tasks but binary ones. */
export function summarizeCalibration(input: {
  readonly champion?: MetricSample;
  readonly challenger: MetricSample;
  /** Rows of one group depend on each other. */
  readonly groups?: Int32Array;
}): Calibration | undefined {
  const { champion, challenger } = input;
  if (challenger.task !== 'binary-classification') return undefined;
  const isGrouped = input.groups !== undefined;
  return {
    bins: CALIBRATION_BINS,
    ...(champion?.task === 'binary-classification' ? { champion: summarizeModel(champion, isGrouped) } : {}),
    challenger: summarizeModel(challenger, isGrouped),
  };
}

function summarizeModel(sample: BinarySample, isGrouped: boolean): ModelCalibration {
  const { labels, weights } = sample;
  if (!allShares(sample.probabilities)) return { notes: ['scores outside 0 to 1 are no probabilities'] };
  if (weights !== undefined) return { notes: ['not computed for weighted rows'] };
  const clippedRows = clippedRowsOf(sample);
  // Sums of single-precision numbers may miss 0 and 1 by their rounding.
  const probabilities = sample.probabilities.map((share) => Math.min(1, Math.max(0, share)));
  const bins = binByProbability({ labels, probabilities }, { bins: CALIBRATION_BINS, ties: 'together' });
  const test = spiegelhalterTest({ labels, probabilities });
  const isLarge = probabilities.length >= FEWEST_ROWS;
  const notes = [
    ...(isLarge ? [] : [`errors by bins need ${FEWEST_ROWS} rows; there are ${probabilities.length}`]),
    ...(test ? [] : ["Spiegelhalter's Z is undefined: every probability is 0, 0.5 or 1"]),
    ...(isGrouped && test ? ['no p-value: rows of one group depend on each other'] : []),
    ...(isGrouped && isLarge
      ? ['what chance adds to the squared error is more than in independent rows']
      : []),
  ];
  return {
    ...(isLarge ? { expectedError: expectedError(bins), squaredError: debiasedSquaredError(bins) } : {}),
    ...(test ? { spiegelhalter: isGrouped ? { z: test.z } : test } : {}),
    ...(clippedRows === undefined ? {} : { clippedRows }),
    notes,
  };
}

function clippedRowsOf(sample: BinarySample): number | undefined {
  const value = binaryLogLoss.compute(sample);
  return value.defined ? (value.clippedRows ?? 0) : undefined;
}
