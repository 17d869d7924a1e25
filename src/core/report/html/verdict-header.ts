import { describeUnchanged } from '../comment/sentence.ts';
import { describeCoverage } from '../coverage-note.ts';
import { formatCount, formatQuantity } from '../format-number.ts';
import { buildHeadline, describeMerging, describeRowsNeeded, describeSlices } from '../headline.ts';
import { describeOveruse } from '../holdout-use.ts';
import { type CompletedJudgement, type Judgement, validAcceptance } from '../judgement.ts';
import { describeLeakage } from '../leakage-note.ts';
import { countOpenSlices, describeMetric, findPrimary } from '../metric-text.ts';
import { describeScores } from '../scores-note.ts';
import { html, type Markup } from './markup.ts';

/** The verdict, its one number, what it means for merging, and four figures. */
export function renderVerdictHeader(model: string, judgement: Judgement): Markup {
  const headline = buildHeadline(judgement);
  const pair =
    headline.subject === ''
      ? undefined
      : html`<span class="pair">${headline.numbers} <small>${headline.subject}</small></span>`;
  return html`<header class="verdict ${judgement.outcome}">
<p class="kicker">${model} · ${describeOutcome(judgement)}</p>
<h2>${headline.word} ${pair}</h2>
${renderBody(judgement)}
</header>`;
}

function renderBody(judgement: Judgement): Markup {
  switch (judgement.kind) {
    case 'failed':
      return renderError(judgement);
    case 'data':
      return html`<p class="lead">${judgement.outcome === 'failure' ? html`Nothing is trained on data that fail. ` : undefined}No model was trained or judged.</p>`;
    case 'completed':
      return renderLead(judgement);
  }
}

function describeOutcome(judgement: Judgement): string {
  const words = { success: 'passed', failure: 'failed', pending: 'not decided', error: 'stopped' };
  return words[judgement.outcome];
}

function renderError(judgement: Extract<Judgement, { kind: 'failed' }>): Markup {
  const { error, stage } = judgement;
  const place = [error.file, error.line].filter((part) => part !== undefined).join(':');
  return html`<p class="lead"><code>${stage}</code> stopped: ${error.message}</p>${place === '' ? undefined : html`<p class="lead"><code>${place}</code></p>`}`;
}

function renderLead(judgement: CompletedJudgement): Markup {
  const { comparison } = judgement;
  const accepted = validAcceptance(comparison);
  const sentences = [
    judgement.state === 'unchanged' ? describeUnchanged(judgement) : undefined,
    accepted && `Accepted by ${accepted.by}: “${accepted.reason}”.`,
    judgement.selfReported
      ? 'Self-reported: code of the pull request ran in the job that made these numbers.'
      : undefined,
    judgement.outcome === 'failure' && judgement.decisiveGate !== undefined
      ? `${judgement.decisiveGate.description} failed: ${judgement.decisiveGate.reason}.`
      : undefined,
    judgement.outcome === 'pending' ? describeNeed(judgement) : undefined,
    withStop(describeScores(comparison)),
    sentence(describeMerging(judgement)),
  ].filter((text) => text !== undefined);
  return html`<p class="lead">${sentences.join(' ')}</p>${renderAlerts(judgement)}${renderFigures(judgement)}`;
}

function describeNeed(judgement: CompletedJudgement): string | undefined {
  const needed = describeRowsNeeded(judgement.comparison);
  return needed === undefined ? undefined : sentence(`${needed} would settle it`);
}

function renderAlerts(judgement: CompletedJudgement): Markup[] {
  const { exam } = judgement.comparison;
  const alerts: Markup[] = [];
  if (exam.changed.length > 0) {
    alerts.push(html`<div class="alert pending"><strong>This pull request changes the rules.</strong> It is judged under the rules of the base branch.
<ul>${exam.changed.map(({ what, before, after }) => html`<li>${what}: <code>${before ?? 'nothing'}</code> → <code>${after ?? 'nothing'}</code></li>`)}</ul>
${exam.proposed === undefined ? undefined : html`<p>Under its own rules it would be ${exam.proposed.verdict}: ${exam.proposed.note}</p>`}</div>`);
  }
  const coverage = describeCoverage(judgement.comparison);
  if (coverage !== undefined) {
    alerts.push(
      html`<div class="alert pending"><strong>${coverage.title}</strong> ${coverage.advice.replaceAll('`', '')}</div>`,
    );
  }
  const leakage = describeLeakage(judgement.comparison).alerts;
  if (leakage.length > 0) {
    alerts.push(html`<div class="alert failure"><strong>Leakage.</strong> ${leakage.join(' ')}</div>`);
  }
  const overuse = describeOveruse(judgement.comparison);
  if (overuse !== undefined) {
    alerts.push(html`<div class="alert pending"><strong>${overuse.title}</strong> ${overuse.advice}</div>`);
  }
  return alerts;
}

function renderFigures(judgement: CompletedJudgement): Markup | undefined {
  const { comparison } = judgement;
  if (judgement.state === 'unchanged') return undefined;
  const primary = findPrimary(comparison);
  const text = primary && describeMetric(primary);
  const { holdout, flips } = comparison;
  const positives =
    holdout.positives === undefined ? undefined : formatQuantity(holdout.positives, 'positive');
  const groups = holdout.groups === undefined ? undefined : formatQuantity(holdout.groups, 'group');
  const figures: [string, string, string | undefined][] = [];
  if (text !== undefined && primary?.difference !== undefined) {
    figures.push(['Difference', text.gain, text.interval]);
  } else if (text !== undefined) {
    figures.push(['Value', text.challenger, text.challengerInterval]);
  }
  figures.push([
    'Holdout',
    formatQuantity(holdout.rows, 'row'),
    [positives, groups].filter((part) => part !== undefined).join(', '),
  ]);
  const slices = describeSlices(comparison);
  if (slices !== undefined)
    figures.push([
      'Slices',
      sentence(slices).replace(/\.$/, ''),
      `${formatCount(countOpenSlices(comparison.slices))} undecided`,
    ]);
  if (flips !== undefined) {
    figures.push([
      'Flips',
      `${formatCount(flips.newlyRight)} right, ${formatCount(flips.newlyWrong)} wrong`,
      'rows whose label changed',
    ]);
  }
  return html`<dl class="figures">${figures.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}<small>${more}</small></dd></div>`)}</dl>`;
}

function withStop(text: string | undefined): string | undefined {
  return text === undefined ? undefined : sentence(text);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
