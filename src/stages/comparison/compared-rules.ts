import { DEFAULT_METRICS } from '../../core/comparison/defaults.ts';
import type { ComparisonRules } from '../../core/comparison/judge-context.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/errors.ts';
import type { SampleMetric } from '../../core/metrics/metric.ts';
import { findMetric } from '../../core/metrics/registry.ts';

/** The rules that a configuration judges by. */
export function rulesOf({ comparison, task }: Configuration): ComparisonRules {
  const first = comparison.metrics.find((metric) => metric.kind === 'named');
  return {
    primary: comparison.primary ?? first?.name ?? DEFAULT_METRICS[task][0],
    guardrails: comparison.guardrails,
    margins: comparison.margins,
    ...(comparison.gates ? { gates: comparison.gates } : {}),
  };
}

/** The metrics to show: primary first, then those listed (or the defaults), then what gates and guardrails ask for. */
export function metricsOf(
  { comparison, task }: Configuration,
  rules: ComparisonRules,
): readonly SampleMetric[] {
  const listed = comparison.metrics.flatMap((metric) => (metric.kind === 'named' ? [metric.name] : []));
  const shown = listed.length > 0 ? listed : DEFAULT_METRICS[task];
  const asked = [...rules.guardrails, ...(rules.gates ?? []).map((gate) => gate.metric)];
  const asSql = comparison.metrics.flatMap((metric) => (metric.kind === 'sql' ? [metric.name] : []));
  return [...new Set([rules.primary, ...shown, ...asked])].flatMap((name) => {
    if (asSql.includes(name)) return [];
    const lookup = findMetric(task, name);
    if (!lookup.found)
      throw new InputError(
        `${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(', ')}`,
      );
    return lookup.metric.kind === 'sample' ? [lookup.metric] : [];
  });
}
