import type { CompletedComparison, Gate, MetricComparison } from '../../documents/comparison.ts';
import { formatQuantity, formatValue } from '../format-number.ts';
import { shownText } from '../inspection/text-lines.ts';
import { describeMetric } from '../metric-text.ts';

/** The gates that look at a metric, with their reasons; sentences. */
export function gateSentences(gates: readonly Gate[]): readonly string[] {
  return gates.map((gate) => {
    const needed =
      gate.outcome === 'inconclusive' && gate.rowsNeeded !== undefined
        ? `; about ${aboutUnits(gate.rowsNeeded, gate.rowsUnit)} would settle it`
        : '';
    const role = gate.role === 'guardrail' ? ' (guardrail)' : '';
    return `${gate.outcome}: ${shownText(gate.description, 200)}${role}: ${shownText(gate.reason, 600)}${needed}`;
  });
}

/** What this holdout can tell, and what would tell more; sentences. */
export function reachSentences(comparison: CompletedComparison, metric: MetricComparison): readonly string[] {
  const { detectable, margin } = metric;
  if (detectable === undefined || !(detectable > 0)) return [];
  const { style } = describeMetric(metric);
  const { rows, groups } = comparison.holdout;
  const seen = `A true difference of ${formatValue(detectable, style)} would be seen in 80 of 100 holdouts like this one; a smaller one mostly stays hidden.`;
  if (margin === undefined || !(margin > 0)) return [seen];
  // The spread shrinks with the root of the rows, so that their number grows with the square of the ratio.
  const needed = Math.ceil((groups ?? rows) * (detectable / margin) ** 2);
  const unit = groups === undefined ? 'rows' : 'groups';
  const words =
    needed <= (groups ?? rows)
      ? `That is within the margin of ${formatValue(margin, style)}: this holdout is large enough to find an equal challenger not worse.`
      : `To find an equal challenger not worse by ${formatValue(margin, style)} as often, about ${aboutUnits(needed, unit)} would be needed (contender plan-holdout --evidence tells more).`;
  return [seen, words];
}

/** An extrapolation: more than two digits would promise what it cannot keep. */
function aboutUnits(count: number, unit: 'rows' | 'groups' | undefined): string {
  const rounded = count < 100 ? count : Number(count.toPrecision(2));
  return formatQuantity(rounded, unit === 'groups' ? 'labelled group' : 'labelled row');
}
