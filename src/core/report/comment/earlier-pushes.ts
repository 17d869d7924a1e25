import { formatQuantity } from '../format-number.ts';
import { codeSpan, escapeText, renderFolded, renderTable } from '../markdown.ts';
import { NO_NUMBER } from '../metric-text.ts';
import type { Detail } from './detail.ts';
import type { ReportedModel } from './reported-model.ts';
import { type ModelSnapshot, renderMetricName, renderVerdict } from './snapshot.ts';
import type { EarlierPush } from './state.ts';

const SHORT = 12;
const MOST_NAMED = 4;
const MOST_MODELS_SHOWN = 6;

/** What is another than at the push before, in one line; undefined when nothing is. */
export function renderSincePush(
  models: readonly ReportedModel[],
  { pushes, isAboutOne }: { readonly pushes: readonly EarlierPush[]; readonly isAboutOne: boolean },
): string | undefined {
  const [last] = pushes;
  if (last === undefined) return undefined;
  const before = new Map(last.models.map((one) => [one.model, one] as const));
  const changes = models.flatMap(({ snapshot, unchanged }) => {
    const known = before.get(snapshot.model);
    const change = known && describeChange(known, snapshot, unchanged);
    return change === undefined ? [] : [{ model: snapshot.model, change }];
  });
  if (changes.length === 0) return undefined;
  const named = changes
    .slice(0, MOST_NAMED)
    .map(({ model, change }) => (isAboutOne ? change : `${codeSpan(model)} ${change}`));
  const more = changes.length - named.length;
  if (more > 0) named.push(`${formatQuantity(more, 'more model')} changed`);
  return `Since the previous push ${shortCommit(last.commit)}: ${named.join('; ')}.`;
}

function describeChange(before: ModelSnapshot, now: ModelSnapshot, unchanged: boolean): string | undefined {
  const was = renderVerdict(before);
  if (unchanged) return `was ${was}, now nothing of it changes`;
  const isOther = was !== renderVerdict(now);
  const [old, current] = [before.primary, now.primary];
  const hasMoved = old !== undefined && current?.metric === old.metric && current.value !== old.value;
  const numbers = hasMoved
    ? `${renderMetricName(old)} ${escapeText(old.value)} → now ${escapeText(current.value)}`
    : undefined;
  if (isOther) return numbers === undefined ? `was ${was}` : `was ${was}, ${numbers}`;
  return numbers;
}

/** The pushes before, folded; undefined when there were none or there is no room. */
export function renderEarlierPushes(pushes: readonly EarlierPush[], detail: Detail): string | undefined {
  const shown = pushes.slice(0, detail.pushes);
  if (shown.length === 0) return undefined;
  const hasOne = new Set(shown.flatMap(({ models }) => models.map(({ model }) => model))).size <= 1;
  const rows = shown.flatMap((push) => rowsOf(push, hasOne));
  const header = ['push', ...(hasOne ? [] : ['model']), 'verdict', 'value', 'gain'];
  const table = renderTable(header, rows, hasOne ? 'llrr' : 'lllrr');
  return renderFolded(`Earlier pushes (${shown.length})`, table);
}

function rowsOf({ commit, models }: EarlierPush, hasOne: boolean): string[][] {
  if (models.length === 0) {
    return [[shortCommit(commit), ...(hasOne ? [] : ['']), 'nothing changed', NO_NUMBER, NO_NUMBER]];
  }
  const rows = models.slice(0, MOST_MODELS_SHOWN).map((snapshot, index) => {
    const { model, primary } = snapshot;
    return [
      index === 0 ? shortCommit(commit) : '',
      ...(hasOne ? [] : [codeSpan(model, 60)]),
      renderVerdict(snapshot),
      primary === undefined ? NO_NUMBER : `${renderMetricName(primary)} ${escapeText(primary.value)}`,
      primary === undefined ? NO_NUMBER : escapeText(primary.gain),
    ];
  });
  const more = models.length - rows.length;
  if (more > 0) rows.push(['', ...(hasOne ? [] : [`and ${more} more`]), '', '', '']);
  return rows;
}

function shortCommit(commit: string): string {
  return codeSpan(commit.slice(0, SHORT), SHORT);
}
