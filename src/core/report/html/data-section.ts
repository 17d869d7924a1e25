import type { CompletedValidation, DatasetProfile } from '../../documents/validation.ts';
import { formatPercent, formatQuantity } from '../format-number.ts';
import { renderColumns } from './data-columns.ts';
import { renderFindings } from './data-findings.ts';
import { MOST_DRAWN } from './distribution.ts';
import { html, type Markup } from './markup.ts';

/** The data page: the data sets, what was found, then every column. */
export function renderData(validation: CompletedValidation, id: string): Markup {
  const { datasets, findings } = validation;
  return html`<section class="panel long" id="${id}-data"><h3>Data</h3><ul class="sets">${datasets.map(renderSet)}</ul>${renderFindings(findings)}${renderColumns(validation)}</section>`;
}

function renderSet({ name, rows, columns }: DatasetProfile, index: number): Markup {
  const cells = rows * columns.length;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  const share = cells === 0 ? '' : `, ${formatPercent(missing / cells)} of the cells missing`;
  const swatch =
    index >= MOST_DRAWN
      ? undefined
      : html`<svg class="swatch-of" width="14" height="10" viewBox="0 0 14 10" aria-hidden="true"><rect class="values set-${index + 1}" x="1" y="1" width="12" height="8"/></svg>`;
  return html`<li>${swatch}<strong>${name}</strong> ${formatQuantity(rows, 'row')}, ${formatQuantity(columns.length, 'column')}${share}</li>`;
}
