import type { CompletedValidation, DatasetProfile, Finding } from '../../documents/validation.ts';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { rangeOf, renderDistribution } from './bars.ts';
import { numberCell, renderDataTable, sortKey, type TableColumn } from './data-table.ts';
import { html, type Markup } from './markup.ts';

/** The data page: findings, then every column with its data sets below each other. */

type ColumnProfile = DatasetProfile['columns'][number];
/** One column in one data set; without a profile the data set has no such column. */
type ColumnOfSet = { readonly dataset: DatasetProfile; readonly profile: ColumnProfile | undefined };

const MOST_FINDINGS = 500;
const SEVERITY_MARKS = { error: 'fail', warning: 'inconclusive', info: 'plain' } as const;

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

export function renderData(validation: CompletedValidation, id: string): Markup {
  return html`<section class="panel long" id="${id}-data"><h3>Data</h3>${renderFindings(validation)}${renderColumns(validation)}</section>`;
}

function renderFindings({ findings }: CompletedValidation): Markup {
  if (findings.length === 0) return html`<p class="note">No finding: the data keep their contract.</p>`;
  const shown = findings.slice(0, MOST_FINDINGS);
  const rest = findings.length - shown.length;
  return html`<h4>Findings</h4>${renderDataTable({
    label: 'Findings',
    filter: 'findings',
    cards: true,
    columns: [
      { name: 'Finding', sorts: 'text' },
      { name: 'Where', sorts: 'text' },
      { name: 'What', sorts: 'text' },
      { name: 'Rows', sorts: 'number' },
    ],
    rows: shown.map(renderFinding),
  })}${rest === 0 ? undefined : html`<p class="note">${formatQuantity(rest, 'finding')} more in the document.</p>`}`;
}

function renderFinding(finding: Finding): Markup {
  const place = [finding.dataset, finding.column].filter((name) => name !== undefined).join('.');
  const lines = finding.examples.slice(0, 3).map(({ file, line }) => html` <code>${file}:${line}</code>`);
  return html`<tr><td class="text"><span class="mark ${SEVERITY_MARKS[finding.severity]}">${finding.severity}</span></td><td class="text place"><code>${place}</code></td><td class="text wide">${finding.message}${lines.length === 0 ? undefined : html`<small>first at${lines}</small>`}</td>${numberCell(finding.failing === undefined ? NO_NUMBER : formatCount(finding.failing), finding.failing, finding.failing === undefined ? undefined : 'failing')}</tr>`;
}

function renderColumns({ datasets, findings }: CompletedValidation): Markup | undefined {
  const names = [...new Set(datasets.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  if (names.length === 0) return undefined;
  const profiles = datasets.map((dataset) => new Map(dataset.columns.map((column) => [column.name, column])));
  const found = countFindings(findings);
  const columns: TableColumn[] = [
    { name: 'Column', sorts: 'text' },
    { name: 'Data set' },
    { name: 'Values', picture: true },
    { name: 'Type', sorts: 'text' },
    { name: 'Missing', sorts: 'number' },
    { name: 'Distinct', sorts: 'number' },
    ...SHOWN_NUMBERS.map(([name]): TableColumn => ({ name, sorts: 'number' })),
  ];
  const sizes = datasets.map(
    ({ name, rows, columns: own }) =>
      html`<li><strong>${name}</strong> ${formatQuantity(rows, 'row')}, ${formatQuantity(own.length, 'column')}</li>`,
  );
  return html`<h4>Columns</h4><ul class="sets">${sizes}</ul><p class="note">Pictures of one column share one scale, so that data sets can be compared by eye. Columns that are sensitive keep their values to themselves.</p>${renderDataTable(
    {
      label: 'Columns',
      columns,
      filter: 'columns',
      grouped: true,
      rows: names.map((name) => {
        const sets = datasets.map((dataset, index) => ({ dataset, profile: profiles[index]?.get(name) }));
        return html`<tbody>${renderColumn(name, sets, found.get(name) ?? 0)}</tbody>`;
      }),
    },
  )}`;
}

function countFindings(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { column, severity } of findings) {
    if (column !== undefined && severity !== 'info') counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  return counts;
}

/** One row for each data set; the first of them holds what the whole column is sorted by. */
function renderColumn(name: string, sets: readonly ColumnOfSet[], found: number): Markup[] {
  const range = rangeOf(sets.flatMap(({ profile }) => profile?.histogram ?? []));
  const type = sets.find(({ profile }) => profile !== undefined)?.profile?.type;
  const missing = Math.max(
    ...sets.map(({ dataset, profile }) => (dataset.rows > 0 ? (profile?.missing ?? 0) / dataset.rows : 0)),
  );
  return sets.map(({ dataset, profile }, index) => {
    const head =
      index > 0
        ? undefined
        : html`<th scope="rowgroup" rowspan="${sets.length}">${name}${found === 0 ? undefined : html`<small><span class="mark inconclusive">${formatQuantity(found, 'finding')}</span></small>`}</th>`;
    if (profile === undefined) {
      return html`<tr>${head}<td class="text">${dataset.name}</td><td class="text absent" colspan="${4 + SHOWN_NUMBERS.length}">not in this data set</td></tr>`;
    }
    const share = dataset.rows > 0 ? formatPercent(profile.missing / dataset.rows) : NO_NUMBER;
    return html`<tr>${head}<td class="text">${dataset.name}</td><td class="text picture">${renderDistribution(profile, dataset.rows, range)}</td><td class="text${profile.type === type ? '' : ' differs'}">${profile.type}</td><td${index === 0 ? sortKey(missing) : undefined}>${share}</td>${numberCell(formatCount(profile.distinct), profile.distinct)}${SHOWN_NUMBERS.map(([, read]) => renderNumber(read(profile), profile.type))}</tr>`;
  });
}

function renderNumber(value: number | undefined, type: ColumnProfile['type']): Markup {
  return numberCell(value === undefined ? NO_NUMBER : formatCell(value, type), value);
}

/** Profiles keep moments as milliseconds; a reader wants the day. */
function formatCell(value: number, type: ColumnProfile['type']): string {
  if (type !== 'date' && type !== 'timestamp') return formatNumber(value);
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? NO_NUMBER : moment.toISOString().slice(0, 10);
}
