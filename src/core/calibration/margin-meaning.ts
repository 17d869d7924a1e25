import { invertMonotone } from '../statistics/inversion.ts';
import { normalQuantile } from '../statistics/normal.ts';
import type { MarginMeaning, Units, UnitsNeeded } from './calibration.ts';
import { type MarginFacts, marginElsewhere } from './propose-margin.ts';

/** Chance with which a loss of the stated size is seen. */
const POWER = 0.8;

/** So many times the holdout at hand are no help to anybody. */
const MOST_TIMES = 1000;

export type MeaningRequest = Pick<MarginFacts, 'reach' | 'spread'> & {
  readonly margin: number;
  /** Mean distance from a difference up to the high end of its interval. */
  readonly reachUp: number;
  readonly championValue: number;
  readonly gain: number | undefined;
  readonly units: Units;
};

/**
 * What a margin does with challengers that really lose. One that loses L has a difference of mean −L and standard
 * error se. It is not let through when its low end is at or below −margin, and called worse when its
 * high end is below −margin.
 */
export function explainMargin(request: MeaningRequest): MarginMeaning {
  const { margin, reach, reachUp, spread, championValue, gain } = request;
  const chance = normalQuantile(POWER) * spread.holdout;
  const resolvable = gain === undefined || margin < gain;
  return {
    ...(championValue === 0 ? {} : { shareOfValue: margin / Math.abs(championValue) }),
    ...(gain === undefined || gain <= 0 ? {} : { shareOfGain: margin / gain }),
    resolvable,
    heldBack: Math.max(0, margin - reach + chance),
    calledWorse: margin + reachUp + chance,
    forHalf: unitsFor(margin / 2, request),
    ...(resolvable || gain === undefined || gain <= 0
      ? {}
      : { forTenthOfGain: unitsFor(gain / 10, request) }),
  };
}

/**
 * Units of a holdout that needs no more than this margin. Its noise falls with the root of its size; so does, as far
 * as anybody can tell, what makes the proposal larger than a holdout like this one needs: the luck of its champion.
 */
function unitsFor(wanted: number, { margin, reach, spread, units }: MeaningRequest): UnitsNeeded {
  const facts = { reach, spread };
  const unit = units.name;
  const luck = Math.max(0, margin - marginElsewhere(facts));
  const needed = (scale: number) => marginElsewhere(facts, scale) + scale * luck;
  if (needed(0) >= wanted) return { unit };
  if (needed(1) <= wanted) return { count: units.count, unit };
  const scale = invertMonotone((candidate) => needed(candidate) - wanted, 0, 1);
  const count = Number(Math.ceil(units.count / scale ** 2).toPrecision(2));
  return count > MOST_TIMES * units.count ? { unit } : { count, unit };
}
