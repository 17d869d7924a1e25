import type { MarginMeaning, MetricCalibration, UnitsNeeded } from '../../calibration/calibration.ts';
import { formatCount, formatNumber, formatPercent, NO_BREAK_SPACE } from '../format-number.ts';

/** A margin that gives away more of the gain than this is worth a word. */
const LARGE_SHARE_OF_GAIN = 0.2;

/** What the calibration of one metric means, in sentences. */
export function explainMetric(metric: MetricCalibration, isDefaultGate: boolean): readonly string[] {
  return [
    ...explainChampion(metric),
    ...explainSpread(metric),
    ...explainMargin(metric),
    ...(metric.role === 'primary' && isDefaultGate ? explainDefaultGate(metric) : []),
  ];
}

/** What a gate sees that holds against each other two numbers from different rows. */
function explainChampion({ champion, name }: MetricCalibration): string[] {
  if (champion?.betweenHoldouts === undefined) return [];
  return [
    `The champion against itself: its own ${name} differs by up to ${short(champion.betweenHoldouts)} between two holdouts of this size (19 of 20 cases). That is what comparing two numbers from different rows sees; on the same rows most of it cancels.`,
  ];
}

function explainSpread({ spread, differences }: MetricCalibration): string[] {
  if (spread === undefined) return [];
  const { mean, deviation, holdout, retraining } = spread;
  const shown =
    retraining === 0
      ? 'what seed and training rows do to a retraining does not show beside it'
      : `seed and training rows move a retraining by ${short(retraining)} (standard deviation)`;
  const parts = `A difference to the champion has a standard error of ${short(holdout)} from the rows of the holdout; ${shown}.`;
  if (Math.abs(mean) <= (2 * deviation) / Math.sqrt(differences.length)) return [parts];
  const side =
    mean < 0
      ? `Retrainings lose ${short(-mean)} on average: this champion was made from more rows or another recipe, or is lucky on this holdout. The margin makes room for that.`
      : `Retrainings gain ${short(mean)} on average: this champion is behind its recipe, or unlucky on this holdout. The margin does not count on that.`;
  return [parts, side];
}

function explainMargin(metric: MetricCalibration): string[] {
  const { meaning, margins, gain, units } = metric;
  if (meaning === undefined || margins.proposed === undefined) return [];
  const { margin } = margins.proposed;
  if (!meaning.resolvable) return [explainUnresolvable(margin, gain ?? 0, { meaning, now: units.count })];
  const loss = `a loss of less than ${formatNumber(margin)}${sharesOf(metric, meaning)} counts as not worse`;
  return [
    `With the margin of ${formatNumber(margin)}, ${loss}. A challenger that really loses ${formatNumber(margin)} or more is let through in at most 1 of 40 comparisons.`,
    `A real loss of ${short(meaning.heldBack)} is held back (worse or inconclusive) with 80${NO_BREAK_SPACE}% chance, one of ${short(meaning.calledWorse)} is called worse with 80${NO_BREAK_SPACE}% chance.`,
    ...explainHalf(meaning.forHalf, units.count),
    ...explainLarge(meaning),
    ...explainDefault(metric),
  ];
}

function sharesOf({ champion }: MetricCalibration, meaning: MarginMeaning): string {
  const parts = [
    ...(meaning.shareOfValue === undefined || champion === undefined
      ? []
      : [`${formatPercent(meaning.shareOfValue)} of the champion's ${formatNumber(champion.value)}`]),
    ...(meaning.shareOfGain === undefined
      ? []
      : [`${formatPercent(meaning.shareOfGain)} of its gain over knowing nothing`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function explainUnresolvable(
  margin: number,
  gain: number,
  { meaning, now }: { readonly meaning: MarginMeaning; readonly now: number },
): string {
  const needed = meaning.forTenthOfGain;
  const what = `This holdout can resolve nothing: equally good retrainings need a margin of ${formatNumber(margin)}`;
  if (needed === undefined) {
    return `${what}, and the champion gains nothing over knowing nothing (${formatNumber(gain)}). A margin cannot mend that; a better model or more labelled rows can.`;
  }
  const advice =
    needed.count === undefined
      ? 'no number of rows in reach would do, since retrainings differ too much themselves: make the recipe steadier'
      : `collect about ${countOf(needed)} (now ${formatCount(now)}), on which a tenth of that gain, ${short(gain / 10)}, would do`;
  return `${what}, which is more than the champion's whole gain over knowing nothing (${short(gain)}): a gate with it lets everything through. Instead of a margin, ${advice}.`;
}

function explainHalf(needed: UnitsNeeded, now: number): string[] {
  if (needed.count === undefined) {
    return [
      'No number of labelled rows in reach makes half this margin work: two retrainings differ by too much themselves. A steadier recipe does (more training rows, more and smaller steps, an average over seeds).',
    ];
  }
  if (needed.count <= now) return [];
  return [`Half this margin needs about ${countOf(needed)} (now ${formatCount(now)}).`];
}

function countOf({ count = 0, unit }: UnitsNeeded): string {
  return `${formatCount(count)} ${unit === 'groups' ? 'groups of labelled rows' : 'labelled rows'}`;
}

function explainLarge({ shareOfGain }: MarginMeaning): string[] {
  if (shareOfGain === undefined || shareOfGain < LARGE_SHARE_OF_GAIN) return [];
  return [
    `That gives away ${formatPercent(shareOfGain)} of what the model knows: rather collect rows than live with it.`,
  ];
}

/** How the margin stands to the one that holds where none is written. */
function explainDefault({ margins }: MetricCalibration): string[] {
  const { proposed, default: own } = margins;
  if (proposed === undefined) return [];
  if (own === undefined)
    return [
      'There is no default margin for this metric: without one in the config only a better challenger passes.',
    ];
  const count = Object.values(own.verdicts).reduce((total, verdict) => total + verdict, 0);
  const { inconclusive, worse } = own.verdicts;
  const judged = `With the default margin of ${short(own.margin)}, ${inconclusive} of ${count} retrainings come out inconclusive and ${worse} worse`;
  if (own.margin >= proposed.margin)
    return [`${judged}: the default is wide enough here, and this holdout could keep the narrower one.`];
  return [
    `${judged}; with ${formatNumber(proposed.margin)}, ${proposed.verdicts.inconclusive} and ${proposed.verdicts.worse}.`,
  ];
}

function explainDefaultGate({ margins, differences, meaning }: MetricCalibration): string[] {
  const { proposed } = margins;
  if (proposed === undefined || meaning?.resolvable !== true) return [];
  return [
    `The default gate also asks that a challenger is not lower at all, and ${proposed.withoutLoss} of ${differences.length} retrainings pass it with this margin. The gate below asks for no more than not worse.`,
  ];
}

/** A number whose first two digits are all that is known of it. */
function short(value: number): string {
  return formatNumber(Number(value.toPrecision(2)));
}
