import type { CompletedComparison, FlippedRow } from '../../documents/comparison.ts';
import { describeIdHash, flippedSlices } from '../flip-text.ts';
import { formatCount, formatNumber, formatQuantity } from '../format-number.ts';
import { codeSpan, escapeText, renderTable } from '../markdown.ts';
import type { Detail } from './detail.ts';

/** Examples of each kind in a comment; the report has them all. */
const MOST_EXAMPLES = 5;

/** Flips by slice and examples of rows; undefined when there is neither. */
export function renderFlipDetails(comparison: CompletedComparison, detail: Detail): string | undefined {
  const parts = [renderBySlice(comparison, detail), renderExamples(comparison)];
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : present.join('\n\n');
}

function renderBySlice(comparison: CompletedComparison, detail: Detail): string | undefined {
  const slices = flippedSlices(comparison);
  if (slices.length === 0) return undefined;
  const shown = slices.slice(0, Math.min(detail.rows, 50));
  const rows = shown.map(({ slice, rows, newlyRight, newlyWrong }) => [
    codeSpan(slice),
    formatCount(rows),
    formatCount(newlyRight),
    formatCount(newlyWrong),
  ]);
  const more = slices.length - shown.length;
  const rest = more === 0 ? [] : ['', `and ${formatQuantity(more, 'slice')} more`];
  return [renderTable(['slice', 'rows', 'newly right', 'newly wrong'], rows, 'lrrr'), ...rest].join('\n');
}

function renderExamples(comparison: CompletedComparison): string | undefined {
  const examples = comparison.flips?.examples;
  if (examples === undefined) return undefined;
  const lines = [
    listExamples('newly wrong', examples.newlyWrong),
    listExamples('newly right', examples.newlyRight),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return undefined;
  return [...lines, '', `<sub>${escapeText(describeIdHash(comparison), 400)}</sub>`].join('\n');
}

function listExamples(kind: string, rows: readonly FlippedRow[]): string | undefined {
  if (rows.length === 0) return undefined;
  const shown = rows.slice(0, MOST_EXAMPLES);
  const words = shown.map(({ idHash, score }) => `${codeSpan(idHash)} (${formatNumber(score)})`);
  const more = rows.length - shown.length;
  return `- ${kind}, surest first: ${words.join(', ')}${more === 0 ? '' : `, and ${formatCount(more)} more in the report`}`;
}
