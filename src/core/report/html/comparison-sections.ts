import type { CompletedComparison, Gate, MetricComparison } from '../../documents/comparison.ts';
import { formatCount } from '../format-number.ts';
import { formatConfidence } from '../holdout-use.ts';
import { describeMetric, NO_NUMBER } from '../metric-text.ts';
import { reachOf, renderForestRow } from './forest.ts';
import { html, type Markup } from './markup.ts';
import { renderMark } from './metric-mark.ts';

/** Metrics and gates; each is undefined when the comparison has none. */

export function renderMetrics(comparison: CompletedComparison, id: string): Markup | undefined {
  const { metrics, primary } = comparison;
  if (metrics.length === 0) return undefined;
  const sorted = [...metrics].sort(
    (left, right) => Number(right.name === primary) - Number(left.name === primary),
  );
  const paired = comparison.champion !== undefined;
  const note = paired
    ? `Gain is challenger minus champion, turned so that more is better, with its ${formatConfidence(comparison.confidence)} interval. In the picture each row has its own scale: the line is no difference, the band is the margin, right is better.`
    : `Values with their ${formatConfidence(comparison.confidence)} intervals. There is no champion to compare with.`;
  const header = paired
    ? html`<th class="text" scope="col">Metric</th><th scope="col">Gain</th><th class="text picture" scope="col">Loss, gain</th><th scope="col">Champion</th><th scope="col">Challenger</th><th class="text" scope="col">Verdict</th>`
    : html`<th class="text" scope="col">Metric</th><th scope="col">Challenger</th><th scope="col">Knowing nothing</th>`;
  return html`<section class="panel" id="${id}-metrics"><h3>Metrics</h3><p class="note">${note}</p><div class="scroll" tabindex="0" role="group" aria-label="Metrics"><table${paired ? html` class="cards"` : undefined}><thead><tr>${header}</tr></thead><tbody>
${sorted.map((metric) => (paired ? renderPairedRow(metric) : renderSingleRow(metric)))}
</tbody></table></div></section>`;
}

export function renderGateList(comparison: CompletedComparison, id: string): Markup | undefined {
  if (comparison.gates.length === 0) return undefined;
  const words: Record<Gate['outcome'], string> = {
    pass: '✓ passed',
    fail: '✗ failed',
    inconclusive: '? undecided',
  };
  return html`<section class="panel" id="${id}-gates"><h3>Gates</h3><ul class="gates">${comparison.gates.map(
    (gate) =>
      html`<li><span class="mark ${gate.outcome}">${words[gate.outcome]}</span><div><strong>${gate.description}</strong><p>${gate.reason}${
        gate.rowsNeeded === undefined
          ? ''
          : `; about ${formatCount(Number(gate.rowsNeeded.toPrecision(2)))} ${gate.rowsUnit ?? 'rows'} would settle it`
      }</p></div></li>`,
  )}</ul></section>`;
}

function renderPairedRow(metric: MetricComparison): Markup {
  const text = describeMetric(metric);
  return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td class="gain"><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(metric, reachOf([metric]))}</td><td class="of-champion">${text.champion}<small>${text.championInterval}</small></td><td class="of-challenger">${text.challenger}<small>${text.challengerInterval}</small></td><td class="text verdict-of">${renderMark(metric)}</td></tr>`;
}

function renderSingleRow(metric: MetricComparison): Markup {
  const text = describeMetric(metric);
  return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.challenger}</strong><small>${text.challengerInterval}</small></td><td>${text.noInformation ?? NO_NUMBER}</td></tr>`;
}

function describeDirection(metric: MetricComparison): string {
  const direction = metric.direction === 'lower' ? 'lower is better' : 'higher is better';
  return metric.note === undefined ? direction : `${direction}; ${metric.note}`;
}
