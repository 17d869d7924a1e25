import type { CompletedComparison, PairOfCurves } from '../../documents/comparison.ts';
import { formatPercent } from '../format-number.ts';
import { describeMetric, NO_NUMBER } from '../metric-text.ts';
import { reachFrom, reachWithin } from '../sparkline.ts';
import type { Corner, CurveChart, CurveLine, CurvePoint, Picture } from './chart.ts';

/** Points of a curve beyond this lie closer together than a line is thick. */
const MOST_POINTS = 100;
const CORNERS: readonly Corner[] = ['bottom-right', 'bottom-left', 'top-right', 'top-left'];
/** Share of the width and of the height that the labels of the curves take. */
const KEY = { width: 0.62, height: 0.24 };

/** ROC, precision-recall and calibration curves; those that there are. */
export function buildCurvePictures(comparison: CompletedComparison): readonly Picture[] {
  const { curves } = comparison;
  return [
    buildPicture(comparison, curves?.roc, {
      kind: 'roc',
      metric: ['roc_auc', 'AUC'],
      ...{ title: 'ROC', across: 'false positive rate', up: 'recall', diagonal: true },
      tell: (points) => `${formatPercent(reachWithin(points, 0.05))} recall at 5 % false positives`,
    }),
    buildPicture(comparison, curves?.precisionRecall, {
      kind: 'precision-recall',
      metric: ['average_precision', 'AP'],
      ...{ title: 'Precision-recall', across: 'recall', up: 'precision', diagonal: false },
      tell: (points) => `${formatPercent(reachFrom(points, 0.5))} precision at 50 % recall`,
    }),
    buildPicture(comparison, curves?.calibration, {
      kind: 'calibration',
      metric: ['expected_calibration_error', 'ECE'],
      ...{ title: 'Calibration', across: 'predicted share', up: 'observed share', diagonal: true },
      tell: (points) => {
        const [predicted, observed] = points.at(-1) ?? [0, 0];
        return `of the highest scores ${formatPercent(observed)} came true where ${formatPercent(predicted)} were predicted`;
      },
    }),
  ].filter((picture) => picture !== undefined);
}

type CurveWords = Pick<CurveChart, 'title' | 'across' | 'up' | 'diagonal'> & {
  readonly kind: 'roc' | 'precision-recall' | 'calibration';
  /** The metric that sums the curve up, and its short name. */
  readonly metric: readonly [name: string, short: string];
  readonly tell: (points: readonly CurvePoint[]) => string;
};

function buildPicture(
  comparison: CompletedComparison,
  pair: PairOfCurves | undefined,
  words: CurveWords,
): Picture | undefined {
  if (pair === undefined || pair.challenger.length === 0) return undefined;
  const { kind, metric, tell, ...chart } = words;
  const measured = comparison.metrics.find(({ name }) => name === metric[0]);
  const numbers = measured && describeMetric(measured);
  const lines = (['champion', 'challenger'] as const).flatMap((name): CurveLine[] => {
    const points = pair[name];
    if (points === undefined || points.length === 0) return [];
    const number = numbers?.[name] ?? NO_NUMBER;
    return [
      { name, label: number === NO_NUMBER ? name : `${name}, ${metric[1]} ${number}`, points: thin(points) },
    ];
  });
  const isCalibration = kind === 'calibration';
  const limit = isCalibration ? roundLimit(lines) : 1;
  const told = lines.map(({ name, points }) => `${name} ${tell(points)}`);
  return {
    kind,
    chart: { type: 'curves', ...chart, limit, dots: isCalibration, lines, key: chooseCorner(lines, limit) },
    alternative: `${words.title} curve: ${told.join('; ')}`,
  };
}

function thin(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)] as CurvePoint);
}

/** Shares of rare events all lie near zero. */
function roundLimit(lines: readonly CurveLine[]): number {
  const largest = Math.max(...lines.flatMap(({ points }) => points.flat()));
  return [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((limit) => largest <= limit) ?? 1;
}

function chooseCorner(lines: readonly CurveLine[], limit: number): Corner {
  const points = lines.flatMap((line) => fillGaps(line.points));
  const covered = CORNERS.map((corner) => ({
    corner,
    count: points.filter(([x, y]) => covers(corner, x / limit, y / limit)).length,
  }));
  return covered.reduce((best, one) => (one.count < best.count ? one : best)).corner;
}

function covers(corner: Corner, x: number, y: number): boolean {
  const across = corner.endsWith('left') ? x : 1 - x;
  const up = corner.startsWith('bottom') ? y : 1 - y;
  return across <= KEY.width && up <= KEY.height;
}

/** Points between those that are far apart, since the line between them is drawn too. */
function fillGaps(points: readonly CurvePoint[]): readonly CurvePoint[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return [point];
    return Array.from({ length: 10 }, (_, step): CurvePoint => {
      const share = step / 10;
      return [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share];
    });
  });
}
