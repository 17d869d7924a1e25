import type { CompletedDrift, DriftColumn } from '../../documents/drift.ts';
import { formatNumber, formatPValue, formatQuantity } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { numberCell, renderDataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';

const DRIFT_WORDS: Record<CompletedDrift['verdict'], string> = {
  drift: 'found',
  stable: 'none found',
  'insufficient-data': 'too few data to tell',
  'no-data': 'no current data',
};

/** What a check of current data found, column by column. */
export function renderDrift(drift: CompletedDrift, id: string): Markup {
  const { performance } = drift;
  const words =
    performance === undefined
      ? undefined
      : html`<p class="note">${performance.metric} ${performance.kind === 'realized' ? 'measured' : 'estimated without labels'}: ${formatNumber(performance.reference)} → ${formatNumber(performance.current)}, change [${formatNumber(performance.interval[0])}, ${formatNumber(performance.interval[1])}]${performance.degraded ? ', lower than the margin allows' : ''}.</p>`;
  const table = renderDataTable({
    label: 'Drift of columns',
    filter: 'columns',
    columns: [
      { name: 'Column', sorts: 'text' },
      { name: 'Role', sorts: 'text' },
      { name: 'Test', sorts: 'text' },
      { name: 'Adjusted p', sorts: 'number' },
      { name: 'Effect', sorts: 'number' },
      { name: 'Minimum', sorts: 'number' },
      { name: 'Drift', sorts: 'text' },
    ],
    rows: [...drift.columns]
      .sort((left, right) => Number(right.drifted) - Number(left.drifted))
      .map(renderDriftRow),
  });
  return html`<section class="panel long" id="${id}-drift"><h3>Drift: ${DRIFT_WORDS[drift.verdict]}</h3><p class="note">${formatQuantity(drift.current.rows, 'row')} now against ${formatQuantity(drift.reference.rows, 'row')} (${drift.reference.description}). Recommendation: ${drift.recommendation}; ${drift.reason}.</p>${drift.leftOut && html`<p class="note">Not checked: ${drift.leftOut}.</p>`}${words}${table}</section>`;
}

function renderDriftRow({ name, note, role, method, adjustedPValue, effect, drifted }: DriftColumn): Markup {
  const state = drifted
    ? html`<span class="mark fail">drifted</span>`
    : html`<span class="mark">stable</span>`;
  const value = (number: number | undefined, unit?: string) =>
    numberCell(
      number === undefined ? NO_NUMBER : html`${formatNumber(number)}${unit && html`<small>${unit}</small>`}`,
      number,
    );
  return html`<tr><th scope="row">${name}${note && html`<small>${note}</small>`}</th><td class="text">${role}</td><td class="text">${method}</td>${numberCell(adjustedPValue === undefined ? NO_NUMBER : formatPValue(adjustedPValue), adjustedPValue)}${value(effect?.value, effect?.name)}${value(effect?.minimum)}<td class="text">${state}</td></tr>`;
}
