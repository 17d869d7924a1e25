import type { Configuration } from '../configuration/configuration.ts';
import { DEFAULT_METRICS } from './defaults.ts';

/** Names of the metrics that a comparison by this configuration has, as far as they are known beforehand. */
export function comparedNames({ comparison, task }: Configuration): readonly string[] {
  const named = comparison.metrics.filter(({ kind }) => kind === 'named').map(({ name }) => name);
  const shown = named.length > 0 ? named : DEFAULT_METRICS[task];
  const primary = comparison.primary ?? shown[0];
  return [
    ...new Set([
      ...(primary === undefined ? [] : [primary]),
      ...shown,
      ...comparison.metrics.map(({ name }) => name),
      ...comparison.guardrails,
      ...(comparison.gates ?? []).map(({ metric }) => metric),
      // The size of a file is always known.
      'size_bytes',
    ]),
  ];
}
