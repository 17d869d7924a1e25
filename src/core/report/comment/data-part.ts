import type { CompletedValidation, Finding } from '../../documents/validation.ts';
import { formatCount, formatPercent, formatQuantity } from '../format-number.ts';
import { codeSpan, escapeText, renderFolded, renderTable } from '../markdown.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { describeBrokenData } from './alerts.ts';
import { renderContractEdits } from './contract-edits.ts';
import type { Detail } from './detail.ts';

/** What a validation found, as Markdown. */

const MOST_DATASETS = 12;
const MOST_FINDINGS = 50;
const RANKS: Record<Finding['severity'], number> = { error: 0, warning: 1, info: 2 };

/** All that a comment says of data that are the only evidence. */
export function renderDataPart(validation: CompletedValidation, detail: Detail): string {
  const { findings } = validation;
  const table = renderFindings(findings, detail.rows);
  const folded = detail.folded.includes('data')
    ? renderFolded(
        `Data: ${formatQuantity(findings.length, 'finding')}`,
        [renderDatasets(validation), ...table].join('\n\n'),
      )
    : undefined;
  return [describeBrokenData(validation, detail), folded].filter((part) => part !== undefined).join('\n\n');
}

/** The page of a run that checked data: data sets, findings with their places, the edits that accept them. */
export function renderValidationSummary(validation: CompletedValidation): string {
  const { findings, contract } = validation;
  const rules =
    contract === undefined
      ? 'no contract'
      : `${codeSpan(contract.path, 120)} with ${formatQuantity(contract.rules, 'rule')}`;
  return [
    renderDatasets(validation),
    `Held to ${rules}: ${findings.length === 0 ? 'no finding' : formatQuantity(findings.length, 'finding')}.`,
    ...renderFindings(findings, MOST_FINDINGS),
    renderContractEdits(findings),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

/** Statement of what was read. */
export function renderDatasets({ datasets, inputs }: CompletedValidation): string {
  const rows = datasets.slice(0, MOST_DATASETS).map(({ name, rows: count, columns }) => {
    const files = inputs.filter((input) => input.role === name && input.sha256 !== undefined);
    const rejected = files.reduce((sum, file) => sum + (file.rejectedRows ?? 0), 0);
    const missing = columns.reduce((sum, column) => sum + column.missing, 0);
    const cells = count * columns.length;
    return [
      codeSpan(name),
      formatCount(count),
      formatCount(columns.length),
      ...(files.length === 0 ? [NO_NUMBER, NO_NUMBER] : [formatCount(files.length), formatCount(rejected)]),
      cells === 0 ? NO_NUMBER : formatPercent(missing / cells),
    ];
  });
  const table = renderTable(
    ['data set', 'rows', 'columns', 'files', 'rejected rows', 'missing'],
    rows,
    'lrrrrr',
  );
  const more = datasets.length - rows.length;
  return more === 0 ? table : `${table}\n\nand ${formatQuantity(more, 'data set')} more`;
}

/** The worst first; nothing where there are none. */
export function renderFindings(findings: readonly Finding[], most: number): string[] {
  if (findings.length === 0) return [];
  const sorted = findings.toSorted((left, right) => RANKS[left.severity] - RANKS[right.severity]);
  const shown = sorted.slice(0, Math.min(most, MOST_FINDINGS));
  const rows = shown.map((finding) => [
    finding.severity,
    codeSpan([finding.dataset, finding.column].filter((name) => name !== undefined).join('.')),
    escapeText(finding.message, 160),
    placeOf(finding),
    finding.failing === undefined ? NO_NUMBER : formatCount(finding.failing),
  ]);
  const more = sorted.length - shown.length;
  const table = renderTable(['', 'where', 'what', 'place', 'rows'], rows, 'llllr');
  return more === 0 ? [table] : [table, `and ${formatQuantity(more, 'finding')} more`];
}

/** The first row at fault, and the rule. */
function placeOf({ examples: [first], location }: Finding): string {
  const data = first === undefined ? [] : [`${first.file}:${first.line}`];
  const rule =
    location === undefined
      ? []
      : [location.line === undefined ? location.file : `${location.file}:${location.line}`];
  const places = [...data, ...rule].map((place) => codeSpan(place, 100));
  return places.length === 0 ? NO_NUMBER : places.join('<br>');
}
