import type { CompletedComparison } from '../../documents/comparison.ts';
import { describeCalibration } from '../calibration-text.ts';
import { formatPercent } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import type { Point } from '../sparkline.ts';
import { renderCurveChart, renderCurveKey } from './curve-chart.ts';
import { html, type Markup } from './markup.ts';

/** How far probabilities mean what they say: picture, bins and numbers; undefined where there is none of it. */
export function renderCalibrationSection(comparison: CompletedComparison, id: string): Markup | undefined {
  const curve = comparison.curves?.calibration;
  const text = describeCalibration(comparison);
  if (curve === undefined && text === undefined) return undefined;
  const chart =
    curve &&
    html`<div>${renderCurveKey(curve.champion !== undefined, false)}${renderCurveChart(curve, {
      title: 'Predicted and observed',
      across: 'Predicted',
      up: 'Observed',
      diagonal: true,
      dots: true,
    })}</div>`;
  const numbers =
    text &&
    html`<div class="scroll" tabindex="0" role="group" aria-label="Calibration"><table><thead><tr><th class="text" scope="col">Number</th><th scope="col">Champion</th><th scope="col">Challenger</th></tr></thead><tbody>${text.rows.map(
      ({ name, champion, challenger }) =>
        html`<tr><th scope="row">${name}</th><td>${champion}</td><td>${challenger}</td></tr>`,
    )}</tbody></table></div>${text.notes.map((note) => html`<p class="note">${note}</p>`)}`;
  return html`<section class="panel long" id="${id}-calibration"><h3>Calibration</h3><p class="note">Of rows that are given 30 %, about 30 % should be positive: then the points lie on the diagonal.</p><div class="beside">${chart}<div>${numbers}${curve && renderBins(curve)}</div></div></section>`;
}

function renderBins({
  champion,
  challenger,
}: {
  champion?: Point[] | undefined;
  challenger: Point[];
}): Markup {
  const rows = Math.max(champion?.length ?? 0, challenger.length);
  const cells = (point: Point | undefined) =>
    html`<td>${point === undefined ? NO_NUMBER : formatPercent(point[0])}</td><td>${point === undefined ? NO_NUMBER : formatPercent(point[1])}</td>`;
  const head = (model: string) => html`<th scope="col">${model} predicted</th><th scope="col">observed</th>`;
  return html`<details open><summary>Bins of equally many rows</summary><div class="scroll" tabindex="0" role="group" aria-label="Calibration by bin"><table><thead><tr><th scope="col">Bin</th>${champion && head('Champion')}${head('Challenger')}</tr></thead><tbody>${Array.from(
    { length: rows },
    (_, bin) =>
      html`<tr><th scope="row">${bin + 1}</th>${champion && cells(champion[bin])}${cells(challenger[bin])}</tr>`,
  )}</tbody></table></div></details>`;
}
