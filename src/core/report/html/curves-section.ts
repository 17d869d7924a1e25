import type { CompletedComparison } from '../../documents/comparison.ts';
import { type Decisions, placeOnPrecisionRecall, placeOnRoc } from '../decision-text.ts';
import type { Point } from '../sparkline.ts';
import { renderCurveChart, renderCurveKey } from './curve-chart.ts';
import { dataBlock, html, type Markup } from './markup.ts';
import { renderThresholdPanel, shownThreshold } from './threshold-panel.ts';

/** ROC and precision-recall curves with both models' place on them, and the decisions there. */
export function renderCurves(comparison: CompletedComparison, id: string): Markup | undefined {
  const { curves, champion, holdout } = comparison;
  if (curves?.roc === undefined && curves?.precisionRecall === undefined) return undefined;
  const shown = shownThreshold(comparison);
  const marks = (place: (decisions: Decisions) => Point | undefined) => ({
    champion: shown?.champion && place(shown.champion),
    challenger: shown && place(shown.challenger),
  });
  const charts = [
    curves.roc &&
      renderCurveChart(curves.roc, {
        title: 'ROC',
        across: 'False positive rate',
        up: 'Recall',
        diagonal: true,
        name: 'roc',
        marks: marks(placeOnRoc),
      }),
    curves.precisionRecall &&
      renderCurveChart(curves.precisionRecall, {
        title: 'Precision and recall',
        across: 'Recall',
        up: 'Precision',
        name: 'precisionRecall',
        marks: marks(placeOnPrecisionRecall),
      }),
  ];
  const data = {
    roc: curves.roc,
    precisionRecall: curves.precisionRecall,
    thresholds: shown && curves.thresholds,
    rows: holdout.rows,
    positives: holdout.positives,
  };
  return html`<section class="panel long" id="${id}-curves" data-part="curves"><h3>Curves</h3>${renderCurveKey(champion !== undefined, shown !== undefined)}<div class="charts">${charts}</div>${renderThresholdPanel(comparison)}${dataBlock('curves', data)}</section>`;
}
