import type { Interval } from '../../documents/common.ts';
import type { DatasetProfile } from '../../documents/validation.ts';
import { formatPercent } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { coordinate, html, type Markup, verbatim } from './markup.ts';
import { formatProfileNumber } from './profile-number.ts';

/** The values of one column in several data sets, drawn over each other on one scale. */

export type ColumnProfile = DatasetProfile['columns'][number];

export type DrawnSet = {
  readonly dataset: string;
  readonly rows: number;
  readonly profile: ColumnProfile;
  /** Colour and stroke of the data set, from 1. */
  readonly mark: number;
};

/** Data sets beyond have their numbers and no line of their own: more lines than that are a tangle. */
export const MOST_DRAWN = 4;

const WIDTH = 196;
const HEIGHT = 60;
const BAR_HEIGHT = 4;
const MOST_VALUES = 3;

/** Where all values lie this many times wider than the middle 98 %, the picture is of the middle 90 %. */
const ZOOM_FROM = 3;
const INNER = ['0.05', '0.95'] as const;

/** A part of the axis and the share of the values that lie in it. */
type Piece = { readonly from: number; readonly to: number; readonly share: number };

/** Undefined where nothing of the values is known, as for hidden columns. */
export function renderDistributions(sets: readonly DrawnSet[]): Markup | undefined {
  const drawn = sets.filter(({ mark }) => mark <= MOST_DRAWN);
  const numeric = drawn.filter(({ profile }) => (profile.histogram ?? []).length > 0);
  if (numeric.length > 0) return renderHistograms(numeric);
  const named = drawn.filter(({ profile }) => (profile.top ?? []).length > 0);
  return named.length > 0 ? renderTops(named) : undefined;
}

function renderHistograms(sets: readonly DrawnSet[]): Markup {
  const full = spanOf(sets.flatMap(({ profile }) => (profile.histogram ?? []).flatMap(edgesOf)));
  const middle = quantileSpan(sets, ['0.01', '0.99']);
  const inner = quantileSpan(sets, INNER);
  const zoomed =
    middle !== undefined && inner !== undefined && full[1] - full[0] > ZOOM_FROM * (middle[1] - middle[0]);
  const domain = widen(zoomed ? inner : full);
  const pieces = sets.map(({ profile }) => (zoomed ? quantilePieces(profile) : binPieces(profile)));
  // A value that very many rows have is a bar of some width, not a needle.
  const narrowest = (3 * (domain[1] - domain[0])) / WIDTH;
  const height = ({ from, to, share }: Piece) => share / Math.max(to - from, narrowest);
  const highest = Math.max(Number.MIN_VALUE, ...pieces.flat().map(height));
  const x = (value: number) =>
    coordinate(
      (WIDTH * (Math.min(Math.max(value, domain[0]), domain[1]) - domain[0])) / (domain[1] - domain[0]),
    );
  const outlines = sets.map(({ mark }, index) => {
    const steps = (pieces[index] ?? []).map((piece) => {
      const wide = Math.max(piece.to, piece.from + narrowest);
      return `V${coordinate(HEIGHT - (height(piece) / highest) * (HEIGHT - 2))}H${x(wide)}`;
    });
    const start = x(pieces[index]?.[0]?.from ?? domain[0]);
    return html`<path class="values set-${mark}" d="${verbatim(`M${start} ${HEIGHT}${steps.join('')}V${HEIGHT}`)}"/>`;
  });
  const ends = zoomed ? domain : extremesOf(sets, domain);
  const [low, high] = ends.map((value) => formatProfileNumber(value, sets[0]!.profile.type)) as [
    string,
    string,
  ];
  return html`<svg class="values" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${describe(sets)}">${outlines}<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/></svg><small class="ends"><span>${low}</span>${zoomed ? html`<span>middle 90 %</span>` : undefined}<span>${high}</span></small>`;
}

/** Bins of whole numbers end behind the last of them. */
function extremesOf(sets: readonly DrawnSet[], [low, high]: Interval): Interval {
  return [
    Math.min(...sets.map(({ profile }) => profile.minimum ?? low)),
    Math.max(...sets.map(({ profile }) => profile.maximum ?? high)),
  ];
}

function describe(sets: readonly DrawnSet[]): string {
  return sets
    .map(({ dataset, profile: { minimum, maximum, quantiles, type } }) => {
      const from = minimum === undefined ? '' : ` from ${formatProfileNumber(minimum, type)}`;
      const to = maximum === undefined ? '' : ` to ${formatProfileNumber(maximum, type)}`;
      const median = quantiles?.['0.5'];
      return `${dataset}${from}${to}${median === undefined ? '' : `, median ${formatProfileNumber(median, type)}`}`;
    })
    .join('; ');
}

function edgesOf({ from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  return [from, to];
}

function spanOf(values: readonly number[]): Interval {
  return [Math.min(...values), Math.max(...values)];
}

/** Undefined where a data set does not tell. */
function quantileSpan(
  sets: readonly DrawnSet[],
  [low, high]: readonly [string, string],
): Interval | undefined {
  const ends = sets.map(({ profile: { quantiles } }) => [quantiles?.[low], quantiles?.[high]]);
  if (ends.flat().some((value) => value === undefined)) return undefined;
  const span = spanOf(ends.flat() as number[]);
  return span[1] > span[0] ? span : undefined;
}

function widen([low, high]: Interval): Interval {
  if (high > low) return [low, high];
  const room = Math.max(0.5, Math.abs(low) / 100);
  return [low - room, low + room];
}

function binPieces({ histogram = [] }: ColumnProfile): readonly Piece[] {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  return histogram.map(({ from, to, count }) => ({ from, to, share: total > 0 ? count / total : 0 }));
}

/** Between two quantiles lies the share by which they differ. */
function quantilePieces({ quantiles = {} }: ColumnProfile): readonly Piece[] {
  const knots = Object.entries(quantiles)
    .map(([probability, value]) => ({ probability: Number(probability), value }))
    .filter(({ probability }) => probability >= Number(INNER[0]) && probability <= Number(INNER[1]))
    .toSorted((left, right) => left.probability - right.probability);
  return knots.slice(1).map((knot, index) => {
    const before = knots[index]!;
    return { from: before.value, to: knot.value, share: knot.probability - before.probability };
  });
}

/** The most frequent values, each with a bar for each data set. */
function renderTops(sets: readonly DrawnSet[]): Markup {
  const shares = sets.map(({ rows, profile }) => {
    const total = Math.max(1, rows - profile.missing);
    return new Map((profile.top ?? []).map(({ value, count }) => [value, count / total]));
  });
  const names = [...new Set(shares.flatMap((known) => [...known.keys()]))];
  const largest = new Map(
    names.map((name) => [name, Math.max(...shares.map((known) => known.get(name) ?? 0))]),
  );
  const shown = names
    .toSorted((left, right) => largest.get(right)! - largest.get(left)!)
    .slice(0, MOST_VALUES);
  const scale = largest.get(shown[0] ?? '') || 1;
  const rest = Math.max(...sets.map(({ profile }) => profile.distinct)) - shown.length;
  const lines = shown.map((name) => {
    const height = sets.length * (BAR_HEIGHT + 1);
    const bars = sets.map(({ mark }, index) => {
      const width = coordinate((WIDTH * (shares[index]!.get(name) ?? 0)) / scale);
      return html`<rect class="values set-${mark}" y="${index * (BAR_HEIGHT + 1)}" width="${width}" height="${BAR_HEIGHT}"/>`;
    });
    return html`<li><span>${name === '' ? '(empty)' : name}</span><small>${listShares(shares.map((known) => known.get(name)))}</small><svg width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${describeShares(sets, shares, name)}"><rect class="track" width="${WIDTH}" height="${height}"/>${bars}</svg></li>`;
  });
  return html`<ul class="tops">${lines}${rest > 0 ? html`<li><small>${rest} more</small></li>` : undefined}</ul>`;
}

/** `30 · 29 · 24 %`, of a data set that does not list the value a dash. */
function listShares(shares: readonly (number | undefined)[]): string {
  const numbers = shares.map((share) => {
    if (share === undefined) return NO_NUMBER;
    return share > 0 && share < 0.01 ? '<1' : String(Math.round(100 * share));
  });
  return `${numbers.join(' · ')}\u00a0%`;
}

function describeShares(
  sets: readonly DrawnSet[],
  shares: readonly ReadonlyMap<string, number>[],
  name: string,
): string {
  return sets
    .map(({ dataset }, index) => {
      const share = shares[index]!.get(name);
      return `${dataset} ${share === undefined ? 'not among the most frequent' : formatPercent(share)}`;
    })
    .join('; ');
}
