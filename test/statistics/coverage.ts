import { estimateMetrics } from '../../src/core/comparison/estimate-metrics.ts';
import { checkGroups } from '../../src/core/comparison/group-floor.ts';
import { type MetricSample, type SampleMetric, sampleRowCount } from '../../src/core/metrics/metric.ts';
import { findMetric } from '../../src/core/metrics/registry.ts';
import {
  drawBinary,
  drawMulticlass,
  drawRanking,
  drawRegression,
  type Pair,
  type Recipe,
} from './made-models.ts';
import { percent, RUNS, type Simulation, type SimulationRow } from './simulation.ts';

/** Resamples of a simulated comparison. The product takes 2,000, whose spread is known better still. */
export const REPLICATES = 299;

/** Rows that the true difference is taken from. */
const POPULATION = 400_000;

/** How far from the nominal 95 % a coverage may lie. */
const TOLERANCE = 0.015;

/** A model's own value is shown, and decides nothing but gates with a bound; it may lie further off. */
const LEAST_OF_VALUE = 0.9;

/** Of fewer intervals nothing is promised: nearly all were refused. */
const FEWEST_GIVEN = RUNS / 4;

/** Held more often than promised: resampling adds noise to the bins, which no correction takes back. */
const CONSERVATIVE: readonly string[] = ['expected_calibration_error'];

type Scenario = {
  readonly name: string;
  readonly words: string;
  readonly recipe: Recipe;
  readonly draw: (recipe: Recipe, seed: number) => Pair;
  readonly metrics: readonly string[];
};

const BINARY = [
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier_score',
  'accuracy',
  'balanced_accuracy',
  'f1',
  'precision',
  'recall',
  'specificity',
  'matthews_corrcoef',
  'recall_at_fpr_0.1',
  'ks_statistic',
  'expected_calibration_error',
  'expected_cost',
] as const;
const REGRESSION = ['rmse', 'mae', 'median_absolute_error', 'r2', 'wape', 'smape', 'pinball_0.9'] as const;
const MULTICLASS = [
  'accuracy',
  'balanced_accuracy',
  'f1_macro',
  'f1_weighted',
  'log_loss',
  'roc_auc_ovr',
  'top_2_accuracy',
  'matthews_corrcoef',
] as const;

const SKILLS = { championSkill: 1.2, challengerSkill: 1.4 };
const SIGNALS = { championSkill: 0.6, challengerSkill: 0.65 };

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'binary-100',
    words: '100 rows, 30 % positive',
    recipe: { rows: 100, prevalence: 0.3, ...SKILLS },
    draw: drawBinary,
    metrics: BINARY,
  },
  {
    name: 'binary-400',
    words: '400 rows, 10 % positive',
    recipe: { rows: 400, prevalence: 0.1, ...SKILLS },
    draw: drawBinary,
    metrics: BINARY,
  },
  {
    name: 'binary-groups',
    words: '50 groups of 8 rows, 30 % positive',
    recipe: { rows: 400, groupSize: 8, prevalence: 0.3, ...SKILLS },
    draw: drawBinary,
    metrics: BINARY,
  },
  {
    name: 'regression-60',
    words: '60 rows, skewed noise',
    recipe: { rows: 60, ...SIGNALS },
    draw: drawRegression,
    metrics: REGRESSION,
  },
  {
    name: 'regression-400',
    words: '400 rows, skewed noise',
    recipe: { rows: 400, ...SIGNALS },
    draw: drawRegression,
    metrics: REGRESSION,
  },
  {
    name: 'regression-groups',
    words: '50 groups of 6 rows',
    recipe: { rows: 300, groupSize: 6, ...SIGNALS },
    draw: drawRegression,
    metrics: REGRESSION,
  },
  {
    name: 'binary-1000',
    words: '1,000 rows, 10 % positive',
    recipe: { rows: 1_000, prevalence: 0.1, ...SKILLS },
    draw: drawBinary,
    metrics: ['roc_auc', 'average_precision', 'f1', 'recall_at_fpr_0.05', 'ks_statistic'],
  },
  {
    name: 'multiclass-300',
    words: '300 rows, four classes',
    recipe: { rows: 300, championSkill: 1, challengerSkill: 1.15 },
    draw: drawMulticlass,
    metrics: MULTICLASS,
  },
  {
    name: 'ranking-60',
    words: '60 queries of 10 rows',
    recipe: { rows: 600, groupSize: 10, championSkill: 0.5, challengerSkill: 0.6 },
    draw: drawRanking,
    metrics: ['ndcg', 'ndcg_at_3'],
  },
];

export const coverageSimulations: readonly Simulation[] = SCENARIOS.map((scenario) => ({
  name: `coverage ${scenario.name}`,
  run: () => measureCoverage(scenario),
}));

/** How often the 95 % interval of the difference holds the true one, for every metric of a scenario. */
function measureCoverage(scenario: Scenario): readonly SimulationRow[] {
  const population = scenario.draw({ ...scenario.recipe, rows: POPULATION }, 1);
  const metrics = scenario.metrics.map((name) => metricNamed(population.challenger, name));
  const truths = metrics.map((metric) => benefitOf(metric, population));
  const values = metrics.map((metric) => valueOn(metric, population.challenger));
  const counts = metrics.map(() => ({
    held: 0,
    below: 0,
    above: 0,
    refused: 0,
    own: 0,
    ownGiven: 0,
    methods: new Map<string, number>(),
  }));
  for (let run = 0; run < RUNS; run++) {
    const pair = scenario.draw(scenario.recipe, 1000 + run * 7919);
    const refused = checkGroups(pair.challenger, pair.groups).refusal !== undefined;
    const estimates = estimateMetrics({ ...pair, metrics, seed: run, replicates: REPLICATES });
    estimates.forEach((estimate, index) => {
      const count = counts[index]!;
      // A model's own value is read off the outermost resamples, of which these are too few.
      const isResampled = estimate.method.includes('bootstrap');
      const own = refused || isResampled ? undefined : estimate.intervalOf('challenger', 0.95);
      if (own?.defined) {
        count.ownGiven++;
        if (own.interval[0] <= values[index]! && values[index]! <= own.interval[1]) count.own++;
      }
      const interval = refused ? undefined : estimate.intervalOf('difference', 0.95);
      if (interval === undefined || !interval.defined) {
        count.refused++;
        return;
      }
      const [low, high] = interval.interval;
      if (truths[index]! < low) count.above++;
      else if (truths[index]! > high) count.below++;
      else count.held++;
      const method = `${estimate.method}${interval.method.includes('(') && !estimate.method.includes('(') ? ` ${/\(.*\)/.exec(interval.method)![0]}` : ''}`;
      count.methods.set(method, (count.methods.get(method) ?? 0) + 1);
    });
  }
  return metrics.map((metric, index) => {
    const { held, below, above, refused, own, ownGiven, methods } = counts[index]!;
    const given = held + below + above;
    const coverage = held / given;
    const usual = [...methods].sort(([, left], [, right]) => right - left)[0]?.[0] ?? 'none';
    const isHigh = coverage > 0.95 + TOLERANCE && !CONSERVATIVE.includes(metric.name);
    const isFar = given >= FEWEST_GIVEN && (isHigh || coverage < 0.95 - TOLERANCE);
    const isOwnFar = ownGiven > 0 && own / ownGiven < LEAST_OF_VALUE;
    return {
      table: 'coverage',
      cells: [
        scenario.words,
        `\`${metric.name}\``,
        usual,
        ...(given < FEWEST_GIVEN ? ['–', '–', '–'] : [coverage, above / given, below / given].map(percent)),
        ownGiven === 0 ? '–' : percent(own / ownGiven),
        refused === 0 ? '–' : percent(refused / RUNS),
      ],
      ...(isOwnFar ? { broken: `the interval of the value holds it in ${percent(own / ownGiven)}` } : {}),
      ...(isFar ? { broken: `${percent(coverage)} is not within 1.5 points of 95 %` } : {}),
    };
  });
}

function valueOn(metric: SampleMetric, sample: MetricSample): number {
  const value = metric.compute(sample);
  if (!value.defined) throw new Error(`${metric.name} is undefined on ${sampleRowCount(sample)} rows`);
  return value.value;
}

export function benefitOf(metric: SampleMetric, { champion, challenger }: Pair): number {
  const gain = valueOn(metric, challenger) - valueOn(metric, champion);
  return metric.direction === 'higher' ? gain : -gain;
}

export function metricNamed(sample: MetricSample, name: string): SampleMetric {
  const found = findMetric(sample.task, name);
  if (!found.found || found.metric.kind !== 'sample') throw new Error(`no metric ${name}`);
  return found.metric;
}
