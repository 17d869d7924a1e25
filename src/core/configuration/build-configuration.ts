import type { ComparisonDocument, GateDocument, MarginDocument } from './comparison-schema.ts';
import type {
  ComparisonConfiguration,
  Configuration,
  DataConfiguration,
  GateConfiguration,
  Margin,
  SourceConfiguration,
  SplitConfiguration,
  TrainingConfiguration,
} from './configuration.ts';
import type { DataDocument, SourceDocument, SplitDocument } from './data-schema.ts';
import { parseDuration } from './duration.ts';
import { listNotYetUsed } from './not-yet-used.ts';
import type { ConfigurationDocument } from './schema.ts';
import { parseShare } from './share.ts';
import { isSpan } from './split-form.ts';

/** What holds where the config is silent. */
const DEFAULTS = {
  seed: 0,
  scoringTimeLimit: '10m',
  confidence: 0.95,
  drift: {
    falseAlarmsPerYear: 0.1,
    minimumEffect: 'small',
    actOn: ['performance', 'prediction', 'label'],
  },
  retraining: { cooldownDays: 7, labels: ['retraining'], reviewers: [] },
  release: { keepDraftsDays: 14, attest: 'auto' },
} as const;

/** The configuration that a checked document means. */
export function buildConfiguration(document: ConfigurationDocument): Configuration {
  const { scoring, drift, retraining, release } = document;
  return withoutUndefined({
    model: document.model,
    task: document.task,
    data: buildData(document.data),
    contract: document.contract,
    training: document.training && buildTraining(document.training),
    scoring:
      scoring &&
      withoutUndefined({
        command: scoring.command,
        timeLimitSeconds: parseDuration(scoring['time-limit'] ?? DEFAULTS.scoringTimeLimit) / 1000,
      }),
    comparison: buildComparison(document.comparison ?? {}),
    drift: {
      falseAlarmsPerYear: drift?.['false-alarms-per-year'] ?? DEFAULTS.drift.falseAlarmsPerYear,
      minimumEffect: drift?.['minimum-effect'] ?? DEFAULTS.drift.minimumEffect,
      actOn: drift?.['act-on'] ?? DEFAULTS.drift.actOn,
    },
    retraining: {
      cooldownDays: retraining?.['cooldown-days'] ?? DEFAULTS.retraining.cooldownDays,
      labels: retraining?.labels ?? DEFAULTS.retraining.labels,
      reviewers: retraining?.reviewers ?? DEFAULTS.retraining.reviewers,
    },
    release: {
      keepDraftsDays: release?.['keep-drafts-days'] ?? DEFAULTS.release.keepDraftsDays,
      attest: release?.attest ?? DEFAULTS.release.attest,
    },
    deployment: (document.deployment ?? []).map((target) => ({
      ...target,
      set: target.set ?? {},
      by: target.by ?? 'pull-request',
    })),
    notYetUsed: listNotYetUsed(document),
  });
}

function buildData(data: DataDocument): DataConfiguration {
  const { labels, split } = data;
  const positiveClass = data['positive-class'];
  return withoutUndefined({
    training: buildOptional(data.training, buildSource),
    holdout: buildOptional(data.holdout, buildSource),
    source: buildOptional(data.source, buildSource),
    split: buildOptional(split, buildSplit),
    reference: buildOptional(data.reference, buildSource),
    current: buildOptional(data.current, buildSource),
    features: data.features,
    fetch: data.fetch,
    predictions: buildOptional(data.predictions, buildSource),
    labels: labels && {
      ...buildSource(labels),
      join: labels.join,
      matureAfterMilliseconds: parseDuration(labels['mature-after'] ?? '0d'),
    },
    target: data.target,
    positiveClass: positiveClass === undefined ? undefined : String(positiveClass),
    id: data.id,
    timestamp: data.timestamp,
    columns: data.columns,
    group: data.group,
    sensitive: data.sensitive ?? [],
    weight: data.weight,
    exclude: data.exclude ?? [],
  });
}

function buildOptional<Written, Built>(
  written: Written | undefined,
  build: (written: Written) => Built,
): Built | undefined {
  return written === undefined ? undefined : build(written);
}

function buildSource(source: SourceDocument): SourceConfiguration {
  if (typeof source === 'string') return { paths: [source] };
  if (Array.isArray(source)) return { paths: source };
  const { path, where, sha256, encoding } = source;
  return withoutUndefined({
    paths: typeof path === 'string' ? [path] : path,
    where,
    sha256: sha256?.toLowerCase(),
    encoding,
  });
}

function buildSplit(split: SplitDocument): SplitConfiguration {
  const { holdout, training, gap, by } = split;
  if (!isSpan(holdout)) {
    // The rules refuse a share without a way to draw it.
    return { kind: 'share', holdoutShare: parseShare(holdout), by: by as NonNullable<typeof by> };
  }
  return withoutUndefined({
    kind: 'time' as const,
    holdoutMilliseconds: parseDuration(holdout),
    trainingMilliseconds: training === undefined ? undefined : parseDuration(training),
    gapMilliseconds: parseDuration(gap ?? '0d'),
    matureAfterMilliseconds: parseDuration(split['mature-after'] ?? '0d'),
  });
}

function buildTraining(training: NonNullable<ConfigurationDocument['training']>): TrainingConfiguration {
  const { learner, command, model, parameters = {}, seed = DEFAULTS.seed } = training;
  if (learner !== undefined) return { kind: 'learner', learner, parameters, seed };
  // The rules refuse training without a learner unless command and model are both there.
  return { kind: 'command', command: command as string, model: model as string, parameters, seed };
}

function buildComparison(comparison: ComparisonDocument): ComparisonConfiguration {
  const { cost, metrics = [], margins = {}, slices = [] } = comparison;
  return withoutUndefined({
    holdoutBudget: comparison['holdout-budget'] ?? 'warn',
    primary: comparison.primary,
    guardrails: comparison.guardrails ?? [],
    metrics: metrics.map((metric) =>
      typeof metric === 'string'
        ? { kind: 'named' as const, name: metric }
        : { kind: 'sql' as const, ...metric },
    ),
    cost: cost && { falsePositive: cost['false-positive'], falseNegative: cost['false-negative'] },
    threshold: comparison.threshold,
    margins: Object.fromEntries(
      Object.entries(margins).map(([metric, value]) => [metric, buildMargin(value)]),
    ),
    gates: comparison.gates?.map(buildGate),
    slices: slices.map((slice) =>
      typeof slice === 'string'
        ? { kind: 'column' as const, column: slice }
        : { kind: 'condition' as const, ...slice },
    ),
    fairness: comparison.fairness,
  });
}

function buildMargin(margin: MarginDocument): Margin {
  if (typeof margin === 'number') return { kind: 'absolute', value: margin };
  if (typeof margin === 'string') return { kind: 'relative', share: parseShare(margin) };
  return { kind: 'share-of-gain', share: parseShare(margin['share-of-gain']) };
}

function buildGate(gate: GateDocument): GateConfiguration {
  const common = withoutUndefined({
    metric: gate.metric,
    confidence: gate.confidence ?? DEFAULTS.confidence,
    slices: gate.slices,
  });
  switch (gate.require) {
    case 'better':
      return { ...common, require: 'better' };
    case 'not-worse':
      return gate.margin === undefined
        ? { ...common, require: 'not-worse' }
        : { ...common, require: 'not-worse', margin: buildMargin(gate.margin) };
    default:
      return { ...common, require: gate.require, value: gate.value };
  }
}

type WithoutUndefined<Value> = {
  [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key];
} & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};

/** The same record without the keys whose value is undefined. */
function withoutUndefined<Value extends object>(value: Value): WithoutUndefined<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as WithoutUndefined<Value>;
}
