import type { CompletedComparison, FlippedRow } from '../../documents/comparison.ts';
import { describeFlips, describeIdHash, flippedSlices } from '../flip-text.ts';
import { formatCount, formatNumber } from '../format-number.ts';
import { describeLatency } from '../latency-text.ts';
import { numberCell, renderDataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';

/** Rows that became right or wrong, by slice and by example; undefined when labels were not compared. */
export function renderFlips(comparison: CompletedComparison, id: string): Markup | undefined {
  const total = describeFlips(comparison);
  if (total === undefined) return undefined;
  return html`<section class="panel long" id="${id}-flips"><h3>Flips</h3><p class="note">${total}.</p>${renderBySlice(comparison)}${renderExamples(comparison)}</section>`;
}

function renderBySlice(comparison: CompletedComparison): Markup | undefined {
  const slices = flippedSlices(comparison);
  if (slices.length === 0) return undefined;
  return renderDataTable({
    label: 'Flips by slice',
    filter: 'slices',
    columns: [
      { name: 'Slice', sorts: 'text' },
      { name: 'Rows', sorts: 'number' },
      { name: 'Newly right', sorts: 'number' },
      { name: 'Newly wrong', sorts: 'number' },
      { name: 'Balance', sorts: 'number' },
    ],
    rows: slices.map(
      ({ slice, rows, newlyRight, newlyWrong }) =>
        html`<tr><th scope="row">${slice}</th>${[rows, newlyRight, newlyWrong].map((count) => numberCell(formatCount(count), count))}${numberCell(formatSigned(newlyRight - newlyWrong), newlyRight - newlyWrong)}</tr>`,
    ),
  });
}

function formatSigned(count: number): string {
  return count > 0 ? `+${formatCount(count)}` : formatCount(count);
}

function renderExamples(comparison: CompletedComparison): Markup | undefined {
  const { newlyRight = [], newlyWrong = [] } = comparison.flips?.examples ?? {};
  if (newlyRight.length + newlyWrong.length === 0) return undefined;
  return html`<h4>Rows that the challenger was surest of</h4><p class="note">${describeIdHash(comparison)}</p><dl class="facts">${listRows('Newly wrong', newlyWrong)}${listRows('Newly right', newlyRight)}</dl>`;
}

function listRows(kind: string, rows: readonly FlippedRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<dt>${kind}</dt><dd>${rows.map(({ idHash, score }) => html`<code>${idHash}</code> (${formatNumber(score)}) `)}</dd>`;
}

/** Times and throughput as entries of a list of facts. */
export function renderLatency(comparison: CompletedComparison): Markup[] {
  return describeLatency(comparison).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
}
