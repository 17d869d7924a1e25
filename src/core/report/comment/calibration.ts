import type { CompletedComparison } from '../../documents/comparison.ts';
import { describeCalibration } from '../calibration-text.ts';
import { escapeText, renderTable } from '../markdown.ts';

/** The numbers beside the calibration curve; undefined where there are none. */
export function renderCalibrationSummary(comparison: CompletedComparison): string | undefined {
  const text = describeCalibration(comparison);
  if (text === undefined) return undefined;
  const rows = text.rows.map(({ name, champion, challenger }) => [name, champion, challenger]);
  const notes = text.notes.map((note) => `- ${escapeText(note, 400)}`);
  return [
    renderTable(['calibration', 'champion', 'challenger'], rows, 'lrr'),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}
