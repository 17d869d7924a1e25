import type { ModelDifference } from '../../inspection/inspection.ts';
import { formatCount, formatQuantity } from '../format-number.ts';
import { columns, heading, line, shownText } from './text-lines.ts';

const MOST_CHANGES = 200;

/** What changed since another model, breaking changes first. */
export function renderDifference({ file, changes }: ModelDifference): string[] {
  const breaking = changes.filter((change) => change.breaking);
  const sorted = [...breaking, ...changes.filter((change) => !change.breaking)];
  const shown = sorted.slice(0, MOST_CHANGES);
  const title = heading(`Changes since ${shownText(file, 200)}`);
  if (sorted.length === 0) return [title, line('none: both have the same contract')];
  const verdict =
    breaking.length === 0
      ? 'nothing breaks for those who call the model'
      : `${formatQuantity(breaking.length, 'change')} of ${formatCount(sorted.length)} ${breaking.length === 1 ? 'breaks' : 'break'} those who call the model: a major version`;
  return [
    title,
    line(verdict),
    ...columns(
      shown.map((change) => [change.breaking ? 'BREAKING' : 'compatible', shownText(change.change, 600)]),
    ),
    ...(sorted.length > shown.length ? [line(`and ${formatCount(sorted.length - shown.length)} more`)] : []),
  ];
}
