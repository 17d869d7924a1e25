import type { Thresholds } from '../src/core/documents/thresholds.ts';
import type { CurvePoints } from '../src/core/report/html/chart-scale.ts';

export type ChartName = 'roc' | 'precisionRecall';
export type Curves = { readonly champion?: CurvePoints; readonly challenger: CurvePoints };

/** What the page says about one model, as the report was made: numbers only. */
export type CurveData = { readonly [name in ChartName]?: Curves } & {
  readonly thresholds?: Thresholds;
  readonly rows: number;
  readonly positives?: number;
};

export const MODELS = ['champion', 'challenger'] as const;
export type ModelName = (typeof MODELS)[number];
