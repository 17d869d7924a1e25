import { MINIMUM_SLICE_ROWS } from '../../comparison/defaults.ts';
import type { CompletedComparison, SliceComparison } from '../../documents/comparison.ts';
import { simultaneousConfidence } from '../../statistics/interval.ts';
import { formatCount, formatQuantity } from '../format-number.ts';
import { columns, line, paragraph, shownText } from '../inspection/text-lines.ts';
import { describeMetric, findLosingSlices } from '../metric-text.ts';
import { confidenceText } from './confidence-words.ts';

const MOST_SLICES = 30;

/** The slices that the metric was judged on; none where it was not. */
export function explainSlices(comparison: CompletedComparison, name: string): readonly string[] {
  const slices = comparison.slices.filter((slice) => slice.name === name);
  if (slices.length === 0) return [];
  const judged = slices.filter((slice) => slice.rows >= MINIMUM_SLICE_ROWS);
  const losing = findLosingSlices(slices);
  const ordered = [...losing, ...slices.filter((slice) => !losing.includes(slice))];
  const shown = ordered.slice(0, MOST_SLICES);
  const confidence = simultaneousConfidence(comparison.confidence, Math.max(1, judged.length));
  return [
    ...paragraph(
      '',
      `Each slice is judged by the same table. The more slices, the likelier luck makes one look bad, so that the intervals of ${formatQuantity(judged.length, 'slice')} are wider: each has a confidence of ${confidenceText(confidence)}, and all of them together that of the whole. Slices of under ${MINIMUM_SLICE_ROWS} rows are not judged.`,
    ),
    ...columns([['slice', 'rows', 'difference', 'interval', 'verdict'], ...shown.map(describeSlice)]),
    ...(ordered.length > shown.length
      ? [line(`and ${formatCount(ordered.length - shown.length)} more`)]
      : []),
  ];
}

function describeSlice(slice: SliceComparison): string[] {
  const text = describeMetric(slice);
  const words = text.mark.words || (slice.note === undefined ? 'not compared' : shownText(slice.note, 80));
  return [shownText(slice.slice), formatCount(slice.rows), text.gain, text.interval ?? '', words];
}
