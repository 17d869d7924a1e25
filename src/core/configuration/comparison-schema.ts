import * as v from 'valibot';
import { choice, described, filledList, list, number, optional, table, text } from './schema-values.ts';
import { PERCENTAGE_PATTERN } from './share.ts';

/** The section `comparison` as it is written. */

const column = text('gender');
const metricName = text('roc_auc');

const SHARE_ADVICE = 'write a share from 0 to 1, such as 0.02 or 2%';
const MARGIN_ADVICE = 'write an amount such as 0.01, a percentage such as 2%, or {share-of-gain: 0.02}';

const percentage = v.pipe(v.string(), v.regex(PERCENTAGE_PATTERN, MARGIN_ADVICE));
const margin = v.union(
  [
    number({ from: 0, advice: 'write an amount of at least 0, such as 0.01' }),
    percentage,
    table({
      'share-of-gain': described(
        v.union(
          [
            number({ from: 0, to: 1, advice: SHARE_ADVICE }),
            v.pipe(v.string(), v.regex(PERCENTAGE_PATTERN, SHARE_ADVICE)),
          ],
          SHARE_ADVICE,
        ),
        "Share of the champion's gain over the no-information baseline.",
      ),
    }),
  ],
  MARGIN_ADVICE,
);

const gateEntries = {
  metric: described(metricName, 'Metric the gate looks at.'),
  slices: optional(text('all'), 'all, or the name of one slice; default: the whole holdout.'),
  confidence: optional(
    number({
      from: 0.5,
      to: 1,
      open: true,
      advice: 'write a two-sided confidence between 0.5 and 1, such as 0.95',
    }),
    'Two-sided confidence of the interval; default 0.95.',
  ),
};

const REQUIRE = 'What must hold: better or not-worse than the champion, or a bound on the challenger.';

const gate = v.variant(
  'require',
  [
    table({ ...gateEntries, require: described(v.literal('better'), REQUIRE) }),
    table({
      ...gateEntries,
      require: described(v.literal('not-worse'), REQUIRE),
      margin: optional(margin, 'How much worse is still as good; of latency 10 % where nothing is said.'),
    }),
    table({
      ...gateEntries,
      require: described(v.picklist(['at-least', 'at-most']), REQUIRE),
      value: described(number({ advice: 'write a number' }), "Bound of the challenger's interval."),
    }),
  ],
  'write a gate, such as {metric: roc_auc, require: at-least, value: 0.8}',
);

const sqlMetric = table({
  name: described(metricName, 'Name of the metric.'),
  sql: described(text('avg(abs(label - score))'), 'One SQL aggregate over the scored rows that computes it.'),
  direction: described(choice(['higher', 'lower']), 'Which is better.'),
});

const slice = v.union(
  [
    column,
    table({
      name: described(text('night'), 'Name of the slice.'),
      where: described(text('hour < 6'), 'SQL condition of its rows.'),
    }),
  ],
  'write a column, or {name: …, where: …}',
);

const costSchema = v.union(
  [number({ from: 0, advice: 'write a cost of at least 0, or a column' }), column],
  'write a number or a column',
);

export const comparisonSchema = table({
  'holdout-budget': optional(
    choice(['warn', 'enforce']),
    'What many uses of one holdout lead to: a warning, or verdicts at a confidence that each use spends.',
  ),
  primary: optional(metricName, 'Metric that decides; default: the one of the task.'),
  guardrails: optional(list(metricName, '[log_loss]'), 'Metrics that must not get worse.'),
  metrics: optional(
    list(
      v.union([metricName, sqlMetric], 'write a metric, or {name: …, sql: …, direction: higher | lower}'),
      '[average_precision, roc_auc]',
    ),
    'Metrics to report; default: the list of the task.',
  ),
  cost: optional(
    table({
      'false-positive': described(costSchema, 'Cost of a false positive: a number or a column.'),
      'false-negative': described(costSchema, 'Cost of a false negative: a number or a column.'),
    }),
    'What errors cost, for expected_cost.',
  ),
  threshold: optional(
    number({ from: 0, to: 1, advice: 'write a number from 0 to 1, such as 0.5' }),
    "Decision threshold; default: the model's own label, else 0.5.",
  ),
  margins: optional(
    v.record(v.string(), margin, 'write a map of metrics, such as {roc_auc: 0.01, log_loss: 2%}'),
    'How much worse is still as good, by metric.',
  ),
  gates: optional(
    list(gate, '[{metric: roc_auc, require: better}]'),
    'Conditions a challenger must meet; they replace the default gate on the primary metric.',
  ),
  slices: optional(
    list(slice, '[category, {name: night, where: "hour < 6"}]'),
    'Parts of the holdout to judge apart.',
  ),
  fairness: optional(
    table({
      attributes: described(filledList(column, '[gender]'), 'Columns whose groups are compared.'),
      metrics: described(
        filledList(text('demographic_parity_ratio'), '[demographic_parity_ratio]'),
        'Fairness metrics.',
      ),
    }),
    'Comparison of groups of people.',
  ),
});

export type ComparisonDocument = v.InferOutput<typeof comparisonSchema>;
export type MarginDocument = v.InferOutput<typeof margin>;
export type GateDocument = v.InferOutput<typeof gate>;
