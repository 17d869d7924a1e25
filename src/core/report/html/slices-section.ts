import type { CompletedComparison, SliceComparison } from '../../documents/comparison.ts';
import { formatCount } from '../format-number.ts';
import { describeMetric } from '../metric-text.ts';
import { numberCell, renderDataTable, type TableColumn } from './data-table.ts';
import { reachOf, renderForestAxis, renderForestRow } from './forest.ts';
import { html, type Markup } from './markup.ts';
import { renderMark } from './metric-mark.ts';

/** Every slice with its difference; undefined when there are none. */
export function renderSlices(comparison: CompletedComparison, id: string): Markup | undefined {
  const { slices } = comparison;
  if (slices.length === 0) return undefined;
  const sorted = [...slices].sort(
    (left, right) =>
      (left.difference?.value ?? Number.POSITIVE_INFINITY) -
      (right.difference?.value ?? Number.POSITIVE_INFINITY),
  );
  const names = [...new Set(slices.map(({ name }) => name))];
  const reaches = new Map(
    names.map((name) => [name, reachOf(slices.filter((slice) => slice.name === name))]),
  );
  const only = names.length === 1 ? (reaches.get(names[0] as string) ?? 0) : 0;
  const columns: TableColumn[] = [
    { name: 'Slice', sorts: 'text' },
    { name: 'Gain', sorts: 'number', order: 'ascending' },
    { name: 'Loss, gain', picture: true, head: renderForestAxis(only) },
    { name: 'Rows', sorts: 'number' },
    { name: 'Champion', sorts: 'number' },
    { name: 'Challenger', sorts: 'number' },
    { name: 'Verdict', sorts: 'text' },
  ];
  const table = renderDataTable({
    label: 'Slices',
    columns,
    filter: 'slices',
    cards: true,
    rows: sorted.map((slice) => renderSliceRow(slice, reaches.get(slice.name) ?? 0, names.length > 1)),
  });
  return html`<section class="panel long" id="${id}-slices"><h3>Slices</h3><p class="note">The one that lost most comes first. Intervals are corrected for the number of slices; the pictures of one metric share one scale.</p>${table}</section>`;
}

function renderSliceRow(slice: SliceComparison, reach: number, named: boolean): Markup {
  const text = describeMetric(slice);
  const positives =
    slice.positives === undefined ? undefined : html`<small>${formatCount(slice.positives)} positive</small>`;
  return html`<tr><th scope="row">${slice.slice}${named ? html`<small>${slice.name}</small>` : undefined}</th>${numberCell(html`<strong>${text.gain}</strong><small>${text.interval}</small>`, slice.difference?.value, 'gain')}<td class="text picture">${renderForestRow(slice, reach)}</td>${numberCell(html`${formatCount(slice.rows)}${positives}`, slice.rows, 'rows')}${numberCell(text.champion, slice.champion?.value, 'of-champion')}${numberCell(text.challenger, slice.challenger?.value, 'of-challenger')}<td class="text verdict-of">${renderMark(slice)}</td></tr>`;
}
