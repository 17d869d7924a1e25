import { nearestName } from '../configuration/nearest-name.ts';
import type { CompletedComparison, MetricComparison } from '../documents/comparison.ts';
import { InputError } from '../errors.ts';
import { logLine } from '../report/log-text.ts';
import { twoSidedZ } from '../statistics/normal.ts';
import type { RowDesign } from './holdout-need.ts';
import type { Spread } from './spread.ts';

/** An earlier comparison as the pilot of a plan. */
export type Pilot = {
  readonly metric: MetricComparison;
  readonly spread: Spread;
  readonly design: RowDesign;
};

/**
 * The standard error of a metric's difference, from the interval of an earlier comparison.
 * @param name undefined: the primary metric.
 * @throws InputError when the comparison has no interval of that metric to learn from.
 */
export function readPilot(comparison: CompletedComparison, name: string | undefined): Pilot {
  const wanted = name ?? comparison.primary;
  const metric = comparison.metrics.find((candidate) => candidate.name === wanted);
  if (metric === undefined) throw withoutMetric(comparison, wanted);
  const interval = metric.difference?.interval;
  if (interval === undefined) throw withoutInterval(comparison, metric);
  const standardError = (interval[1] - interval[0]) / (2 * twoSidedZ(comparison.confidence));
  if (!(standardError > 0)) {
    throw new InputError(
      `the interval of ${logLine(wanted, 100)} in the evidence has no width: it is exact, or both models answered alike, and says nothing of other rows; name another metric with --metric`,
    );
  }
  const { rows, positives, groups, groupsWithPositives } = comparison.holdout;
  return {
    metric,
    spread: { kind: 'pilot', standardError, units: groups ?? rows },
    design: {
      ...(positives === undefined || positives === 0 || positives === rows
        ? {}
        : { positiveShare: positives / rows }),
      ...(groups === undefined
        ? {}
        : {
            perGroup: {
              rows: rows / groups,
              ...(groupsWithPositives ? { shareWithPositives: groupsWithPositives / groups } : {}),
            },
          }),
    },
  };
}

function withoutMetric({ metrics, verdict, primary }: CompletedComparison, wanted: string): InputError {
  const names = metrics.map(({ name }) => logLine(name, 100));
  if (names.length === 0) {
    return new InputError(
      `the evidence has verdict ${verdict} and no metrics, so that there is nothing to plan from; give the evidence of a comparison of two different models`,
    );
  }
  const near = nearestName(wanted, names);
  return new InputError(
    `the evidence has no metric ${logLine(wanted, 100)}${wanted === primary ? ', its primary one' : ''}; ${near ? `did you mean ${near}? ` : ''}it has ${names.join(', ')} (--metric)`,
  );
}

function withoutInterval(comparison: CompletedComparison, { name, note }: MetricComparison): InputError {
  if (comparison.verdict === 'no-champion') {
    return new InputError(
      'the evidence is of a first model: without a champion there is no difference to plan from; give the evidence of a comparison of two models, or what --metric needs without evidence',
    );
  }
  const why = note === undefined ? '' : ` (${logLine(note, 300)})`;
  return new InputError(
    `the evidence has no interval of the difference of ${logLine(name, 100)}${why}; name another metric with --metric, or give what it needs without evidence`,
  );
}
