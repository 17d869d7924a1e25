import type { RunReference } from '../evidence.ts';
import { formatQuantity } from '../format-number.ts';
import type { Outcome } from '../judgement.ts';
import { codeSpan, renderFolded } from '../markdown.ts';
import type { Detail } from './detail.ts';
import { renderEarlierPushes, renderSincePush } from './earlier-pushes.ts';
import { renderReproduction, renderRunLine } from './footer.ts';
import type { ModelPart, ReportedModel } from './reported-model.ts';
import { renderHeadline, renderSummaryLine } from './snapshot.ts';
import type { EarlierPush, PartPlace } from './state.ts';

/** The text of a report at one step of detail, and where the parts of its models stand in it. */
export type RenderedReport = {
  readonly text: string;
  /** By model; a model without a part of its own is absent. */
  readonly places: ReadonlyMap<string, PartPlace>;
};

export type ReportContent = {
  /** The worst first. */
  readonly models: readonly ReportedModel[];
  readonly pushes: readonly EarlierPush[];
  readonly run: RunReference;
};

const MOST_UNCHANGED_NAMED = 20;

/** Title, models, and the footer that all of them share. */
export function renderReport({ models, pushes, run }: ReportContent, detail: Detail): RenderedReport {
  const changed = models.filter(({ unchanged }) => !unchanged);
  const shown = changed.length > 0 ? changed : models;
  const since = renderSincePush(models, { pushes, isAboutOne: models.length === 1 }) ?? '';
  const parts = new Map<string, ModelPart>();
  for (const { snapshot, render } of shown) {
    if (parts.size < detail.parts && render !== undefined) parts.set(snapshot.model, render(detail));
  }
  const body =
    shown.length === 1
      ? renderOne(shown, parts, since)
      : changed.length === 0
        ? renderUnchanged(shown)
        : renderSeveral(shown, parts, { detail, since });
  const text = [...body, ...renderFooter({ pushes, run }, detail)].filter((part) => part !== '').join('\n\n');
  return { text, places: findPlaces(text, parts) };
}

function renderOne(
  models: readonly ReportedModel[],
  parts: ReadonlyMap<string, ModelPart>,
  since: string,
): string[] {
  const [model] = models as [ReportedModel];
  const { sentence = '', rest = '' } = parts.get(model.snapshot.model) ?? {};
  return [`### ${renderHeadline(model.snapshot)}`, sentence, since, rest];
}

function renderUnchanged(models: readonly ReportedModel[]): string[] {
  if (models.length === 0) return ['### Nothing to report'];
  const names = models.slice(0, MOST_UNCHANGED_NAMED).map(({ snapshot }) => codeSpan(snapshot.model));
  const more = models.length - names.length;
  if (more > 0) names.push(`${more} more`);
  return [
    `### ✅ **Unchanged**, all ${formatQuantity(models.length, 'model')}`,
    `Nothing that they depend on changed, so nothing had to be judged: ${names.join(', ')}.`,
  ];
}

function renderSeveral(
  models: readonly ReportedModel[],
  parts: ReadonlyMap<string, ModelPart>,
  { detail, since }: { readonly detail: Detail; readonly since: string },
): string[] {
  const [first] = models as [ReportedModel];
  const folded: string[] = [];
  const lines: string[] = [];
  for (const model of models) {
    const part = parts.get(model.snapshot.model);
    // The worst is open where it needs a person; the rest waits for a click.
    const open = model === first && model.snapshot.outcome !== 'success';
    if (part !== undefined)
      folded.push(renderFolded(renderSummaryLine(model.snapshot), joinPart(part), { open }));
    else if (lines.length < detail.lines && model.snapshot.headline !== undefined) {
      lines.push(`- ${renderHeadline(model.snapshot)}`);
    }
  }
  const more = models.length - folded.length - lines.length;
  if (more > 0) lines.push(`- and ${formatQuantity(more, 'model')} more`);
  return [`### ${renderHeadline(first.snapshot)}`, countOutcomes(models), since, ...folded, lines.join('\n')];
}

function countOutcomes(models: readonly ReportedModel[]): string {
  const words: Record<Outcome, string> = {
    error: 'stopped',
    failure: 'failed',
    pending: 'undecided',
    success: 'passed',
  };
  const counts = (Object.keys(words) as Outcome[])
    .map((outcome) => ({
      word: words[outcome],
      count: models.filter(({ snapshot }) => snapshot.outcome === outcome).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`);
  return `${formatQuantity(models.length, 'model')} changed: ${counts.join(', ')}.`;
}

function renderFooter({ pushes, run }: Pick<ReportContent, 'pushes' | 'run'>, detail: Detail): string[] {
  const command = renderReproduction(run);
  return [
    detail.leftOut === undefined
      ? ''
      : `<sub>Shortened to fit: without ${detail.leftOut}. The full report has them.</sub>`,
    renderEarlierPushes(pushes, detail) ?? '',
    command === undefined ? '' : renderFolded('Repeat this on a laptop', `\`\`\`sh\n${command}\n\`\`\``),
    renderRunLine(run),
  ];
}

function joinPart({ sentence, rest }: ModelPart): string {
  return rest === '' ? sentence : `${sentence}\n\n${rest}`;
}

function findPlaces(text: string, parts: ReadonlyMap<string, ModelPart>): ReadonlyMap<string, PartPlace> {
  const places = new Map<string, PartPlace>();
  for (const [model, { sentence, rest }] of parts) {
    // Where two parts are the same text, either place says the same.
    const start = text.indexOf(sentence);
    const restStart = rest === '' ? start : text.indexOf(rest);
    if (start < 0 || restStart < 0) continue;
    places.set(model, {
      sentence: [start, start + sentence.length],
      rest: [restStart, restStart + rest.length],
    });
  }
  return places;
}
