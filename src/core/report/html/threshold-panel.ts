import type { CompletedComparison } from '../../documents/comparison.ts';
import type { ThresholdPoint } from '../../documents/thresholds.ts';
import {
  type ClassTotals,
  DECISION_RATES,
  type DecisionCell,
  type DecisionRate,
  type Decisions,
  decide,
  describeCell,
  describeChange,
  describeRate,
  describeThreshold,
  startOf,
} from '../decision-text.ts';
import { html, type Markup } from './markup.ts';

/** Confusion matrices of both models at a threshold; the script of the page lets the reader move it. */

export type ShownThreshold = {
  readonly totals: ClassTotals;
  readonly threshold: number;
  readonly isInUse: boolean;
  readonly champion: Decisions | undefined;
  readonly challenger: Decisions;
};

const RATE_NAMES: Record<DecisionRate, string> = {
  recall: 'Recall',
  precision: 'Precision',
  falsePositiveRate: 'False positive rate',
  calledPositive: 'Rows called positive',
  cost: 'Total cost',
  costPerRow: 'Cost of a row',
};

const CELL_NAMES: Record<DecisionCell, string> = {
  truePositives: 'found',
  falseNegatives: 'missed',
  falsePositives: 'false alarms',
  trueNegatives: 'left alone',
};

/** The decisions that are shown first; undefined where the document has none. */
export function shownThreshold({ curves, holdout }: CompletedComparison): ShownThreshold | undefined {
  const thresholds = curves?.thresholds;
  const point = thresholds?.challenger[startOf(thresholds.challenger, thresholds.inUse)];
  if (thresholds === undefined || point === undefined || holdout.positives === undefined) return undefined;
  const totals = {
    positives: holdout.positives,
    negatives: Math.max(0, holdout.rows - holdout.positives),
  };
  const before = pointAt(thresholds.champion, point.threshold);
  return {
    totals,
    threshold: point.threshold,
    isInUse: point.threshold === thresholds.inUse,
    champion: before && decide(before, totals),
    challenger: decide(point, totals),
  };
}

export function renderThresholdPanel(comparison: CompletedComparison): Markup | undefined {
  const shown = shownThreshold(comparison);
  const thresholds = comparison.curves?.thresholds;
  if (shown === undefined || thresholds === undefined) return undefined;
  const { totals, champion, challenger } = shown;
  const models = [
    { name: 'champion', title: 'Champion', decisions: champion },
    { name: 'challenger', title: 'Challenger', decisions: challenger },
  ];
  const use = shown.isInUse
    ? 'The threshold in use is marked.'
    : 'The models decide by labels of their own; at this threshold their scores would decide as follows.';
  return html`<div class="threshold" data-part="threshold"><h4>Decisions at a threshold</h4>
<p class="note">${use} Other thresholds are here to understand the models, not to choose one: a threshold that is chosen on the holdout looks better than it is. Choose it on training data and set <code>comparison.threshold</code>.</p>
<p class="setting" data-slot="slider"><span>Threshold <strong>${describeThreshold(shown.threshold)}</strong></span>${shown.isInUse ? html`<span class="mark plain">in use</span>` : undefined}</p>
<div class="matrices">${models.map(({ name, title, decisions }) => decisions && renderMatrix({ name, title }, decisions, totals))}</div>
${renderRates(champion, challenger)}
${renderEvery(comparison, totals)}</div>`;
}

function renderMatrix(
  model: { readonly name: string; readonly title: string },
  decisions: Decisions,
  totals: ClassTotals,
): Markup {
  const cell = (name: DecisionCell) => {
    const { rows, share } = describeCell(name, decisions, totals);
    const right = name === 'truePositives' || name === 'trueNegatives';
    return html`<td class="${right ? 'right' : 'wrong'}" data-cell="${name}"><strong>${rows}</strong> <span>${CELL_NAMES[name]}</span><small>${share}</small></td>`;
  };
  return html`<table class="matrix" data-model="${model.name}"><caption><span class="swatch ${model.name}"></span>${model.title}</caption><thead><tr><td></td><th scope="col">Called positive</th><th scope="col">Called negative</th></tr></thead><tbody><tr><th scope="row">Positive</th>${cell('truePositives')}${cell('falseNegatives')}</tr><tr><th scope="row">Negative</th>${cell('falsePositives')}${cell('trueNegatives')}</tr></tbody></table>`;
}

function renderRates(champion: Decisions | undefined, challenger: Decisions): Markup {
  const rates = DECISION_RATES.filter(
    (rate) => (rate !== 'cost' && rate !== 'costPerRow') || challenger[rate] !== undefined,
  );
  const paired = champion !== undefined;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Rates at the threshold"><table class="rates"><thead><tr><th class="text" scope="col">At this threshold</th>${paired ? html`<th scope="col">Champion</th>` : undefined}<th scope="col">Challenger</th>${paired ? html`<th scope="col">Change</th>` : undefined}</tr></thead><tbody>${rates.map(
    (rate) =>
      html`<tr data-rate="${rate}"><th scope="row">${RATE_NAMES[rate]}</th>${paired ? html`<td data-of="champion">${describeRate(rate, champion)}</td>` : undefined}<td data-of="challenger">${describeRate(rate, challenger)}</td>${paired ? html`<td data-of="change">${describeChange(rate, champion, challenger)}</td>` : undefined}</tr>`,
  )}</tbody></table></div>`;
}

/** Every threshold as a table: for paper, for pages without a script, and to copy from. */
function renderEvery(comparison: CompletedComparison, totals: ClassTotals): Markup | undefined {
  const thresholds = comparison.curves?.thresholds;
  if (thresholds === undefined) return undefined;
  const costly = thresholds.challenger.some(({ cost }) => cost !== undefined);
  const models = thresholds.champion === undefined ? ['Challenger'] : ['Champion', 'Challenger'];
  const heads = models.map(
    (model) =>
      html`<th scope="col">${model} recall</th><th scope="col">precision</th><th scope="col">false alarms</th>${costly ? html`<th scope="col">cost</th>` : undefined}`,
  );
  const cells = (point: ThresholdPoint | undefined) => {
    const decisions = point && decide(point, totals);
    return html`<td>${describeRate('recall', decisions)}</td><td>${describeRate('precision', decisions)}</td><td>${decisions === undefined ? '–' : describeCell('falsePositives', decisions, totals).rows}</td>${costly ? html`<td>${describeRate('cost', decisions)}</td>` : undefined}`;
  };
  return html`<details><summary>All ${thresholds.challenger.length} thresholds as a table</summary><div class="scroll tall" tabindex="0" role="group" aria-label="All thresholds"><table><thead><tr><th scope="col">Threshold</th>${heads}</tr></thead><tbody>${thresholds.challenger.map(
    (point) =>
      html`<tr><th scope="row">${describeThreshold(point.threshold)}</th>${thresholds.champion === undefined ? undefined : cells(pointAt(thresholds.champion, point.threshold))}${cells(point)}</tr>`,
  )}</tbody></table></div></details>`;
}

function pointAt(
  points: readonly ThresholdPoint[] | undefined,
  threshold: number,
): ThresholdPoint | undefined {
  return points?.find((point) => point.threshold === threshold);
}
