import type { Interval } from '../documents/common.ts';

/** Curves and shares as a line of block characters, for places that show only text. */

const BLOCKS = '▁▂▃▄▅▆▇█';

export type Point = readonly [number, number];

/** One block per value; `range` is what the lowest and the full block stand for. */
export function renderSparkline(values: readonly number[], range: Interval): string {
  const [low, high] = range;
  const span = high - low;
  return values
    .map((value) => {
      const share = span > 0 ? (value - low) / span : 0;
      const index = Math.min(BLOCKS.length - 1, Math.max(0, Math.floor(share * BLOCKS.length)));
      return BLOCKS.charAt(index);
    })
    .join('');
}

/** A bar of a share between 0 and 1, ten characters when full. */
export function renderBar(share: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const eighths = Math.round(bounded * 80);
  const rest = eighths % 8;
  return `${'█'.repeat(Math.floor(eighths / 8))}${rest === 0 ? '' : '▏▎▍▌▋▊▉'.charAt(rest - 1)}`;
}

/** True positive rate reached at a false positive rate of at most `bound`, from points of a ROC curve. */
export function reachWithin(points: readonly Point[], bound: number): number {
  return Math.max(0, ...points.filter(([first]) => first <= bound + 1e-12).map(([, second]) => second));
}

/** Precision that can be had at a recall of at least `bound`, from points of a precision-recall curve. */
export function reachFrom(points: readonly Point[], bound: number): number {
  return Math.max(0, ...points.filter(([first]) => first >= bound - 1e-12).map(([, second]) => second));
}
