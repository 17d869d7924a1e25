import { describeRatio } from '../comparison/latency-gate.ts';
import type { CompletedComparison } from '../documents/comparison.ts';
import { formatCount, formatNumber, formatPercent, formatQuantity, NO_BREAK_SPACE } from './format-number.ts';

/** One thing to know, as plain text without markup. */
export type Fact = { readonly name: string; readonly text: string };

/** Times and throughput of both models; nothing where nobody asked for them. */
export function describeLatency({ measured }: CompletedComparison): readonly Fact[] {
  const { latency } = measured;
  if (latency === undefined) return [];
  const { champion, challenger, ratio } = latency;
  const pair = (write: (side: typeof challenger) => string) =>
    champion === undefined ? write(challenger) : `${write(champion)} → ${write(challenger)}`;
  const time = (value: number) => `${formatNumber(value)}${NO_BREAK_SPACE}ms`;
  const compared =
    ratio === undefined
      ? ''
      : `; ${describeRatio(ratio)} times the champion's time (${ratio.method}, ${formatPercent(ratio.confidence)} interval)`;
  const runs = `${formatQuantity(latency.runs, 'run')}${champion === undefined ? '' : ' of each in turn'}`;
  return [
    {
      name: `Latency of ${formatQuantity(latency.batchRows, 'row')}`,
      text: `median ${pair((side) => time(side.median))}, 95${NO_BREAK_SPACE}% quantile ${pair((side) => time(side.p95))}${compared}; ${runs}`,
    },
    {
      name: 'Throughput',
      text: `${pair((side) => formatCount(Number(side.rowsPerSecond.toPrecision(3))))} rows per second`,
    },
  ];
}
