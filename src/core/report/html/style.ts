import { BASE_STYLE } from './style/base.ts';
import { CHART_STYLE } from './style/charts.ts';
import { CONTROL_STYLE } from './style/controls.ts';
import { DATA_STYLE } from './style/data.ts';
import { SMALL_AND_PAPER_STYLE } from './style/small-and-paper.ts';
import { TABLE_STYLE } from './style/tables.ts';

/** The style sheet of the report: light and dark by the reader's setting, narrow screens and paper. */
export const REPORT_STYLE = [
  BASE_STYLE,
  TABLE_STYLE,
  CHART_STYLE,
  CONTROL_STYLE,
  DATA_STYLE,
  // Last, since it overrides the others.
  SMALL_AND_PAPER_STYLE,
].join('');
