import { DEFAULT_METRICS } from '../../core/comparison/defaults.ts';
import { resolveMargin } from '../../core/comparison/margin.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { findColumn } from '../../core/data/table.ts';
import { measurePerformanceChange, type PerformanceChange } from '../../core/drift/performance.ts';
import { labelledSample, readBothTruths } from '../../core/drift/performance-samples.ts';
import { InputError } from '../../core/errors.ts';
import { findMetric } from '../../core/metrics/registry.ts';
import type { Log } from '../../ports/runner.ts';
import type { Scorer, Scores } from '../../ports/scorer.ts';
import { scoreRows, takeScores } from '../data/score-rows.ts';
import type { WatchedModel } from './find-champion.ts';
import type { SideRows } from './open-side.ts';

type BothRows = { readonly reference: SideRows; readonly current: SideRows };

export type ScoredSides = {
  readonly reference: Scores;
  readonly current: Scores;
  /** Names of the classes in the order of the scores. */
  readonly classes?: readonly string[];
  /** Absent when there are no labels on both sides. */
  readonly performance?: PerformanceChange & { readonly metric: string };
};

export type ScoreSidesRequest = {
  readonly scorer: Scorer;
  readonly log: Log;
  readonly configuration: Configuration;
  readonly model: WatchedModel;
  readonly rows: BothRows;
  /** Probability of calling performance degraded when nothing changed. */
  readonly level: number;
  readonly seed: number;
};

/** The model's answers on both sides and, where both have labels, whether it does worse than it did. */
export async function scoreSides(request: ScoreSidesRequest): Promise<ScoredSides> {
  const { scorer, configuration, model, rows } = request;
  const { task } = configuration;
  const known = (await scorer.describe(model.file)).classes;
  const targets =
    rows.reference.target && rows.current.target
      ? { reference: rows.reference.target, current: rows.current.target }
      : undefined;
  const truths =
    targets &&
    readBothTruths(targets, {
      task,
      positiveClass: configuration.data.positiveClass,
      ...(known ? { knownClasses: known } : {}),
    });
  const classes = classesOf(configuration, truths, known);
  const score = async (side: SideRows, what: string) => {
    const scores = await scoreRows({
      scorer,
      model: model.file,
      rows: side.fed,
      configuration,
      classes: classes ?? [],
      onProgress: (done) => request.log.progress(`scoring ${what}`, done, side.fed.rowCount),
    });
    return side.order === undefined ? scores : takeScores(scores, side.order);
  };
  const reference = await score(rows.reference, 'reference');
  const current = await score(rows.current, 'current');
  refuseOtherScale(reference, current, model.file.name);
  const answers = { reference, current };
  return {
    reference,
    current,
    ...(classes ? { classes } : {}),
    ...(truths ? { performance: measure(request, truths, answers) } : {}),
  };
}

/** Probabilities of one side and logits of the other would differ although nothing has changed. */
function refuseOtherScale(reference: Scores, current: Scores, name: string): void {
  const isRaw = ({ scale }: Scores) => scale === 'logit' || scale === 'margin';
  if (reference.rowCount === 0 || current.rowCount === 0 || isRaw(reference) === isRaw(current)) return;
  throw new InputError(
    `the scores of ${name} are ${isRaw(reference) ? 'logits' : 'probabilities'} in the reference and ${isRaw(current) ? 'leave [0, 1]' : 'stay within [0, 1]'} in the current data, so that they cannot be compared; export it with a sigmoid or softmax at its end`,
  );
}

type Truths = ReturnType<typeof readBothTruths>;

/**
 * Classes in the order scores are wanted, of two the positive last: those of the labels, which the model may
 * complete where only one occurs; without labels those of the model, else the usual two.
 */
function classesOf(
  { task, data }: Configuration,
  truths: Truths | undefined,
  known: readonly string[] | undefined,
): readonly string[] | undefined {
  const labelled = truths && 'classes' in truths.reference ? truths.reference.classes : undefined;
  if (task !== 'binary-classification') return labelled ?? known;
  const positive = labelled?.[1] ?? data.positiveClass;
  const others = known?.filter((name) => name !== positive);
  if (positive !== undefined && known?.length === 2 && others?.length === 1) return [others[0]!, positive];
  return labelled ?? known ?? ['0', '1'];
}

function measure(
  request: ScoreSidesRequest,
  truths: Truths,
  answers: { readonly reference: Scores; readonly current: Scores },
): PerformanceChange & { readonly metric: string } {
  const { configuration, rows } = request;
  const name = metricOfDrift(configuration);
  const lookup = findMetric(configuration.task, name);
  if (!lookup.found) throw new InputError(`comparison.primary: ${lookup.reason}; nearest: ${lookup.nearest}`);
  const { metric } = lookup;
  if (metric.kind === 'measured') {
    return { metric: name, measured: false, reason: `${name} is no metric of the rows` };
  }
  const side = (which: 'reference' | 'current') =>
    labelledSample({
      truth: truths[which],
      answers: answers[which],
      threshold: configuration.comparison.threshold,
      ...costsOf(configuration, rows[which]),
      ...(rows[which].groups ? { groups: rows[which].groups } : {}),
    });
  const reference = side('reference');
  const noInformation = metric.noInformation?.(reference.sample);
  const change = measurePerformanceChange({
    metric,
    reference,
    current: side('current'),
    marginOf: (championValue) =>
      resolveMargin({
        margin: configuration.comparison.margins[name],
        championValue,
        noInformation: Number.isFinite(noInformation) ? noInformation : undefined,
        direction: metric.direction,
      }),
    level: request.level,
    seed: request.seed,
  });
  return { metric: name, ...change };
}

/** The primary metric; where that is written as SQL, the first that is not. */
function metricOfDrift({ comparison, task }: Configuration): string {
  const asSql = comparison.metrics.flatMap((metric) => (metric.kind === 'sql' ? [metric.name] : []));
  if (comparison.primary !== undefined && !asSql.includes(comparison.primary)) return comparison.primary;
  const named = comparison.metrics.find((metric) => metric.kind === 'named');
  return (comparison.primary === undefined ? undefined : named?.name) ?? DEFAULT_METRICS[task][0];
}

/** Columns of the data that the costs of wrong decisions are read from. */
export function costColumnsOf({ comparison }: Configuration): readonly string[] {
  const { falsePositive, falseNegative } = comparison.cost ?? {};
  return [falsePositive, falseNegative].filter((cost) => typeof cost === 'string');
}

function costsOf(
  { comparison }: Configuration,
  rows: SideRows,
): { falsePositiveCost?: number | Float64Array; falseNegativeCost?: number | Float64Array } {
  if (comparison.cost === undefined) return {};
  const read = (cost: number | string): number | Float64Array => {
    if (typeof cost === 'number') return cost;
    const column = findColumn(rows.costs, cost);
    if (column?.kind === 'number') return column.values;
    throw new InputError(`comparison.cost names the column ${JSON.stringify(cost)}, which holds no numbers`);
  };
  return {
    falsePositiveCost: read(comparison.cost.falsePositive),
    falseNegativeCost: read(comparison.cost.falseNegative),
  };
}
