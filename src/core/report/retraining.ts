import type { CompletedComparison } from '../documents/comparison.ts';
import type { CompletedDrift } from '../documents/drift.ts';
import { DETAIL_STEPS, type Detail } from './comment/detail.ts';
import { renderMetricTable } from './comment/metric-table.ts';
import { fitReport } from './comment.ts';
import type { RunReference } from './evidence.ts';
import {
  chooseStyle,
  formatCount,
  formatDifference,
  formatInterval,
  formatNumber,
  formatPValue,
  formatQuantity,
  formatValue,
} from './format-number.ts';
import { buildHeadline } from './headline.ts';
import { judge } from './judgement.ts';
import { codeSpan, escapeText, link, makeVisible, renderFolded, renderTable } from './markdown.ts';
import { NO_NUMBER } from './metric-text.ts';

/** Whose token opens the pull request, which decides whether its checks start. */
export type TokenKind = 'job' | 'app-or-person';

export type RetrainingRequest = {
  readonly drift: CompletedDrift;
  readonly comparison: CompletedComparison;
  /** Version that merging publishes. */
  readonly version: string;
  /** Path of the lock file, the only file that the pull request changes. */
  readonly lockFile: string;
  readonly cooldownDays: number;
  readonly token: TokenKind;
  /** Money lost per day by waiting, where `cost` is declared; our own unit-free number. */
  readonly lossPerDay?: number;
  readonly run: RunReference;
};

const MOST_COLUMNS = 20;
/** Room for the comparison; the rest of the body is short by itself. */
const COMPARISON_LIMIT = { units: 40_000, bytes: 40_000 };

/** Title of the one retraining pull request of a model. */
export function renderRetrainingTitle(request: RetrainingRequest): string {
  const { comparison, version } = request;
  const { subject, numbers } = buildHeadline(judge({ model: comparison.model, comparison }));
  return makeVisible(`Retrain ${comparison.model} ${version}: ${subject} ${numbers}`, 120);
}

/** Body of the retraining pull request: evidence first, then what to do about it. */
export function renderRetrainingBody(request: RetrainingRequest): string {
  const { comparison, drift } = request;
  return `${[
    `**Merging this publishes ${codeSpan(comparison.model)} ${codeSpan(request.version, 40)}.** ${escapeText(capitalize(drift.reason))}.`,
    '## Why: what the check found',
    renderDriftEvidence(drift),
    '## What it proposes',
    renderComparison(request),
    '## What waiting costs',
    describeWaiting(request),
    '## What you can do',
    renderChoices(request),
  ].join('\n\n')}\n`;
}

/** What a drift check found, as Markdown: performance first, then the columns that moved. */
export function renderDriftEvidence(drift: CompletedDrift): string {
  const drifted = drift.columns.filter((column) => column.drifted);
  const shown = drifted.slice(0, MOST_COLUMNS);
  const intro = `${formatQuantity(drift.current.rows, 'row')}${describeSpan(drift)} against ${formatQuantity(drift.reference.rows, 'row')} (${escapeText(drift.reference.description)}).`;
  const form = drift.form === 'unknown' ? '' : ` The change is ${drift.form}.`;
  const count = `${formatCount(drifted.length)} of ${formatQuantity(drift.columns.length, 'column')} drifted.${form}`;
  const table = renderTable(
    ['column', 'role', 'effect', 'minimum', 'adjusted p'],
    shown.map(({ name, role, effect, adjustedPValue }) => [
      codeSpan(name),
      role,
      effect === undefined
        ? NO_NUMBER
        : `${formatNumber(effect.value)}<br><sub>${escapeText(effect.name, 60)}</sub>`,
      effect === undefined ? NO_NUMBER : formatNumber(effect.minimum),
      adjustedPValue === undefined ? NO_NUMBER : formatPValue(adjustedPValue),
    ]),
    'llrrr',
  );
  const more = drifted.length - shown.length;
  return [
    describePerformance(drift),
    `${intro} ${count}`,
    drift.leftOut === undefined ? '' : `Not checked: ${escapeText(drift.leftOut, 300)}.`,
    shown.length === 0 ? '' : table,
    more > 0 ? `and ${formatQuantity(more, 'column')} more` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What the dashboard issue says about one model. */
export type DashboardModel = {
  readonly model: string;
  readonly champion?: { readonly version: string; readonly url?: string };
  readonly lastCheck?: {
    /** Date as YYYY-MM-DD. */
    readonly on: string;
    readonly verdict: string;
    readonly recommendation: string;
    readonly reason: string;
  };
  readonly retraining?: { readonly number: number; readonly url: string };
  /** Address that opens the pull request by one click, where the token may not. */
  readonly openLink?: string;
  /** Date as YYYY-MM-DD until which no pull request is opened. */
  readonly snoozedUntil?: string;
  /** Why there is no pull request although the data drifted. */
  readonly withheld?: string;
};

/** Body of the one dashboard issue of a repository, rewritten in place. */
export function renderDashboard(models: readonly DashboardModel[]): string {
  const sorted = [...models].sort((left, right) => (left.model < right.model ? -1 : 1)).slice(0, 200);
  const rows = sorted.map((one) => [
    codeSpan(one.model),
    one.champion === undefined
      ? 'none yet'
      : (link(makeVisible(one.champion.version, 40).replace(/[^\w.+-]/g, ''), one.champion.url) ??
        codeSpan(one.champion.version, 40)),
    one.lastCheck === undefined
      ? 'never'
      : `${escapeText(one.lastCheck.on, 20)}: **${escapeText(one.lastCheck.verdict, 40)}**`,
    describeNext(one),
  ]);
  const reasons = sorted
    .filter((one) => one.lastCheck !== undefined)
    .slice(0, 100)
    .map(({ model, lastCheck, withheld }) => {
      const why = withheld === undefined ? '' : `; no pull request: ${escapeText(withheld)}`;
      return `- ${codeSpan(model)}: ${escapeText(lastCheck?.recommendation ?? '')}, ${escapeText(lastCheck?.reason ?? '')}${why}`;
    });
  return `${[
    'Champions of this repository, their last drift checks and open retrainings. Contender rewrites this text; comments stay.',
    renderTable(['model', 'champion', 'last check', 'retraining'], rows),
    reasons.join('\n'),
    '<!-- contender kind=dashboard -->',
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Whether an issue is our dashboard, by its last line. */
export function isDashboard(body: string): boolean {
  return body.trimEnd().split('\n').at(-1)?.trim() === '<!-- contender kind=dashboard -->';
}

function describeNext(one: DashboardModel): string {
  if (one.retraining !== undefined) {
    return link(`open: ${one.retraining.number}`, one.retraining.url) ?? `open: ${one.retraining.number}`;
  }
  const opening = link('open it by hand', one.openLink);
  if (opening !== undefined) return `waits: ${opening}`;
  if (one.snoozedUntil !== undefined) return `snoozed until ${escapeText(one.snoozedUntil, 20)}`;
  return one.withheld === undefined ? 'none' : 'withheld';
}

function renderComparison({ comparison, run }: RetrainingRequest): string {
  const full = fitReport([{ model: comparison.model, comparison }], run, COMPARISON_LIMIT);
  const table: Detail = { ...(DETAIL_STEPS[0] as Detail), rows: 20 };
  return [renderMetricTable(comparison, table), renderFolded('The whole comparison', full.text)].join('\n\n');
}

function describePerformance(drift: CompletedDrift): string {
  const { performance } = drift;
  if (performance === undefined) return '';
  const { metric, reference, current, interval, kind, margin } = performance;
  const style = chooseStyle({ name: metric, values: [reference, current], interval });
  const how = kind === 'realized' ? 'measured on labelled rows' : 'estimated without labels';
  const bound = margin === undefined ? '' : `, margin ${formatValue(margin, style)}`;
  return `**${codeSpan(metric, 40)} ${formatValue(reference, style)} → ${formatValue(current, style)}** (${how}; change ${formatInterval(interval, style)}${bound}).`;
}

function describeSpan({ current }: CompletedDrift): string {
  if (current.from === undefined || current.to === undefined) return '';
  return ` from ${codeSpan(current.from, 40)} to before ${codeSpan(current.to, 40)}`;
}

function describeWaiting({ comparison, drift, lossPerDay }: RetrainingRequest): string {
  const primary = comparison.metrics.find((metric) => metric.name === comparison.primary);
  const parts: string[] = [];
  if (primary?.difference !== undefined) {
    const { value, interval } = primary.difference;
    const style = chooseStyle({ name: primary.name, values: [value], interval });
    const range = interval === undefined ? '' : ` ${formatInterval(interval, style)}`;
    parts.push(
      `Until it is merged the champion answers, and on the newest labelled rows it is behind by ${formatDifference(value, style).replace('+', '')}${range} of ${codeSpan(primary.name, 40)}.`,
    );
  }
  if (lossPerDay !== undefined) {
    parts.push(`By the declared costs that is about ${formatNumber(lossPerDay)} a day.`);
  }
  if (drift.performance?.kind === 'estimated') {
    parts.push(
      'The loss of performance is an estimate without labels; it assumes that only the inputs changed.',
    );
  }
  return parts.length === 0 ? 'It could not be told from these rows.' : parts.join(' ');
}

function renderChoices({ comparison, version, lockFile, cooldownDays, token }: RetrainingRequest): string {
  const undo =
    comparison.champion?.version === undefined
      ? `- **Undo** later: revert the merge and publish an older model again as a newer version.`
      : `- **Undo** later: publish ${codeSpan(comparison.champion.version, 40)} again as a newer version; releases only move forward, and its bytes stay in its release.`;
  return [
    `- **Take it:** merge. The only file that changes is ${codeSpan(lockFile, 200)}; merging publishes exactly the bytes \`${comparison.challenger.digest.slice(0, 12)}\` as ${codeSpan(version, 40)}.`,
    `- **Decline it:** close this pull request; none is opened for ${formatQuantity(cooldownDays, 'day')}. The label \`contender:snooze\` does the same without closing.`,
    undo,
    `- **Checks:** ${describeChecks(token)}`,
  ].join('\n');
}

function describeChecks(token: TokenKind): string {
  return token === 'job'
    ? 'this was opened with the token of the job, so workflows on it wait until someone with write permission approves them, and later pushes need it again. The verdict is a commit status on the head commit and waits for nothing.'
    : 'this was opened with the token of an app or a person, so workflows on it start by themselves. The verdict is a commit status on the head commit.';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
