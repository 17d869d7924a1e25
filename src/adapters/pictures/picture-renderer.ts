import type { PictureRenderer } from '../../ports/picture-renderer.ts';
import { drawCurves } from './draw-curves.ts';
import { drawForest } from './draw-forest.ts';
import { PALETTES } from './palette.ts';

/** The renderer port over Apache ECharts; load it only where pictures are wanted, it is the largest of libraries. */
export function createPictureRenderer(): PictureRenderer {
  return {
    render: (chart, theme) =>
      chart.type === 'forest' ? drawForest(chart, PALETTES[theme]) : drawCurves(chart, PALETTES[theme]),
  };
}
