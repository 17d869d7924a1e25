import type { CompletedComparison } from '../../documents/comparison.ts';
import type { ValidationDocument } from '../../documents/validation.ts';
import { describeCoverage } from '../coverage-note.ts';
import { formatQuantity, formatValue } from '../format-number.ts';
import { describeRowsNeeded } from '../headline.ts';
import { describeOveruse } from '../holdout-use.ts';
import type { CompletedJudgement } from '../judgement.ts';
import { describeLeakage } from '../leakage-note.ts';
import { codeSpan, escapeText, renderAlert } from '../markdown.ts';
import { describeMetric, findPrimary } from '../metric-text.ts';
import { renderContractEdits } from './contract-edits.ts';
import type { Detail } from './detail.ts';

/** Alert blocks, and only those that are needed: the exam, the data, then what is missing. */
export function renderAlerts(
  judgement: CompletedJudgement,
  validation: ValidationDocument | undefined,
  detail: Detail,
): string[] {
  const { comparison } = judgement;
  return [
    describeExam(comparison, detail),
    describeUncovered(comparison),
    renderLeakage(comparison),
    describeBrokenData(validation, detail),
    renderOveruse(comparison),
    describeSelfReport(judgement),
    describeMissingRows(judgement),
  ].filter((alert) => alert !== undefined);
}

function describeExam(comparison: CompletedComparison, detail: Detail): string | undefined {
  const { changed, proposed } = comparison.exam;
  if (changed.length === 0) return undefined;
  const shown = changed.slice(0, Math.min(detail.rows, 12));
  const lines = shown.map(({ what, before, after }) => {
    const values = [before, after].map((value) => (value === undefined ? 'nothing' : codeSpan(value, 120)));
    const change = before === undefined && after === undefined ? '' : `: ${values[0]} → ${values[1]}`;
    // An empty item right below a paragraph would make a title of it.
    return `- ${escapeText(what) || '(empty)'}${change}`;
  });
  if (shown.length < changed.length)
    lines.push(`- and ${formatQuantity(changed.length - shown.length, 'more')}`);
  const note =
    proposed === undefined
      ? []
      : [
          '',
          `Under its own rules it would be **${escapeText(proposed.verdict)}**: ${escapeText(proposed.note)}`,
        ];
  const intro = '**This pull request changes the rules.** It is judged under the rules of the base branch.';
  return renderAlert('IMPORTANT', [intro, ...lines, ...note].join('\n'));
}

function describeUncovered(comparison: CompletedComparison): string | undefined {
  const text = describeCoverage(comparison);
  return text === undefined ? undefined : renderAlert('NOTE', `**${text.title}** ${text.advice}`);
}

function renderLeakage(comparison: CompletedComparison): string | undefined {
  const { alerts } = describeLeakage(comparison);
  if (alerts.length === 0) return undefined;
  return renderAlert('CAUTION', `**Leakage.** ${alerts.map((alert) => escapeText(alert)).join(' ')}`);
}

function renderOveruse(comparison: CompletedComparison): string | undefined {
  const overuse = describeOveruse(comparison);
  return overuse && renderAlert('WARNING', `**${overuse.title}** ${overuse.advice}`);
}

/** What is wrong with data that fail, and the edits that would accept it; undefined for data that do not. */
export function describeBrokenData(
  validation: ValidationDocument | undefined,
  detail: Detail,
): string | undefined {
  if (validation?.verdict !== 'fail') return undefined;
  const errors = validation.findings.filter((finding) => finding.severity === 'error');
  const shown = errors.slice(0, Math.min(detail.rows, 5));
  const lines = shown.map((finding) => {
    const where = [finding.dataset, finding.column].filter((name) => name !== undefined).join('.');
    return `- ${codeSpan(where)}: ${escapeText(finding.message)}`;
  });
  if (shown.length < errors.length) lines.push(`- and ${errors.length - shown.length} more`);
  const intro = `**The data break their contract** (${formatQuantity(errors.length, 'error')}).`;
  const edits = renderContractEdits(errors);
  return renderAlert('CAUTION', [intro, ...lines, ...(edits === undefined ? [] : ['', edits])].join('\n'));
}

function describeSelfReport(judgement: CompletedJudgement): string | undefined {
  if (!judgement.selfReported) return undefined;
  return renderAlert(
    'WARNING',
    '**Self-reported.** Code of this pull request ran in the job that made these numbers, so they are its own word; they set no passing status.',
  );
}

function describeMissingRows(judgement: CompletedJudgement): string | undefined {
  const { comparison, state } = judgement;
  if (state !== 'inconclusive' && state !== 'gate-undecided') return undefined;
  const needed = describeRowsNeeded(comparison);
  const seen = describeSight(judgement);
  const advice = needed === undefined ? '' : `${capitalize(needed)} would settle it.`;
  if (seen === '' && advice === '') return undefined;
  return renderAlert(
    'NOTE',
    ['**Not enough data to tell.**', seen, advice].filter((part) => part !== '').join(' '),
  );
}

/** Of the metric that is undecided; what the holdout shows of another one is beside the point. */
function describeSight({ comparison, state, decisiveGate }: CompletedJudgement): string {
  const metric =
    state === 'gate-undecided'
      ? comparison.metrics.find(({ name }) => name === decisiveGate?.metric)
      : findPrimary(comparison);
  if (metric?.detectable === undefined) return '';
  const smallest = formatValue(metric.detectable, describeMetric(metric).style);
  const { holdout } = comparison;
  const size =
    holdout.groups === undefined
      ? formatQuantity(holdout.rows, 'row')
      : `${formatQuantity(holdout.rows, 'row')} in ${formatQuantity(holdout.groups, 'group')}`;
  return `A holdout of ${size} shows a difference of ${smallest} or more with 80 % chance.`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
