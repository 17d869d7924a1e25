import type { CompletedComparison } from '../../documents/comparison.ts';
import type { Picture } from './chart.ts';
import { buildCurvePictures } from './curves.ts';
import { buildMetricForest, buildSliceForest } from './forest.ts';

/** The pictures of a comparison, the ones that tell most first; none where there is nothing to draw. */
export function buildPictures(comparison: CompletedComparison): readonly Picture[] {
  const forests = [buildMetricForest(comparison), buildSliceForest(comparison)];
  return [...forests.filter((picture) => picture !== undefined), ...buildCurvePictures(comparison)];
}
