import { DEFAULT_CONFIDENCE } from '../comparison/defaults.ts';
import { resolveMargin } from '../comparison/margin.ts';
import { decideVerdict } from '../comparison/verdict.ts';
import type { Margin } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { MetricComparison } from '../documents/comparison.ts';
import { twoSidedZ } from '../statistics/normal.ts';
import { mean } from '../statistics/sums.ts';
import type {
  ChampionSpread,
  JudgedMargin,
  MetricCalibration,
  MetricDifference,
  Units,
  VerdictCounts,
} from './calibration.ts';
import { explainMargin } from './margin-meaning.ts';
import { proposeMargin } from './propose-margin.ts';
import { decomposeSpread } from './spread.ts';

/** Fewer differences say nothing about their spread. */
export const FEWEST_RETRAININGS = 3;

export type MetricEvidence = {
  readonly role: MetricCalibration['role'];
  /** The champion judged alone, as a first model. */
  readonly champion: MetricComparison;
  /** Each retraining against the champion. */
  readonly retrainings: readonly MetricComparison[];
  /** Some retrainings against each other. */
  readonly pairs: readonly MetricComparison[];
  readonly units: Units;
  /** Of the config. */
  readonly configured: Margin | undefined;
};

/** What retraining alone does to one metric, and the margin that follows, or why none does. */
export function calibrateMetric(evidence: MetricEvidence): MetricCalibration {
  const { champion, units } = evidence;
  const differences = evidence.retrainings.map(describeDifference);
  const known = differences.filter(isKnown);
  const value = champion.challenger?.value;
  const gain = gainOf(champion);
  const common = {
    name: champion.name,
    role: evidence.role,
    direction: champion.direction,
    ...(value === undefined ? {} : { champion: describeChampion(value, champion.challenger?.interval) }),
    ...(champion.noInformation === undefined ? {} : { noInformation: champion.noInformation }),
    ...(gain === undefined ? {} : { gain }),
    differences,
    units,
  };
  const given = givenMargins(evidence, known);
  const refusal = value === undefined ? 'the champion has no value' : refuse(known, differences);
  if (refusal !== undefined || value === undefined)
    return { ...common, margins: given, refusal: refusal ?? '' };
  const spread = decomposeSpread({
    differences: known.map((difference) => difference.value),
    standardErrors: known.map((difference) => difference.standardError),
    pairErrors: evidence.pairs.flatMap((pair) => describeDifference(pair).standardError ?? []),
  });
  const reach = mean(known.map((difference) => difference.value - difference.interval[0]));
  const reachUp = mean(known.map((difference) => difference.interval[1] - difference.value));
  const margin = proposeMargin({ lows: known.map(({ interval }) => interval[0]), reach, spread });
  return {
    ...common,
    spread,
    margins: { ...given, proposed: judgeMargin(margin, known) },
    meaning: explainMargin({ margin, reach, reachUp, spread, championValue: value, gain, units }),
  };
}

type KnownDifference = {
  readonly value: number;
  readonly interval: Interval;
  readonly standardError: number;
};

function isKnown(difference: MetricDifference): difference is MetricDifference & KnownDifference {
  return difference.value !== undefined && difference.interval !== undefined;
}

function describeDifference({ difference, note }: MetricComparison): MetricDifference {
  if (difference === undefined) return note === undefined ? {} : { note };
  const { value, interval } = difference;
  if (interval === undefined) return { value, ...(note === undefined ? {} : { note }) };
  return { value, interval, standardError: standardErrorOf(interval) };
}

function describeChampion(value: number, interval: Interval | undefined): ChampionSpread {
  if (interval === undefined) return { value };
  const standardError = standardErrorOf(interval);
  const betweenHoldouts = twoSidedZ(DEFAULT_CONFIDENCE) * Math.SQRT2 * standardError;
  return { value, interval, standardError, betweenHoldouts };
}

function standardErrorOf([low, high]: Interval): number {
  return (high - low) / (2 * twoSidedZ(DEFAULT_CONFIDENCE));
}

function gainOf({ challenger, noInformation, direction }: MetricComparison): number | undefined {
  if (challenger === undefined || noInformation === undefined) return undefined;
  return (direction === 'higher' ? 1 : -1) * (challenger.value - noInformation);
}

function refuse(known: readonly KnownDifference[], all: readonly MetricDifference[]): string | undefined {
  if (known.length < FEWEST_RETRAININGS) {
    const note = all.find((difference) => difference.interval === undefined)?.note;
    return `only ${known.length} of ${all.length} differences have an interval${note === undefined ? '' : `: ${note}`}`;
  }
  if (known.every(({ value, standardError }) => value === 0 && standardError === 0)) {
    return 'every retraining gives the same as the champion: another seed and another sample change nothing';
  }
  return undefined;
}

function givenMargins(
  { champion, configured }: MetricEvidence,
  known: readonly KnownDifference[],
): MetricCalibration['margins'] {
  const own = resolve(champion, undefined);
  const written = configured && resolve(champion, configured);
  return {
    ...(own === undefined ? {} : { default: judgeMargin(own, known) }),
    ...(written === undefined ? {} : { configured: judgeMargin(written, known) }),
  };
}

function resolve(champion: MetricComparison, margin: Margin | undefined): number | undefined {
  if (champion.challenger === undefined) return undefined;
  const resolved = resolveMargin({
    margin,
    championValue: champion.challenger.value,
    noInformation: champion.noInformation,
    direction: champion.direction,
  });
  return resolved.defined ? resolved.value : undefined;
}

/** What a margin makes of differences; the same rule as that of a comparison. */
function judgeMargin(margin: number, known: readonly KnownDifference[]): JudgedMargin {
  const verdicts = known.map(({ interval }) => decideVerdict(interval, margin));
  const count = (verdict: keyof VerdictCounts) => verdicts.filter((found) => found === verdict).length;
  return {
    margin,
    verdicts: {
      better: count('better'),
      equivalent: count('equivalent'),
      'not-worse': count('not-worse'),
      worse: count('worse'),
      inconclusive: count('inconclusive'),
    },
    withoutLoss: known.filter(({ interval, value }) => interval[0] > -margin && value >= 0).length,
  };
}
