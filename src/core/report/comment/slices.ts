import type { CompletedComparison, SliceComparison } from '../../documents/comparison.ts';
import { describeFlips } from '../flip-text.ts';
import { formatCount, formatQuantity, NO_BREAK_SPACE } from '../format-number.ts';
import { codeSpan, renderTable } from '../markdown.ts';
import {
  countOpenSlices,
  describeMetric,
  findGainingSlices,
  findLosingSlices,
  findSuspectSlices,
} from '../metric-text.ts';
import type { Detail } from './detail.ts';
import { gainCell, unbroken } from './metric-table.ts';

/** The slices that got worse, or that none of them did; undefined when none was asked for. */
export function renderLosingSlices(comparison: CompletedComparison, detail: Detail): string | undefined {
  const { slices } = comparison;
  if (slices.length === 0 || comparison.champion === undefined) return undefined;
  const losing = findLosingSlices(slices);
  const open = countOpenSlices(slices);
  const openWords = open === 0 ? '' : ` (${formatCount(open)} undecided)`;
  const others = describeOthers(slices);
  if (losing.length === 0) {
    return [`**Slices that got worse:** none of ${formatCount(slices.length)}${openWords}`, ...others].join(
      '\n\n',
    );
  }
  const intro = `**Slices that got worse:** ${formatCount(losing.length)} of ${formatCount(slices.length)}${openWords}`;
  const shown = losing.slice(0, Math.min(detail.rows, 10));
  const more = losing.length - shown.length;
  const rest = more === 0 ? [] : ['', `and ${formatQuantity(more, 'slice')} more`];
  const table = [intro, '', renderTable(...sliceTable(shown)), ...rest].join('\n');
  return [table, ...others].join('\n\n');
}

/** Slices that are named and no more: those that got better, and those that only seem to have got worse. */
function describeOthers(slices: readonly SliceComparison[]): string[] {
  const name = (found: readonly SliceComparison[]) => {
    const names = found.slice(0, MOST_NAMED).map((slice) => nameCell(slice.slice));
    const more = found.length - names.length;
    return `${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  };
  const gaining = findGainingSlices(slices);
  const suspect = findSuspectSlices(slices);
  return [
    ...(gaining.length === 0 ? [] : [`**Slices that got better:** ${name(gaining)}`]),
    ...(suspect.length === 0
      ? []
      : [
          `**Worth a look:** ${name(suspect)}, lower by more than luck usually makes, though no interval proves it`,
        ]),
  ];
}

/** Names in a line of prose. */
const MOST_NAMED = 6;

/** Every slice, the one that lost most first. */
export function renderAllSlices(comparison: CompletedComparison, detail: Detail): string | undefined {
  if (comparison.slices.length === 0) return undefined;
  const sorted = [...comparison.slices].sort(
    (left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0),
  );
  const shown = sorted.slice(0, detail.rows);
  const rest =
    shown.length < sorted.length
      ? ['', `and ${formatQuantity(sorted.length - shown.length, 'slice')} more`]
      : [];
  return [renderTable(...sliceTable(shown)), ...rest].join('\n');
}

/** Rows that became right and rows that became wrong; undefined when labels were not compared. */
export function renderFlips(comparison: CompletedComparison): string | undefined {
  const flips = describeFlips(comparison);
  return flips && `**Flips:** ${flips}`;
}

function sliceTable(slices: readonly SliceComparison[]): [string[], string[][], string] {
  const metrics = new Set(slices.map((slice) => slice.name));
  const rows = slices.map((slice) => {
    const text = describeMetric(slice);
    return [
      metrics.size > 1 ? `${nameCell(slice.slice)}<br>${codeSpan(slice.name, 40)}` : nameCell(slice.slice),
      gainCell(text),
      formatCount(slice.rows),
      text.champion,
      text.challenger,
      unbroken(text.mark.words),
    ];
  });
  const only = metrics.size === 1 ? slices[0] : undefined;
  const header = [
    'slice',
    only === undefined ? 'gain' : `gain in ${codeSpan(only.name, 40)}`,
    'rows',
    'champion',
    'challenger',
    '',
  ];
  return [header, rows, 'lrrrrl'];
}

// A short name on one line; a long one may break.
function nameCell(name: string): string {
  return codeSpan(name.length <= 28 ? name.replaceAll(' ', NO_BREAK_SPACE) : name);
}
