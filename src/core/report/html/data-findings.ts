import type { ContractEdit, Finding } from '../../documents/validation.ts';
import { formatCount, formatQuantity } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { numberCell, renderDataTable } from './data-table.ts';
import { html, type Markup, verbatim } from './markup.ts';

/** What is wrong with data, and the edit of the contract that would accept it. */

const MOST_FINDINGS = 500;
const MOST_LINES = 40;
const SHOWN_EXAMPLES = 5;
const MARKS = { error: 'fail', warning: 'inconclusive', info: 'plain' } as const;
const RANKS = { error: 0, warning: 1, info: 2 } as const;

/** Worst first, else as they were found. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((left, right) => RANKS[left.severity] - RANKS[right.severity]);
}

export function renderFindings(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return html`<p class="note">No finding: the data keep their contract.</p>`;
  const shown = bySeverity(findings).slice(0, MOST_FINDINGS);
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

/** How bad a finding is, in a word and a colour. */
export function renderSeverity({ severity }: Finding): Markup {
  return html`<span class="mark ${MARKS[severity]}">${severity}</span>`;
}

function renderFinding(finding: Finding): Markup {
  const { failing, dataset, column, check } = finding;
  const place = [dataset, column].filter((name) => name !== undefined).join('.');
  return html`<tr><td class="text">${renderSeverity(finding)}<small>${check}</small></td><td class="text place"><code>${place}</code></td><td class="text wide">${finding.message}${renderPlaces(finding)}${renderEdit(finding.edit)}</td>${numberCell(failing === undefined ? NO_NUMBER : formatCount(failing), failing, failing === undefined ? undefined : 'failing')}</tr>`;
}

/** Rows of the data and the rule of the contract. */
function renderPlaces({ examples, location }: Finding): Markup | undefined {
  const rows = examples.slice(0, SHOWN_EXAMPLES).map(({ file, line }) => html` <code>${file}:${line}</code>`);
  const rule =
    location === undefined
      ? undefined
      : html` rule at <code>${location.file}${location.line === undefined ? '' : `:${location.line}`}</code>`;
  if (rows.length === 0 && rule === undefined) return undefined;
  return html`<small>${rows.length === 0 ? undefined : html`first at${rows}${rule === undefined ? '' : ';'}`}${rule}</small>`;
}

/** The edit as a folded difference of lines; undefined without one. */
export function renderEdit(edit: ContractEdit | undefined): Markup | undefined {
  if (edit === undefined) return undefined;
  const lines = [...linesOf(edit.before, 'del'), ...linesOf(edit.after, 'ins')];
  const more = lines.length > MOST_LINES ? html`\n…` : undefined;
  return html`<details class="edit"><summary>If it is meant: edit of the contract</summary><pre tabindex="0"><code>${`${edit.file}:${edit.line}`}\n${lines.slice(0, MOST_LINES)}${more}</code></pre></details>`;
}

function linesOf(text: string, kind: 'del' | 'ins'): readonly Markup[] {
  if (text === '') return [];
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const content = html`${kind === 'del' ? '-' : '+'}${withSpaces(line)}\n`;
      return kind === 'del' ? html`<del>${content}</del>` : html`<ins>${content}</ins>`;
    });
}

/** In YAML every space counts. */
function withSpaces(line: string): readonly (Markup | string)[] {
  return line.split(/( +)/).map((part) => (/^ +$/.test(part) ? verbatim(part) : part));
}
