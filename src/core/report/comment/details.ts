import type { CompletedComparison } from '../../documents/comparison.ts';
import type { ModelEvidence } from '../evidence.ts';
import { formatBytes, formatPercent, formatQuantity } from '../format-number.ts';
import { describeLatency } from '../latency-text.ts';
import { describeLeakage } from '../leakage-note.ts';
import { codeSpan, escapeText, renderFolded, renderTable } from '../markdown.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { breakingFirst } from '../model-changes.ts';
import { describeScoring } from '../scoring-notes.ts';
import { renderBar } from '../sparkline.ts';
import { renderCalibrationSummary } from './calibration.ts';
import { renderCalibration, renderCurves } from './curves.ts';
import { renderDatasets, renderFindings } from './data-part.ts';
import type { Detail, FoldedPart } from './detail.ts';
import { renderFlipDetails } from './flips.ts';
import { renderIntervalTable } from './metric-table.ts';
import { renderPictures } from './pictures.ts';
import { renderAllSlices } from './slices.ts';

const MOST_IMPORTANCES = 15;

/** The folded parts that have something to show, in the order of the product specification. */
export function renderDetails(
  comparison: CompletedComparison,
  evidence: ModelEvidence,
  detail: Detail,
): string[] {
  const parts: Record<FoldedPart, () => readonly [string, string | undefined]> = {
    slices: () => [
      `All ${formatQuantity(comparison.slices.length, 'slice')}`,
      joinParts([renderPictures(evidence.pictures, ['slices']), renderAllSlices(comparison, detail)]),
    ],
    flips: () => ['Flips by slice, and some rows', renderFlipDetails(comparison, detail)],
    intervals: () => ['Intervals, margins, detectable differences', renderIntervalTable(comparison, detail)],
    curves: () => [
      'Curves and calibration',
      joinParts([
        renderPictures(evidence.pictures, ['roc', 'precision-recall', 'calibration']),
        renderCurves(comparison, { drawn: evidence.pictures !== undefined }),
        renderCalibration(comparison),
        renderCalibrationSummary(comparison),
      ]),
    ],
    model: () => [
      'Size, parameters, inputs and outputs of the model',
      joinParts([
        renderSize(comparison),
        renderLatency(comparison),
        renderParameters(comparison, detail),
        renderModelContract(comparison, detail),
        renderScoring(comparison),
      ]),
    ],
    data: () => renderData(comparison, evidence, detail),
    importance: () => ['Importance of columns', renderImportance(comparison)],
  };
  return detail.folded
    .map((name) => parts[name]())
    .filter((part): part is readonly [string, string] => part[1] !== undefined)
    .map(([summary, body]) => renderFolded(summary, body));
}

function joinParts(parts: readonly (string | undefined)[]): string | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : present.join('\n\n');
}

function renderSize({ size }: CompletedComparison): string | undefined {
  if (size === undefined) return undefined;
  const { champion, challenger } = size;
  const before = champion === undefined ? '' : `${formatBytes(champion)} → `;
  return `**Size:** ${before}${formatBytes(challenger)}`;
}

function renderLatency(comparison: CompletedComparison): string | undefined {
  const facts = describeLatency(comparison).map(({ name, text }) => `**${name}:** ${escapeText(text, 400)}`);
  return joinParts(facts);
}

function renderData(
  comparison: CompletedComparison,
  evidence: ModelEvidence,
  detail: Detail,
): readonly [string, string | undefined] {
  const { validation } = evidence;
  const leakage = renderLeakage(comparison);
  if (validation === undefined || validation.verdict === 'error') return ['Data', leakage];
  const summary = `Data: ${formatQuantity(validation.findings.length, 'finding')}`;
  return [
    summary,
    joinParts([renderDatasets(validation), ...renderFindings(validation.findings, detail.rows), leakage]),
  ];
}

function renderLeakage(comparison: CompletedComparison): string | undefined {
  const { notes } = describeLeakage(comparison);
  return notes.length === 0 ? undefined : notes.map((note) => `- ${escapeText(note, 600)}`).join('\n');
}

function renderParameters(comparison: CompletedComparison, detail: Detail): string | undefined {
  const changes = comparison.parametersChanged ?? [];
  if (changes.length === 0) return undefined;
  const rows = changes
    .slice(0, Math.min(detail.rows, 50))
    .map(({ what, before, after }) => [codeSpan(what), valueCell(before), valueCell(after)]);
  return `**Parameters changed**\n\n${renderTable(['parameter', 'champion', 'challenger'], rows, 'lrr')}`;
}

function renderModelContract(comparison: CompletedComparison, detail: Detail): string | undefined {
  const changes = comparison.modelContract?.changes ?? [];
  if (changes.length === 0) return undefined;
  const shown = breakingFirst(changes).slice(0, Math.min(detail.rows, 50));
  const lines = shown.map(
    ({ change, breaking }) => `- ${breaking ? '**breaking:** ' : 'compatible: '}${escapeText(change, 400)}`,
  );
  const more = changes.length - shown.length;
  if (more > 0) lines.push(`- and ${formatQuantity(more, 'change')} more`);
  return `**Inputs, outputs and operators**\n\n${lines.join('\n')}`;
}

function renderScoring(comparison: CompletedComparison): string | undefined {
  const notes = describeScoring(comparison);
  if (notes.length === 0) return undefined;
  return `**How they were scored**\n\n${notes.map((note) => `- ${escapeText(note, 400)}`).join('\n')}`;
}

function renderImportance(comparison: CompletedComparison): string | undefined {
  const sorted = [...(comparison.importance ?? [])].sort((left, right) => right.share - left.share);
  if (sorted.length === 0) return undefined;
  const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
  const rows = sorted
    .slice(0, MOST_IMPORTANCES)
    .map(({ column, share }) => [codeSpan(column), `${renderBar(share / largest)} ${formatPercent(share)}`]);
  return renderTable(['column', 'share of the gain in training'], rows, 'll');
}

function valueCell(value: string | undefined): string {
  return value === undefined ? NO_NUMBER : codeSpan(value, 60);
}
