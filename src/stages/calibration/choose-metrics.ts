import type { MetricCalibration } from '../../core/calibration/calibration.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/errors.ts';
import type { SampleMetric } from '../../core/metrics/metric.ts';
import { findMetric } from '../../core/metrics/registry.ts';
import { rulesOf } from '../comparison/compared-rules.ts';

export type ChosenMetric = { readonly metric: SampleMetric; readonly role: MetricCalibration['role'] };

export type ChosenMetrics = {
  /** The primary one first. */
  readonly metrics: readonly ChosenMetric[];
  /** Which were left out and why. */
  readonly notes: readonly string[];
};

/**
 * The metrics to calibrate: the primary one with those asked for, else with guardrails and what gates ask not to
 * get worse.
 * @throws InputError when one is not known, or the primary one is not computed from answers.
 */
export function chooseMetrics(configuration: Configuration, asked: readonly string[]): ChosenMetrics {
  const rules = rulesOf(configuration);
  const gates = (rules.gates ?? []).flatMap((gate) => (gate.require === 'not-worse' ? [gate.metric] : []));
  const roles = new Map<string, MetricCalibration['role']>([[rules.primary, 'primary']]);
  const add = (names: readonly string[], role: MetricCalibration['role']) => {
    for (const name of names) if (!roles.has(name)) roles.set(name, role);
  };
  if (asked.length === 0) {
    add(rules.guardrails, 'guardrail');
    add(gates, 'gate');
  } else {
    add(asked, 'further');
  }
  const metrics: ChosenMetric[] = [];
  const notes: string[] = [];
  for (const [name, role] of roles) {
    const found = lookUp(configuration, name);
    if (typeof found !== 'string') metrics.push({ metric: found, role });
    else if (role === 'primary')
      throw new InputError(`the primary metric ${found}; choose another with --primary`);
    else notes.push(`${found}: it gets no margin here`);
  }
  return { metrics, notes };
}

/** The metric, or why it cannot be calibrated. */
function lookUp({ task, comparison }: Configuration, name: string): SampleMetric | string {
  if (comparison.metrics.some((metric) => metric.kind === 'sql' && metric.name === name)) {
    return `${name} is written as SQL, which is not calibrated`;
  }
  const lookup = findMetric(task, name);
  if (!lookup.found) {
    throw new InputError(
      `${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(', ')}`,
    );
  }
  if (lookup.metric.kind === 'sample') return lookup.metric;
  return `${name} is measured on the model and not on rows`;
}
