import type { ThresholdPoint, Thresholds } from '../src/core/documents/thresholds.ts';
import {
  type ClassTotals,
  DECISION_CELLS,
  DECISION_RATES,
  type Decisions,
  decide,
  describeCell,
  describeChange,
  describeRate,
  describeThreshold,
  placeOnPrecisionRecall,
  placeOnRoc,
  startOf,
} from '../src/core/report/decision-text.ts';
import { acrossOf, upOf } from '../src/core/report/html/chart-scale.ts';
import { type CurveData, MODELS, type ModelName } from './curve-data.ts';
import { create, need, setText } from './elements.ts';

type Shown = { readonly [model in ModelName]?: Decisions | undefined };

/** Lets a reader move the threshold: confusion matrices, rates and the places on both curves follow. */
export function addThresholdExplorer(section: HTMLElement, data: CurveData): void {
  const { thresholds, positives, rows } = data;
  const panel = section.querySelector<HTMLElement>('[data-part="threshold"]');
  if (panel === null || thresholds === undefined || positives === undefined) return;
  const totals = { positives, negatives: Math.max(0, rows - positives) };
  const start = startOf(thresholds.challenger, thresholds.inUse);
  const controls = buildControls(thresholds, start);
  need(panel, '[data-slot="slider"]').replaceWith(controls.element);
  const show = () => {
    const point = thresholds.challenger[Number(controls.input.value)] as ThresholdPoint;
    const shown = decisionsAt(thresholds, point, totals);
    showDecisions(panel, shown, totals);
    showPlaces(section, shown);
    const isInUse = point.threshold === thresholds.inUse;
    controls.tell(describeThreshold(point.threshold), isInUse, summarize(shown, totals));
  };
  controls.input.addEventListener('input', show);
  controls.back.addEventListener('click', () => {
    controls.input.value = String(start);
    show();
    controls.input.focus();
  });
  show();
}

function decisionsAt(thresholds: Thresholds, point: ThresholdPoint, totals: ClassTotals): Shown {
  const before = thresholds.champion?.find(({ threshold }) => threshold === point.threshold);
  return { champion: before && decide(before, totals), challenger: decide(point, totals) };
}

function buildControls({ challenger, inUse }: Thresholds, start: number) {
  const last = challenger.length - 1;
  const element = create('div', { className: 'setting' });
  const label = create('label', { className: 'slider' });
  const value = create('strong');
  const input = create('input', {
    type: 'range',
    min: '0',
    max: String(last),
    step: '1',
    value: String(start),
  });
  const track = create('span', { className: 'track' });
  track.append(input);
  if (inUse !== undefined && last > 0) {
    const tick = create('span', { className: 'tick', title: 'in use' });
    tick.style.setProperty('--at', String(start / last));
    track.append(tick);
  }
  const name = create('span', { textContent: 'Threshold ' });
  name.append(value);
  label.append(name, track);
  const words = inUse === undefined ? 'Back to the start' : 'Back to the threshold in use';
  const back = create('button', { type: 'button', className: 'more', textContent: words });
  const mark = create('span', { className: 'mark plain', textContent: 'in use' });
  element.append(label, mark, back);
  return {
    element,
    input,
    back,
    tell(threshold: string, isInUse: boolean, summary: string) {
      value.textContent = threshold;
      mark.hidden = !isInUse;
      back.hidden = Number(input.value) === start;
      input.setAttribute('aria-valuetext', `${threshold}${isInUse ? ', in use' : ''}: ${summary}`);
    },
  };
}

function showDecisions(panel: HTMLElement, shown: Shown, totals: ClassTotals): void {
  for (const model of MODELS) {
    const decisions = shown[model];
    const matrix = panel.querySelector(`[data-model="${model}"]`);
    if (matrix === null || decisions === undefined) continue;
    for (const cell of DECISION_CELLS) {
      const text = describeCell(cell, decisions, totals);
      setText(matrix, `[data-cell="${cell}"] strong`, text.rows);
      setText(matrix, `[data-cell="${cell}"] small`, text.share);
    }
  }
  for (const rate of DECISION_RATES) {
    const row = panel.querySelector(`[data-rate="${rate}"]`);
    if (row === null) continue;
    for (const model of MODELS) setText(row, `[data-of="${model}"]`, describeRate(rate, shown[model]));
    setText(row, '[data-of="change"]', describeChange(rate, shown.champion, shown.challenger));
  }
}

function showPlaces(section: HTMLElement, shown: Shown): void {
  const places = { roc: placeOnRoc, precisionRecall: placeOnPrecisionRecall };
  for (const [chart, placeOf] of Object.entries(places)) {
    for (const model of MODELS) {
      const mark = section.querySelector(`[data-chart="${chart}"] [data-mark="${model}"]`);
      const decisions = shown[model];
      const place = decisions && placeOf(decisions);
      mark?.setAttribute('visibility', place === undefined ? 'hidden' : 'visible');
      if (place === undefined) continue;
      mark?.setAttribute('cx', String(acrossOf(place[0])));
      mark?.setAttribute('cy', String(upOf(place[1])));
    }
  }
}

/** For a screen reader, which hears it with each step. */
function summarize({ champion, challenger }: Shown, totals: ClassTotals): string {
  const say = (model: string, decisions: Decisions | undefined) =>
    decisions &&
    `${model} finds ${describeCell('truePositives', decisions, totals).rows} of ${totals.positives}, ${describeCell('falsePositives', decisions, totals).rows} false alarms`;
  return [say('champion', champion), say('challenger', challenger)].filter(Boolean).join('; ');
}
