import type {
  CompletedComparison,
  Gate,
  MetricComparison,
  SliceComparison,
} from '../../documents/comparison.ts';
import { formatBytes, formatCount, formatPercent } from '../format-number.ts';
import { formatConfidence } from '../holdout-use.ts';
import { describeMetric, NO_NUMBER } from '../metric-text.ts';
import { breakingFirst } from '../model-changes.ts';
import { describeScoring } from '../scoring-notes.ts';
import { renderShareBar } from './bars.ts';
import { renderCalibration, renderLatency } from './comparison-details.ts';
import { renderCurveChart, renderCurveKey } from './curve-chart.ts';
import { reachOf, renderForestRow } from './forest.ts';
import { html, type Markup } from './markup.ts';

/** The parts of a report that come from the comparison; each is undefined when it has nothing to show. */

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
  return html`<section class="panel" id="${id}-metrics"><h3>Metrics</h3><p class="note">${note}</p><div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table><thead><tr>${header}</tr></thead><tbody>
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

export function renderSlices(comparison: CompletedComparison, id: string): Markup | undefined {
  const { slices } = comparison;
  if (slices.length === 0) return undefined;
  const sorted = [...slices].sort(
    (left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0),
  );
  const reaches = new Map(
    [...new Set(slices.map(({ name }) => name))].map((name) => [
      name,
      reachOf(slices.filter((slice) => slice.name === name)),
    ]),
  );
  return html`<section class="panel long" id="${id}-slices"><h3>Slices</h3><p class="note">The one that lost most comes first. Intervals are corrected for the number of slices; the pictures of one metric share one scale.</p><div class="scroll" tabindex="0" role="region" aria-label="Slices"><table><thead><tr><th class="text" scope="col">Slice</th><th scope="col">Gain</th><th class="text picture" scope="col">Loss, gain</th><th scope="col">Rows</th><th scope="col">Champion</th><th scope="col">Challenger</th><th class="text" scope="col">Verdict</th></tr></thead><tbody>
${sorted.map((slice) => renderSliceRow(slice, reaches.get(slice.name) ?? 0, reaches.size > 1))}
</tbody></table></div></section>`;
}

export function renderCharts(comparison: CompletedComparison, id: string): Markup | undefined {
  const { curves } = comparison;
  const charts = [
    curves?.roc &&
      renderCurveChart(curves.roc, {
        title: 'ROC',
        across: 'False positive rate',
        up: 'Recall',
        diagonal: true,
      }),
    curves?.precisionRecall &&
      renderCurveChart(curves.precisionRecall, {
        title: 'Precision and recall',
        across: 'Recall',
        up: 'Precision',
      }),
    curves?.calibration &&
      renderCurveChart(curves.calibration, {
        title: 'Calibration',
        across: 'Predicted',
        up: 'Observed',
        diagonal: true,
        dots: true,
      }),
  ].filter((chart) => chart !== undefined);
  const calibration = renderCalibration(comparison);
  if (charts.length === 0 && calibration === undefined) return undefined;
  const pictures =
    charts.length === 0
      ? undefined
      : html`${renderCurveKey(comparison.champion !== undefined)}<div class="charts">${charts}</div>`;
  return html`<section class="panel" id="${id}-curves"><h3>Curves</h3>${pictures}${calibration}</section>`;
}

export function renderModelChanges(comparison: CompletedComparison, id: string): Markup | undefined {
  const { importance = [], parametersChanged = [], modelContract, size } = comparison;
  const sorted = [...importance].sort((left, right) => right.share - left.share).slice(0, 25);
  const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
  const changes = breakingFirst(modelContract?.changes ?? []);
  const latency = renderLatency(comparison);
  const scoring = describeScoring(comparison);
  const facts = [size, latency[0], sorted[0], changes[0], parametersChanged[0], scoring[0]];
  // A model that is known by its scores alone has nothing to show here.
  if (facts.every((fact) => fact === undefined)) return undefined;
  return html`<section class="panel" id="${id}-model"><h3>Model</h3>
<dl class="facts">${size && html`<dt>Size</dt><dd>${size.champion === undefined ? undefined : html`${formatBytes(size.champion)} → `}${formatBytes(size.challenger)}</dd>`}
${latency}
${changes.map(({ change, breaking }) => html`<dt>${breaking ? 'Breaking change' : 'Compatible change'}</dt><dd>${change}</dd>`)}
${parametersChanged.map(({ what, before, after }) => html`<dt>${what}</dt><dd><code>${before ?? NO_NUMBER}</code> → <code>${after ?? NO_NUMBER}</code></dd>`)}
${scoring.map((note) => html`<dt>Scoring</dt><dd>${note}</dd>`)}</dl>
${
  sorted.length === 0
    ? undefined
    : html`<h4>Importance of columns</h4><div class="scroll" tabindex="0" role="region" aria-label="Importance of columns"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Share of the gain in training</th><th scope="col"></th></tr></thead><tbody>${sorted.map(
        ({ column, share }) =>
          html`<tr><th scope="row">${column}</th><td class="text">${renderShareBar(share / largest)}</td><td>${formatPercent(share)}</td></tr>`,
      )}</tbody></table></div>`
}</section>`;
}

function renderPairedRow(metric: MetricComparison): Markup {
  const text = describeMetric(metric);
  return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(metric, reachOf([metric]))}</td><td>${text.champion}<small>${text.championInterval}</small></td><td>${text.challenger}<small>${text.challengerInterval}</small></td><td class="text">${renderMark(metric)}</td></tr>`;
}

function renderSingleRow(metric: MetricComparison): Markup {
  const text = describeMetric(metric);
  return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.challenger}</strong><small>${text.challengerInterval}</small></td><td>${text.noInformation ?? NO_NUMBER}</td></tr>`;
}

function renderSliceRow(slice: SliceComparison, reach: number, named: boolean): Markup {
  const text = describeMetric(slice);
  return html`<tr><th scope="row">${slice.slice}${named ? html`<small>${slice.name}</small>` : undefined}</th><td><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(slice, reach)}</td><td>${formatCount(slice.rows)}</td><td>${text.champion}</td><td>${text.challenger}</td><td class="text">${renderMark(slice)}</td></tr>`;
}

function renderMark(metric: MetricComparison): Markup | undefined {
  const { glyph, words } = describeMetric(metric).mark;
  return words === ''
    ? undefined
    : html`<span class="mark ${metric.verdict ?? 'plain'}">${glyph} ${words}</span>`;
}

function describeDirection(metric: MetricComparison): string {
  const direction = metric.direction === 'lower' ? 'lower is better' : 'higher is better';
  return metric.note === undefined ? direction : `${direction}; ${metric.note}`;
}
