import type { Chart, Theme } from '../core/report/pictures/chart.ts';

/** Draws charts. */
export interface PictureRenderer {
  /**
   * A chart as an SVG document of its own: no script, no reference to anything outside, texts as text. The same
   * chart gives the same bytes.
   */
  render(chart: Chart, theme: Theme): string;
}
