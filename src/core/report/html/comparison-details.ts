import type { CompletedComparison, FlippedRow } from '../../documents/comparison.ts';
import { describeCalibration } from '../calibration-text.ts';
import { describeFlips, describeIdHash, flippedSlices } from '../flip-text.ts';
import { formatCount, formatNumber } from '../format-number.ts';
import { describeLatency } from '../latency-text.ts';
import { html, type Markup } from './markup.ts';

/** Rows that became right or wrong, by slice and by example; undefined when labels were not compared. */
export function renderFlips(comparison: CompletedComparison, id: string): Markup | undefined {
  const total = describeFlips(comparison);
  if (total === undefined) return undefined;
  return html`<section class="panel long" id="${id}-flips"><h3>Flips</h3><p class="note">${total}.</p>${renderBySlice(comparison)}${renderExamples(comparison)}</section>`;
}

function renderBySlice(comparison: CompletedComparison): Markup | undefined {
  const slices = flippedSlices(comparison);
  if (slices.length === 0) return undefined;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Flips by slice"><table><thead><tr><th class="text" scope="col">Slice</th><th scope="col">Rows</th><th scope="col">Newly right</th><th scope="col">Newly wrong</th></tr></thead><tbody>${slices.map(
    ({ slice, rows, newlyRight, newlyWrong }) =>
      html`<tr><th scope="row">${slice}</th><td>${formatCount(rows)}</td><td>${formatCount(newlyRight)}</td><td>${formatCount(newlyWrong)}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderExamples(comparison: CompletedComparison): Markup | undefined {
  const { newlyRight = [], newlyWrong = [] } = comparison.flips?.examples ?? {};
  if (newlyRight.length + newlyWrong.length === 0) return undefined;
  return html`<h4>Rows that the challenger was surest of</h4><p class="note">${describeIdHash(comparison)}</p><dl class="facts">${listRows('Newly wrong', newlyWrong)}${listRows('Newly right', newlyRight)}</dl>`;
}

function listRows(kind: string, rows: readonly FlippedRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<dt>${kind}</dt><dd>${rows.map(({ idHash, score }) => html`<code>${idHash}</code> (${formatNumber(score)}) `)}</dd>`;
}

/** The numbers beside the calibration curve; undefined where there are none. */
export function renderCalibration(comparison: CompletedComparison): Markup | undefined {
  const text = describeCalibration(comparison);
  if (text === undefined) return undefined;
  return html`<h4>Calibration</h4><div class="scroll" tabindex="0" role="region" aria-label="Calibration"><table><thead><tr><th class="text" scope="col">Number</th><th scope="col">Champion</th><th scope="col">Challenger</th></tr></thead><tbody>${text.rows.map(
    ({ name, champion, challenger }) =>
      html`<tr><th scope="row">${name}</th><td>${champion}</td><td>${challenger}</td></tr>`,
  )}</tbody></table></div>${text.notes.map((note) => html`<p class="note">${note}</p>`)}`;
}

/** Times and throughput as entries of a list of facts. */
export function renderLatency(comparison: CompletedComparison): Markup[] {
  return describeLatency(comparison).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
}
