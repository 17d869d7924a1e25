import type {
  ComparisonConfiguration,
  Configuration,
  DataConfiguration,
  GateConfiguration,
  Margin,
  SourceConfiguration,
  SplitConfiguration,
} from './configuration.ts';
import { formatDuration } from './duration.ts';
import { formatPercentage } from './share.ts';

/** The one document that says what a configuration says, whatever the form it was written in. */

export type CanonicalValue =
  | string
  | number
  | boolean
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

export type CanonicalDocument = { readonly [key: string]: CanonicalValue };

/**
 * Text of a config that `parseConfiguration` reads back to the same configuration. It is JSON, which
 * every YAML reader takes; defaults are written out.
 */
export function serializeConfiguration(configuration: Configuration): string {
  return `${JSON.stringify(toCanonicalDocument(configuration), null, 2)}\n`;
}

/** The document with every default written out, durations and shares in one form, and its keys in one order. */
export function toCanonicalDocument(configuration: Configuration): CanonicalDocument {
  const { training, scoring, drift, retraining, release } = configuration;
  return written({
    model: configuration.model,
    task: configuration.task,
    data: dataDocument(configuration.data),
    contract: configuration.contract,
    training:
      training &&
      written({
        learner: training.kind === 'learner' ? training.learner : undefined,
        command: training.kind === 'command' ? training.command : undefined,
        model: training.kind === 'command' ? training.model : undefined,
        parameters: training.parameters,
        seed: training.seed,
      }),
    scoring:
      scoring &&
      written({
        command: scoring.command,
        'time-limit': formatDuration(scoring.timeLimitSeconds * 1000),
      }),
    comparison: comparisonDocument(configuration.comparison),
    drift: {
      'false-alarms-per-year': drift.falseAlarmsPerYear,
      'minimum-effect': drift.minimumEffect,
      'act-on': drift.actOn,
    },
    retraining: {
      'cooldown-days': retraining.cooldownDays,
      labels: retraining.labels,
      reviewers: retraining.reviewers,
    },
    release: { 'keep-drafts-days': release.keepDraftsDays, attest: release.attest },
    deployment: configuration.deployment.map(({ environment, file, set, by }) => ({
      environment,
      file,
      set,
      by,
    })),
  });
}

function dataDocument(data: DataConfiguration): CanonicalDocument {
  const { labels } = data;
  return written({
    training: data.training && sourceDocument(data.training),
    holdout: data.holdout && sourceDocument(data.holdout),
    source: data.source && sourceDocument(data.source),
    split: data.split && splitDocument(data.split),
    reference: data.reference && sourceDocument(data.reference),
    current: data.current && sourceDocument(data.current),
    features: data.features,
    fetch: data.fetch,
    predictions: data.predictions && sourceDocument(data.predictions),
    labels:
      labels &&
      written({
        path: pathsDocument(labels.paths),
        where: labels.where,
        sha256: labels.sha256,
        encoding: labels.encoding,
        join: labels.join,
        'mature-after': formatDuration(labels.matureAfterMilliseconds),
      }),
    target: data.target,
    'positive-class': data.positiveClass,
    id: data.id,
    timestamp: data.timestamp,
    columns: data.columns,
    group: data.group,
    sensitive: data.sensitive,
    weight: data.weight,
    exclude: data.exclude,
  });
}

function sourceDocument({ paths, where, sha256, encoding }: SourceConfiguration): CanonicalValue {
  const path = pathsDocument(paths);
  const isBare = where === undefined && sha256 === undefined && encoding === undefined;
  return isBare ? path : written({ path, where, sha256, encoding });
}

function pathsDocument(paths: readonly string[]): CanonicalValue {
  return paths.length === 1 ? (paths[0] as string) : paths;
}

function splitDocument(split: SplitConfiguration): CanonicalDocument {
  if (split.kind === 'share') return { holdout: split.holdoutShare, by: split.by };
  const { trainingMilliseconds } = split;
  return written({
    holdout: formatDuration(split.holdoutMilliseconds),
    training: trainingMilliseconds === undefined ? undefined : formatDuration(trainingMilliseconds),
    gap: formatDuration(split.gapMilliseconds),
    'mature-after': formatDuration(split.matureAfterMilliseconds),
  });
}

function comparisonDocument(comparison: ComparisonConfiguration): CanonicalDocument {
  const { cost, margins, fairness } = comparison;
  return written({
    'holdout-budget': comparison.holdoutBudget,
    primary: comparison.primary,
    guardrails: comparison.guardrails,
    metrics: comparison.metrics.map((metric) =>
      metric.kind === 'named'
        ? metric.name
        : { name: metric.name, sql: metric.sql, direction: metric.direction },
    ),
    cost: cost && { 'false-positive': cost.falsePositive, 'false-negative': cost.falseNegative },
    threshold: comparison.threshold,
    margins: Object.fromEntries(
      Object.entries(margins).map(([metric, margin]) => [metric, marginDocument(margin)]),
    ),
    gates: comparison.gates?.map(gateDocument),
    slices: comparison.slices.map((slice) =>
      slice.kind === 'column' ? slice.column : { name: slice.name, where: slice.where },
    ),
    fairness: fairness && { attributes: fairness.attributes, metrics: fairness.metrics },
  });
}

function gateDocument(gate: GateConfiguration): CanonicalDocument {
  return written({
    metric: gate.metric,
    slices: gate.slices,
    require: gate.require,
    value: 'value' in gate ? gate.value : undefined,
    margin: 'margin' in gate && gate.margin ? marginDocument(gate.margin) : undefined,
    confidence: gate.confidence,
  });
}

function marginDocument(margin: Margin): CanonicalValue {
  switch (margin.kind) {
    case 'absolute':
      return margin.value;
    case 'relative':
      return formatPercentage(margin.share);
    case 'share-of-gain':
      return { 'share-of-gain': margin.share };
  }
}

/** The keys that have a value. */
function written(document: Readonly<Record<string, CanonicalValue | undefined>>): CanonicalDocument {
  return Object.fromEntries(
    Object.entries(document).filter((entry): entry is [string, CanonicalValue] => entry[1] !== undefined),
  );
}
