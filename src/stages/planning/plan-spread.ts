import { TASKS, type Task } from '../../core/configuration/configuration.ts';
import { nearestName } from '../../core/configuration/nearest-name.ts';
import { InputError } from '../../core/errors.ts';
import type { Metric, SampleMetric } from '../../core/metrics/metric.ts';
import { findMetric } from '../../core/metrics/registry.ts';
import type { RowDesign } from '../../core/planning/holdout-need.ts';
import type { Spread } from '../../core/planning/spread.ts';
import type { Inputs } from '../inputs.ts';
import { readNumber, readShare } from './plan-inputs.ts';

/** A spread that is assumed, and the rows it is of. */
export type AssumedSpread = {
  readonly spread: Spread;
  readonly design: RowDesign;
};

/** Flags that say how much a metric scatters; which of them are read depends on the metric. */
export const SPREAD_FLAGS = [
  'discordance',
  'standard-deviation',
  'area',
  'prevalence',
  'correlation',
] as const;
type SpreadFlag = (typeof SPREAD_FLAGS)[number];

/** A cautious guess: models that were trained on much the same rows rank them more alike than that. */
export const DEFAULT_CORRELATION = 0.5;

/**
 * The spread of a metric as flags tell it.
 * @throws InputError when a flag is missing, wrong, or says nothing of this metric.
 */
export function readSpread(inputs: Inputs, metric: SampleMetric): AssumedSpread {
  if (metric.name === 'recall' || metric.name === 'specificity')
    return readClassOutcomes(inputs, metric.name);
  switch (metric.comparison) {
    case 'mcnemar':
      return readOutcomes(inputs, metric);
    case 'paired-mean':
      return readMeans(inputs, metric);
    case 'delong':
      return readAreas(inputs, metric.name);
    case 'influence':
    case 'bootstrap':
      throw new InputError(
        `${metric.name} is no mean over rows, so that no formula tells its rows; compare two models once and give --evidence .contender, whose interval is then the pilot (any labelled rows will do, a few hundred are enough)`,
      );
  }
}

/**
 * A metric by its name, of the task or of the first task that has it.
 * @throws InputError naming the nearest one.
 */
export function findPlanned(name: string, task: Task | undefined): Metric {
  const tasks = task === undefined ? TASKS : [task];
  const lookups = tasks.map((candidate) => findMetric(candidate, name));
  const found = lookups.find((lookup) => lookup.found);
  if (found?.found) return found.metric;
  const [first] = lookups;
  if (task !== undefined && first !== undefined && !first.found) {
    throw new InputError(
      `--metric: ${first.reason}; did you mean ${first.nearest}? Known: ${first.allowed.join(', ')}`,
    );
  }
  const allowed = lookups.flatMap((lookup) => (lookup.found ? [] : lookup.allowed));
  const near = nearestName(name, allowed);
  throw new InputError(
    `no task has a metric ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ''}known: ${[...new Set(allowed)].join(', ')} (--metric)`,
  );
}

function readOutcomes(inputs: Inputs, metric: SampleMetric): AssumedSpread {
  const { name } = metric;
  refuseOthers(inputs, name, ['discordance', ...positivesOf(metric)]);
  return {
    spread: { kind: 'outcomes', discordance: needDiscordance(inputs, name, 'rows') },
    design: { positiveShare: readPrevalence(inputs) },
  };
}

/** Shares of right answers among the rows of one class. */
function readClassOutcomes(inputs: Inputs, name: 'recall' | 'specificity'): AssumedSpread {
  refuseOthers(inputs, name, ['discordance', 'prevalence']);
  const counted = name === 'recall' ? 'positive rows' : 'negative rows';
  const discordance = needDiscordance(inputs, name, counted);
  const prevalence = needPrevalence(inputs, `${name} is of the ${counted} alone`);
  return {
    spread: { kind: 'outcomes', discordance },
    design: { positiveShare: prevalence, countedShare: name === 'recall' ? prevalence : 1 - prevalence },
  };
}

function needDiscordance(inputs: Inputs, name: string, counted: string): number {
  const discordance = readNumber(inputs, 'discordance', {
    from: 0,
    to: 1,
    includesTo: true,
    percent: true,
    advice: `the share of the ${counted} where exactly one of the two models is right, above 0 and at most 1, such as 0.05`,
  });
  if (discordance !== undefined) return discordance;
  throw new InputError(
    `${name} needs --discordance: the share of the ${counted} where exactly one of the two models is right. A comparison tells it as flips: (newly right + newly wrong) / rows. Without one, 0.02 fits a retrained model of the same kind and 0.1 another kind of model. Or give --evidence .contender`,
  );
}

function readMeans(inputs: Inputs, metric: SampleMetric): AssumedSpread {
  const { name } = metric;
  refuseOthers(inputs, name, ['standard-deviation', ...positivesOf(metric)]);
  const standardDeviation = readNumber(inputs, 'standard-deviation', {
    from: 0,
    to: Number.POSITIVE_INFINITY,
    advice: 'the standard deviation of the per-row difference of the two models, above 0, such as 0.3',
  });
  if (standardDeviation === undefined) {
    throw new InputError(
      `${name} needs --standard-deviation: that of the per-row difference of ${name} between the two models. Take it from any labelled rows that both models scored: one difference for each row, then their standard deviation. Or give --evidence .contender`,
    );
  }
  return {
    spread: { kind: 'means', standardDeviation },
    design: { positiveShare: readPrevalence(inputs) },
  };
}

function readAreas(inputs: Inputs, name: string): AssumedSpread {
  refuseOthers(inputs, name, ['area', 'prevalence', 'correlation']);
  const range = {
    from: 0.5,
    to: 1,
    advice: 'the area under the ROC curve of the champion, above 0.5 and below 1, such as 0.85',
  };
  const area = readNumber(inputs, 'area', range) ?? readNumber(inputs, 'value', range);
  if (area === undefined) {
    throw new InputError(
      `${name} needs --area: the champion's area under the ROC curve, such as 0.85, as its model card or a comparison says. Or give --evidence .contender`,
    );
  }
  const prevalence = needPrevalence(inputs, `${name} needs rows of both classes`);
  const correlation =
    readNumber(inputs, 'correlation', {
      from: 0,
      to: 1,
      includesFrom: true,
      advice: 'how alike the two models rank rows, at least 0 and below 1, such as 0.8',
    }) ?? DEFAULT_CORRELATION;
  return {
    spread: { kind: 'areas', area, prevalence, correlation },
    design: { positiveShare: prevalence },
  };
}

/** Only two classes have a positive one. */
function positivesOf({ task }: SampleMetric): readonly SpreadFlag[] {
  return task === 'binary-classification' ? ['prevalence'] : [];
}

function readPrevalence(inputs: Inputs): number | undefined {
  return readShare(inputs, 'prevalence', 'the share of positive rows, between 0 and 1, such as 0.01 or 1%');
}

function needPrevalence(inputs: Inputs, why: string): number {
  const prevalence = readPrevalence(inputs);
  if (prevalence !== undefined) return prevalence;
  throw new InputError(
    `${why}: add --prevalence, the share of positive rows among the labelled ones, such as 0.01 or 1%`,
  );
}

/** A flag that is not read must not look as if it had been. */
function refuseOthers(inputs: Inputs, name: string, read: readonly SpreadFlag[]): void {
  const given = SPREAD_FLAGS.find((flag) => inputs.text(flag) !== undefined && !read.includes(flag));
  if (given === undefined) return;
  throw new InputError(
    `--${given} says nothing of ${name}; it is planned from ${read.map((flag) => `--${flag}`).join(', ')}; leave --${given} out`,
  );
}
