import type { MetricComparison, MetricVerdict } from '../../documents/comparison.ts';
import { formatValue } from '../format-number.ts';
import { describeMetric } from '../metric-text.ts';

/** One line of the table that gives a metric its verdict, with the numbers put in. */
export type VerdictStep = {
  readonly verdict: MetricVerdict;
  /** In words. */
  readonly question: string;
  /** With the numbers: `0.021 > 0`. */
  readonly numbers: string;
  readonly applies: boolean;
};

/**
 * The table of verdicts for an interval and a margin; the first line that applies gives the verdict. Without
 * a margin there are only the first line and the last.
 */
export function verdictSteps(metric: MetricComparison): readonly VerdictStep[] {
  const interval = metric.difference?.interval;
  if (interval === undefined) return [];
  const [low, high] = interval;
  const { style } = describeMetric(metric);
  const write = (value: number) => formatValue(value, style);
  const better: VerdictStep = {
    verdict: 'better',
    question: 'does all of it lie above 0?',
    numbers: `${write(low)} > 0`,
    applies: low > 0,
  };
  const open: VerdictStep = {
    verdict: 'inconclusive',
    question: 'none of these',
    numbers: '',
    applies: true,
  };
  const { margin } = metric;
  if (margin === undefined) return [better, open];
  return [
    better,
    {
      verdict: 'worse',
      question: 'does all of it lie below minus the margin?',
      numbers: `${write(high)} < ${write(-margin)}`,
      applies: high < -margin,
    },
    {
      verdict: 'equivalent',
      question: 'does all of it lie within the margin on both sides?',
      numbers: `${write(-margin)} < ${write(low)} and ${write(high)} < ${write(margin)}`,
      applies: -margin < low && high < margin,
    },
    {
      verdict: 'not-worse',
      question: 'does all of it lie above minus the margin?',
      numbers: `${write(low)} > ${write(-margin)}`,
      applies: low > -margin,
    },
    open,
  ];
}
