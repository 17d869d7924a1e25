import type { CompletedDrift, DriftColumn } from '../../documents/drift.ts';
import type { CompletedValidation, DatasetProfile } from '../../documents/validation.ts';
import type { ModelEvidence, RunReference } from '../evidence.ts';
import { formatCount, formatNumber, formatPercent, formatPValue, formatQuantity } from '../format-number.ts';
import { describeHoldoutUse } from '../holdout-use.ts';
import { describeLeakage } from '../leakage-note.ts';
import { isPlainAddress } from '../markdown.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { renderDistribution } from './bars.ts';
import { html, type Markup } from './markup.ts';

/** The parts of a report that come from validation, drift and training, and where all of it comes from. */

const DRIFT_WORDS: Record<CompletedDrift['verdict'], string> = {
  drift: 'found',
  stable: 'none found',
  'insufficient-data': 'too few data to tell',
  'no-data': 'no current data',
};

export function renderData(validation: CompletedValidation, id: string): Markup {
  return html`<section class="panel long" id="${id}-data"><h3>Data</h3>${renderFindings(validation)}${validation.datasets.map(renderDataset)}</section>`;
}

export function renderDrift(drift: CompletedDrift, id: string): Markup {
  const { performance } = drift;
  const words =
    performance === undefined
      ? undefined
      : html`<p class="note">${performance.metric} ${performance.kind === 'realized' ? 'measured' : 'estimated without labels'}: ${formatNumber(performance.reference)} → ${formatNumber(performance.current)}, change [${formatNumber(performance.interval[0])}, ${formatNumber(performance.interval[1])}]${performance.degraded ? ', lower than the margin allows' : ''}.</p>`;
  return html`<section class="panel long" id="${id}-drift"><h3>Drift: ${DRIFT_WORDS[drift.verdict]}</h3><p class="note">${formatQuantity(drift.current.rows, 'row')} now against ${formatQuantity(drift.reference.rows, 'row')} (${drift.reference.description}). Recommendation: ${drift.recommendation}; ${drift.reason}.</p>${drift.leftOut && html`<p class="note">Not checked: ${drift.leftOut}.</p>`}${words}<div class="scroll" tabindex="0" role="region" aria-label="Drift of columns"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Role</th><th class="text" scope="col">Test</th><th scope="col">Adjusted p</th><th scope="col">Effect</th><th scope="col">Minimum</th><th class="text" scope="col">Drift</th></tr></thead><tbody>${[
    ...drift.columns,
  ]
    .sort((left, right) => Number(right.drifted) - Number(left.drifted))
    .map(renderDriftRow)}</tbody></table></div></section>`;
}

export function renderProvenance(evidence: ModelEvidence, run: RunReference, id: string): Markup {
  const { comparison, training } = evidence;
  const facts: [string, string | Markup | undefined][] = [
    ['Commit', run.commit],
    ['Run', isPlainAddress(run.runUrl) ? html`<a href="${run.runUrl}">${run.runUrl}</a>` : run.run],
  ];
  if (comparison !== undefined && comparison.verdict !== 'error') {
    facts.push(
      [
        'Champion',
        comparison.champion &&
          `${comparison.champion.version ?? ''} ${comparison.champion.digest} (${comparison.champion.origin})`,
      ],
      ['Challenger', `${comparison.challenger.digest} (${comparison.challenger.origin})`],
      ['Holdout', comparison.holdout.digest],
      ['Uses of the holdout', describeHoldoutUse(comparison)],
      ['Rules of', comparison.exam.commit],
      ['Holdout rows', windowText(comparison.windows?.holdout)],
      ['Training rows', windowText(comparison.windows?.training)],
      ...describeLeakage(comparison).notes.map((note): [string, Markup] => ['Leakage', html`${note}`]),
    );
  }
  if (training !== undefined && training.verdict !== 'error') {
    facts.push(
      ['Learner', training.learner ?? training.command],
      ['Seed', String(training.seed)],
      ['Training data', training.data],
      ...Object.entries(training.parameters).map(([name, value]): [string, string] => [name, String(value)]),
    );
  }
  const tool = comparison?.tool ?? training?.tool;
  facts.push(['Made by', tool && `${tool.name} ${tool.version}`]);
  const present = facts.filter(([, value]) => value !== undefined && value !== '');
  return html`<section class="panel" id="${id}-provenance"><h3>Provenance</h3><dl class="facts">${present.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'string' ? html`<code>${value}</code>` : value}</dd>`)}</dl></section>`;
}

/** Profiles keep moments as milliseconds; a reader wants the day. */
function formatCell(value: number, type: string): string {
  if (type !== 'date' && type !== 'timestamp') return formatNumber(value);
  return new Date(value).toISOString().slice(0, 10);
}

function renderFindings(validation: CompletedValidation): Markup {
  const { findings } = validation;
  if (findings.length === 0) return html`<p class="note">No finding: the data keep their contract.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Findings"><table><thead><tr><th class="text" scope="col">Finding</th><th class="text" scope="col">Where</th><th class="text" scope="col">What</th><th scope="col">Rows</th></tr></thead><tbody>${findings
    .slice(0, 500)
    .map(
      (finding) =>
        html`<tr><td class="text"><span class="mark ${{ error: 'fail', warning: 'inconclusive', info: 'plain' }[finding.severity]}">${finding.severity}</span></td><td class="text"><code>${[finding.dataset, finding.column].filter((name) => name !== undefined).join('.')}</code></td><td class="text wide">${finding.message}</td><td>${finding.failing === undefined ? NO_NUMBER : formatCount(finding.failing)}</td></tr>`,
    )}</tbody></table></div>`;
}

function renderDataset(dataset: DatasetProfile): Markup {
  return html`<h4>${dataset.name} <small>${formatQuantity(dataset.rows, 'row')}, ${formatQuantity(dataset.columns.length, 'column')}</small></h4><div class="scroll" tabindex="0" role="region" aria-label="Columns of ${dataset.name}"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Values</th><th class="text" scope="col">Type</th><th scope="col">Missing</th><th scope="col">Distinct</th><th scope="col">Least</th><th scope="col">Mean</th><th scope="col">Most</th></tr></thead><tbody>${dataset.columns.map(
    (column) =>
      html`<tr><th scope="row">${column.name}</th><td class="text">${renderDistribution(column, dataset.rows)}</td><td class="text">${column.type}</td><td>${dataset.rows > 0 ? formatPercent(column.missing / dataset.rows) : NO_NUMBER}</td><td>${formatCount(column.distinct)}</td>${[column.minimum, column.mean, column.maximum].map((value) => html`<td>${value === undefined ? NO_NUMBER : formatCell(value, column.type)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

function renderDriftRow(column: DriftColumn): Markup {
  const { effect } = column;
  const state = column.drifted
    ? html`<span class="mark fail">drifted</span>`
    : html`<span class="mark">stable</span>`;
  return html`<tr><th scope="row">${column.name}${column.note === undefined ? undefined : html`<small>${column.note}</small>`}</th><td class="text">${column.role}</td><td class="text">${column.method}</td><td>${column.adjustedPValue === undefined ? NO_NUMBER : formatPValue(column.adjustedPValue)}</td><td>${effect === undefined ? NO_NUMBER : formatNumber(effect.value)}<small>${effect?.name}</small></td><td>${effect === undefined ? NO_NUMBER : formatNumber(effect.minimum)}</td><td class="text">${state}</td></tr>`;
}

function windowText(
  window: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
): string | undefined {
  if (window === undefined) return undefined;
  return `from ${window.from ?? 'the first'} to before ${window.to ?? 'the end'}`;
}
