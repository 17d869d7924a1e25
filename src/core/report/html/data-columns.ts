import type { CompletedValidation, DatasetProfile, Finding } from '../../documents/validation.ts';
import { formatCount, formatPercent, formatQuantity } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { bySeverity, renderEdit, renderSeverity } from './data-findings.ts';
import { renderDataTable, sortKey, type TableColumn } from './data-table.ts';
import { type ColumnProfile, MOST_DRAWN, renderDistributions } from './distribution.ts';
import { html, type Markup } from './markup.ts';
import { formatProfileNumber } from './profile-number.ts';

/** Every column: its values in all data sets over each other, their numbers below each other, its findings. */

/** One column in one data set; without a profile the data set has no such column. */
type ColumnOfSet = {
  readonly dataset: DatasetProfile;
  readonly profile: ColumnProfile | undefined;
  /** Position of the data set, from 1. */
  readonly mark: number;
};

const MOST_FINDINGS = 5;

/** Numbers of a column that are shown, by their heading. */
const SHOWN_NUMBERS: readonly (readonly [string, (profile: ColumnProfile) => number | undefined])[] = [
  ['Least', ({ minimum }) => minimum],
  ['5 %', ({ quantiles }) => quantiles?.['0.05']],
  ['25 %', ({ quantiles }) => quantiles?.['0.25']],
  ['Median', ({ quantiles }) => quantiles?.['0.5']],
  ['75 %', ({ quantiles }) => quantiles?.['0.75']],
  ['95 %', ({ quantiles }) => quantiles?.['0.95']],
  ['Most', ({ maximum }) => maximum],
  ['Mean', ({ mean }) => mean],
];

const COLUMNS: readonly TableColumn[] = [
  { name: 'Column', sorts: 'text' },
  { name: 'Values', picture: true },
  { name: 'Data set' },
  { name: 'Missing', sorts: 'number' },
  { name: 'Distinct', sorts: 'number' },
  ...SHOWN_NUMBERS.map(([name]): TableColumn => ({ name, sorts: 'number' })),
];

/** Undefined where no data set has a column. */
export function renderColumns({ datasets, findings }: CompletedValidation): Markup | undefined {
  const names = [...new Set(datasets.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  if (names.length === 0) return undefined;
  const profiles = datasets.map((dataset) => new Map(dataset.columns.map((column) => [column.name, column])));
  const byColumn = Map.groupBy(bySeverity(findings), ({ column }) => column);
  const undrawn = datasets.length > MOST_DRAWN ? ` The first ${MOST_DRAWN} data sets are drawn.` : '';
  return html`<h4>Columns</h4><p class="note">Data sets of one column are drawn over each other on one scale, each as shares of its own rows.${undrawn} Of hidden columns there are counts only.</p>${renderDataTable(
    {
      label: 'Columns',
      columns: COLUMNS,
      filter: 'columns',
      marked: 'only with findings',
      grouped: true,
      rows: names.map((name) => {
        const sets = datasets.map((dataset, index) => ({
          dataset,
          profile: profiles[index]?.get(name),
          mark: index + 1,
        }));
        const found = byColumn.get(name) ?? [];
        return html`<tbody${found.length > 0 ? html` data-marked` : undefined}>${renderColumn(name, sets)}${renderFound(found)}</tbody>`;
      }),
    },
  )}`;
}

/** One row for each data set; the first of them holds what the whole column is sorted by. */
function renderColumn(name: string, sets: readonly ColumnOfSet[]): Markup[] {
  const type = sets.find(({ profile }) => profile !== undefined)?.profile?.type;
  const missing = Math.max(
    ...sets.map(({ dataset, profile }) => (dataset.rows > 0 ? (profile?.missing ?? 0) / dataset.rows : 0)),
  );
  return sets.map((set, index) => {
    const { dataset, profile } = set;
    const differs = profile !== undefined && profile.type !== type;
    const head = index > 0 ? undefined : renderHead(name, sets);
    const label = html`<td class="text set"><svg class="swatch-of" width="14" height="10" viewBox="0 0 14 10" aria-hidden="true">${set.mark > MOST_DRAWN ? undefined : html`<rect class="values set-${set.mark}" x="1" y="1" width="12" height="8"/>`}</svg>${dataset.name}${differs ? html`<small class="differs">${profile.type}</small>` : undefined}</td>`;
    if (profile === undefined) {
      return html`<tr>${head}${label}<td class="text absent" colspan="${2 + SHOWN_NUMBERS.length}">not in this data set</td></tr>`;
    }
    const share = dataset.rows > 0 ? formatPercent(profile.missing / dataset.rows) : NO_NUMBER;
    return html`<tr>${head}${label}<td data-label="Missing"${index === 0 ? sortKey(missing) : undefined}>${share}</td>${labelledCell('Distinct', formatCount(profile.distinct), profile.distinct)}${SHOWN_NUMBERS.map(([label, read]) => renderNumber(label, read(profile), profile.type))}</tr>`;
  });
}

function renderHead(name: string, sets: readonly ColumnOfSet[]): Markup {
  const known = sets.flatMap(({ dataset, profile, mark }) =>
    profile === undefined ? [] : [{ dataset: dataset.name, rows: dataset.rows, profile, mark }],
  );
  const picture = renderDistributions(known) ?? html`<small>${whyUndrawn(known)}</small>`;
  return html`<th scope="rowgroup" rowspan="${sets.length}">${name}<small>${known[0]?.profile.type}</small></th><td class="text picture" rowspan="${sets.length}">${picture}</td>`;
}

function whyUndrawn(known: readonly { readonly rows: number; readonly profile: ColumnProfile }[]): string {
  if (known.every(({ rows, profile }) => profile.missing >= rows)) return 'no value';
  return known.every(({ profile }) => profile.type === 'other') ? 'no simple values' : 'values are hidden';
}

function renderFound(findings: readonly Finding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const shown = findings.slice(0, MOST_FINDINGS);
  const rest = findings.length - shown.length;
  const lines = shown.map(
    (finding) =>
      html`<li>${renderSeverity(finding)} <span>${finding.dataset}: ${finding.message}</span>${renderEdit(finding.edit)}</li>`,
  );
  return html`<tr class="found"><td class="text" colspan="${COLUMNS.length}"><ul>${lines}${rest === 0 ? undefined : html`<li>and ${formatQuantity(rest, 'finding')} more above</li>`}</ul></td></tr>`;
}

function renderNumber(label: string, value: number | undefined, type: ColumnProfile['type']): Markup {
  if (value === undefined) return html`<td class="none">${NO_NUMBER}</td>`;
  return labelledCell(label, formatProfileNumber(value, type), value);
}

/** Where the table is too narrow for columns, each number says what it is. */
function labelledCell(label: string, text: string, value: number): Markup {
  return html`<td data-label="${label}"${sortKey(value)}>${text}</td>`;
}
