import type { GateConfiguration, Margin } from '../configuration/configuration.ts';
import type { MetricComparison } from '../documents/comparison.ts';
import type { MetricSample, SampleMetric } from '../metrics/metric.ts';
import { spentConfidence } from './confidence.ts';
import { describeMetric, type UnitCount } from './describe-metric.ts';
import type { EstimatedMetric } from './estimation/estimated-metric.ts';
import type { MeasuredComparison } from './measured-metrics.ts';

/** Everything a judgement depends on; two equal inputs give two equal judgements. */
export type ComparisonInput = {
  readonly challenger: MetricSample;
  /** The same rows scored by the champion; absent for a first model. */
  readonly champion?: MetricSample;
  readonly groups?: Int32Array;
  /** Metrics to show, the primary one among them. */
  readonly metrics: readonly SampleMetric[];
  /** Metrics that are measured on the models, such as size and latency. */
  readonly measured: readonly MeasuredComparison[];
  /** Metrics that were estimated elsewhere: those that a user wrote as SQL. */
  readonly provided?: readonly ProvidedMetric[];
  readonly rules: ComparisonRules;
  /** Which use of this holdout this is, from 1, when its budget is enforced; see `spentConfidence`. */
  readonly holdoutUse?: number;
  readonly slices: readonly { readonly name: string; readonly rows: Uint32Array }[];
  readonly seed: number;
  readonly replicates: number;
  readonly onProgress?: (done: number, total: number) => void;
};

/** A metric with its estimates on the whole holdout and on the slices, by their names. */
export type ProvidedMetric = {
  readonly whole: EstimatedMetric;
  readonly slices: ReadonlyMap<string, EstimatedMetric>;
};

export type ComparisonRules = {
  readonly primary: string;
  readonly guardrails: readonly string[];
  readonly margins: Readonly<Record<string, Margin>>;
  /** Absent: the default gate on the primary metric. */
  readonly gates?: readonly GateConfiguration[];
};

/** What gates and slices are judged from. */
export type JudgeContext = {
  readonly input: ComparisonInput;
  readonly estimates: readonly EstimatedMetric[];
  readonly units: UnitCount;
  /** Why no interval may be given: too few groups. */
  readonly refusal: string | undefined;
};

/** One metric on the whole holdout, as the document tells it. */
export function describeOnHoldout(
  context: JudgeContext,
  estimate: EstimatedMetric,
  confidence: number,
): MetricComparison {
  const { input, refusal } = context;
  const configured = input.rules.margins[estimate.metric.name];
  return describeMetric(estimate, {
    sample: input.champion ?? input.challenger,
    confidence: spentConfidence(confidence, input.holdoutUse),
    ...(configured ? { margin: configured } : {}),
    ...(refusal === undefined ? {} : { refusal }),
  });
}
