import { comparedNames } from '../../core/comparison/compared-names.ts';
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

/** The metrics to compute: primary first, then those listed (or the defaults), then what gates and guardrails ask for. */
export function metricsOf(configuration: Configuration): readonly SampleMetric[] {
  const { comparison, task } = configuration;
  const asSql = comparison.metrics.flatMap((metric) => (metric.kind === 'sql' ? [metric.name] : []));
  return comparedNames(configuration).flatMap((name) => {
    if (asSql.includes(name)) return [];
    const lookup = findMetric(task, name);
    if (!lookup.found)
      throw new InputError(
        `${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(', ')}`,
      );
    return lookup.metric.kind === 'sample' ? [lookup.metric] : [];
  });
}
