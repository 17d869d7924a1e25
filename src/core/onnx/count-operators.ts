import type { OnnxModel } from './model.ts';
import { eachNode, standardDomain } from './walk-model.ts';

export type OperatorCount = {
  readonly domain: string;
  readonly name: string;
  /** Nodes of it. */
  readonly count: number;
  /** True where the model defines the operator by itself (a local function). */
  readonly own?: true;
};

/** The operators that a model uses, sorted by domain and name. */
export function countOperators(model: OnnxModel): readonly OperatorCount[] {
  const own = new Set(model.functions.map(({ domain, name }) => keyOf(domain, name)));
  const counts = new Map<string, { domain: string; name: string; count: number }>();
  for (const { domain, opType } of eachNode(model)) {
    const key = keyOf(domain, opType);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { domain: standardDomain(domain), name: opType, count: 1 });
    else known.count += 1;
  }
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, operator]) => ({ ...operator, ...(own.has(key) ? { own: true } : {}) }));
}

function keyOf(domain: string, name: string): string {
  return `${standardDomain(domain)}\n${name}`;
}
