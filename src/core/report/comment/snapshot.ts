import { buildHeadline, type Headline } from '../headline.ts';
import type { Judgement, Outcome } from '../judgement.ts';
import { codeSpan, escapeSummary, escapeText } from '../markdown.ts';
import { describeMetric, findPrimary, NO_NUMBER } from '../metric-text.ts';

/** What was said about a model in a line: enough to say it again, and to tell it from what is said later. */
export type ModelSnapshot = {
  readonly model: string;
  readonly outcome: Outcome;
  /** Undefined where there was no room to keep it; the model is then only counted. */
  readonly headline: Headline | undefined;
  /** The primary metric of the challenger; undefined when it has no value. */
  readonly primary: PrimaryValue | undefined;
};

/** As text, in the digits it was shown with. */
export type PrimaryValue = { readonly metric: string; readonly value: string; readonly gain: string };

/** The line of a judgement, and its primary metric. */
export function takeSnapshot(model: string, judgement: Judgement): ModelSnapshot {
  return {
    model,
    outcome: judgement.outcome,
    headline: buildHeadline(judgement),
    primary: judgement.kind === 'completed' ? readPrimary(judgement) : undefined,
  };
}

function readPrimary({ comparison }: Extract<Judgement, { kind: 'completed' }>): PrimaryValue | undefined {
  const primary = findPrimary(comparison);
  if (primary === undefined) return undefined;
  const { challenger, gain } = describeMetric(primary);
  return challenger === NO_NUMBER ? undefined : { metric: primary.name, value: challenger, gain };
}

/** Verdict and number, then the name, as Markdown. */
export function renderHeadline({ model, headline }: ModelSnapshot): string {
  return `${headlineMarkdown(headline)}, ${escapeText(model)}`;
}

/** The same inside a `<summary>`. */
export function renderSummaryLine({ model, headline }: ModelSnapshot): string {
  if (headline === undefined) return `<b>${escapeSummary(model)}</b>`;
  const { icon, word, subject, numbers } = headline;
  const text = [subject, numbers].filter((part) => part !== '').map((part) => escapeSummary(part));
  return `${[`${icon} <b>${escapeSummary(word)}</b>`, ...text].join(' ')}, <b>${escapeSummary(model)}</b>`;
}

/** Icon and word alone: `❌ Worse`. */
export function renderVerdict({ headline }: ModelSnapshot): string {
  return headline === undefined ? NO_NUMBER : `${headline.icon} ${escapeText(headline.word)}`;
}

/** `average_precision` as code. */
export function renderMetricName({ metric }: PrimaryValue): string {
  return codeSpan(metric, 40);
}

function headlineMarkdown(headline: Headline | undefined): string {
  if (headline === undefined) return NO_NUMBER;
  const { icon, word, subject, numbers } = headline;
  const text = [subject, numbers].filter((part) => part !== '').map((part) => escapeText(part));
  return [`${icon} **${escapeText(word)}**`, ...text].join(' ');
}
