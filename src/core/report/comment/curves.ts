import type { CompletedComparison, PairOfCurves } from '../../documents/comparison.ts';
import { formatPercent } from '../format-number.ts';
import { renderTable } from '../markdown.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { type Point, reachFrom, reachWithin, renderSparkline } from '../sparkline.ts';

const FALSE_POSITIVE_RATES = [0.01, 0.05, 0.1, 0.2, 0.5];
const RECALLS = [0.1, 0.25, 0.5, 0.75, 0.9];
const GRID = Array.from({ length: 24 }, (_, index) => (index + 0.5) / 24);
const MOST_CALIBRATION_ROWS = 12;

type Reach = (points: readonly Point[], bound: number) => number;

/**
 * ROC and precision-recall curves as a line of blocks and a few points that can be read off.
 * @param drawn pictures of the curves stand beside the text, so that it needs no line of blocks.
 */
export function renderCurves(
  comparison: CompletedComparison,
  { drawn }: { readonly drawn: boolean } = { drawn: false },
): string | undefined {
  const { curves } = comparison;
  const parts = [
    renderPair(curves?.roc, {
      title: 'ROC',
      axis: 'false positive rate at most',
      value: 'recall',
      bounds: FALSE_POSITIVE_RATES,
      reach: reachWithin,
      drawn,
    }),
    renderPair(curves?.precisionRecall, {
      title: 'Precision-recall',
      axis: 'recall at least',
      value: 'precision',
      bounds: RECALLS,
      reach: reachFrom,
      drawn,
    }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** What was predicted against what happened. */
export function renderCalibration(comparison: CompletedComparison): string | undefined {
  const pair = comparison.curves?.calibration;
  if (pair === undefined || pair.challenger.length === 0) return undefined;
  const challenger = thin(pair.challenger, MOST_CALIBRATION_ROWS);
  const champion = thin(pair.champion ?? [], MOST_CALIBRATION_ROWS);
  const rows = Array.from({ length: Math.max(challenger.length, champion.length) }, (_, index) => [
    ...calibrationCells(champion[index]),
    ...calibrationCells(challenger[index]),
  ]);
  const header = ['champion predicts', 'observed', 'challenger predicts', 'observed'];
  return `**Calibration:** predicted and observed share\n\n${renderTable(header, rows, 'rrrr')}`;
}

type CurveWords = {
  readonly title: string;
  readonly axis: string;
  readonly value: string;
  readonly bounds: readonly number[];
  readonly reach: Reach;
  readonly drawn: boolean;
};

function renderPair(pair: PairOfCurves | undefined, words: CurveWords): string | undefined {
  if (pair === undefined || pair.challenger.length === 0) return undefined;
  const sides = [pair.champion, pair.challenger];
  const lines = sides.map((points) =>
    points === undefined
      ? NO_NUMBER
      : `\`${renderSparkline(
          GRID.map((x) => words.reach(points, x)),
          [0, 1],
        )}\``,
  );
  const rows = words.bounds.map((bound) => [
    formatPercent(bound),
    ...sides.map((points) => (points === undefined ? NO_NUMBER : formatPercent(words.reach(points, bound)))),
  ]);
  const line = words.drawn ? [] : [['0 to 100 %', ...lines]];
  return [
    `**${words.title}:** ${words.value} by ${words.axis.replace(/ at (most|least)$/, '')}, read off the drawn curve`,
    '',
    renderTable([words.axis, 'champion', 'challenger'], [...rows, ...line], 'rrr'),
  ].join('\n');
}

function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  return Array.from(
    { length: most },
    (_, index) => points[Math.round((index * (points.length - 1)) / (most - 1))] as Point,
  );
}

function calibrationCells(point: Point | undefined): string[] {
  return point === undefined ? [NO_NUMBER, NO_NUMBER] : point.map((share) => formatPercent(share));
}
