import type { Interval } from '../documents/common.ts';
import type { MetricVerdict } from '../documents/comparison.ts';

/**
 * The verdict of one metric from the interval of its difference (challenger minus champion, turned so that
 * more is better) and the margin: the first line of the table that applies.
 *
 * @param interval two-sided; the one that is printed.
 * @param margin how much worse is still not worse, above 0; undefined when none is set and none can be
 *   derived, and then the verdict is `better` or `inconclusive`.
 */
export function decideVerdict(interval: Interval, margin: number | undefined): MetricVerdict {
  const [low, high] = interval;
  if (low > 0) return 'better';
  if (margin === undefined) return 'inconclusive';
  if (high < -margin) return 'worse';
  if (-margin < low && high < margin) return 'equivalent';
  if (low > -margin) return 'not-worse';
  return 'inconclusive';
}
