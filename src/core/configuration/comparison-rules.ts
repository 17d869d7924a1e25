import { findMetric } from '../metrics/registry.ts';
import type { ComparisonDocument } from './comparison-schema.ts';
import { nearestName } from './nearest-name.ts';
import { type Path, quote } from './problem.ts';
import type { Report, Rule } from './rule.ts';
import type { ConfigurationDocument } from './schema.ts';

/** What holds between the keys of `comparison`, and between them and the task. */
export const comparisonRules: readonly Rule[] = [
  { reads: ['comparison', 'task'], check: checkMetricNames },
  { reads: ['comparison', 'task'], check: checkSqlMetrics },
  { reads: ['comparison', 'task'], check: checkDecision },
  { reads: ['comparison'], check: checkSlices },
  { reads: ['comparison', 'data'], check: checkSliceColumns },
];

function checkMetricNames({ comparison, task }: ConfigurationDocument, { name, add }: Report): void {
  if (comparison === undefined) return;
  const own = sqlMetricNames(comparison);
  for (const { path, metric, at } of namedMetrics(comparison)) {
    const lookup = findMetric(task, metric);
    if (lookup.found || own.includes(metric)) continue;
    const key = name(
      path
        .filter((step) => typeof step === 'string')
        .slice(0, 2)
        .join('.'),
    );
    const near = nearestName(metric, [lookup.nearest, ...own]);
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    const allowed = [...lookup.allowed, ...own].join(', ');
    // A reason repeats the name; only a plain one may stand in a message without quotes.
    const reason = /^[\w.]{1,60}$/.test(metric) ? lookup.reason : `${task} has no such metric`;
    const message = `${key} names ${quote(metric)}, and ${reason}; ${hint}known metrics: ${allowed}`;
    add(path, message, at);
  }
}

type NamedMetric = { readonly path: Path; readonly metric: string; readonly at: 'key' | 'value' };

/** Every place where a metric is named, with the path of the name. */
function namedMetrics(comparison: ComparisonDocument): NamedMetric[] {
  const found: NamedMetric[] = [];
  const add = (path: Path, metric: unknown, at: 'key' | 'value' = 'value'): void => {
    if (typeof metric === 'string') found.push({ path: ['comparison', ...path], metric, at });
  };
  add(['primary'], comparison.primary);
  for (const [index, metric] of (comparison.guardrails ?? []).entries()) add(['guardrails', index], metric);
  for (const [index, metric] of (comparison.metrics ?? []).entries()) add(['metrics', index], metric);
  for (const [index, gate] of (comparison.gates ?? []).entries())
    add(['gates', index, 'metric'], gate.metric);
  for (const metric of Object.keys(comparison.margins ?? {})) add(['margins', metric], metric, 'key');
  return found;
}

function sqlMetricNames(comparison: ComparisonDocument): string[] {
  return (comparison.metrics ?? []).flatMap((metric) => (typeof metric === 'string' ? [] : [metric.name]));
}

function checkSqlMetrics({ comparison, task }: ConfigurationDocument, { name, add }: Report): void {
  const seen = new Set<string>();
  for (const [index, metric] of (comparison?.metrics ?? []).entries()) {
    const isNamed = typeof metric === 'string';
    const metricName = isNamed ? metric : metric.name;
    const path = ['comparison', 'metrics', index, ...(isNamed ? [] : ['name'])];
    if (seen.has(metricName))
      add(path, `${name('comparison.metrics')} lists ${quote(metricName)} twice; keep one`);
    else if (!isNamed && findMetric(task, metricName).found) {
      add(
        path,
        `${name('comparison.metrics')} defines ${quote(metricName)}, which is a metric of Contender; choose another name`,
      );
    }
    seen.add(metricName);
  }
}

/** Threshold and cost turn a score into a decision between two classes. */
function checkDecision({ comparison, task }: ConfigurationDocument, { name, add }: Report): void {
  if (comparison === undefined) return;
  for (const key of ['threshold', 'cost'] as const) {
    if (comparison[key] === undefined || task === 'binary-classification') continue;
    const message = `${name(`comparison.${key}`)} is for binary-classification, and ${name('task')} is ${task}; remove it`;
    add(['comparison', key], message, 'key');
  }
  if (comparison.cost !== undefined) return;
  const own = sqlMetricNames(comparison);
  const costly = namedMetrics(comparison).find(
    ({ metric }) => metric === 'expected_cost' && !own.includes(metric),
  );
  if (costly === undefined || task !== 'binary-classification') return;
  const message = `expected_cost needs ${name('comparison.cost')}, such as {false-positive: 5, false-negative: 100}`;
  add(costly.path, message, costly.at);
}

function checkSlices({ comparison }: ConfigurationDocument, { name, add }: Report): void {
  const declared: string[] = [];
  for (const [index, slice] of (comparison?.slices ?? []).entries()) {
    const sliceName = typeof slice === 'string' ? slice : slice.name;
    const path = ['comparison', 'slices', index, ...(typeof slice === 'string' ? [] : ['name'])];
    if (sliceName === 'all') {
      add(
        path,
        `${name('comparison.slices')} names a slice "all", which means every slice; choose another name`,
      );
    } else if (declared.includes(sliceName)) {
      add(path, `${name('comparison.slices')} lists ${quote(sliceName)} twice; keep one`);
    }
    declared.push(sliceName);
  }
  for (const [index, { slices }] of (comparison?.gates ?? []).entries()) {
    const path = ['comparison', 'gates', index, 'slices'];
    if (slices === undefined || declared.includes(slices)) continue;
    if (slices === 'all' && declared.length > 0) continue;
    const allowed = declared.length === 0 ? 'none is declared' : `write all, ${declared.join(', ')}`;
    const near = nearestName(slices, declared);
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    add(
      path,
      `${name('comparison.gates')} names the slice ${quote(slices)}; ${hint}${allowed} (${name('comparison.slices')})`,
    );
  }
}

/** The values of a sliced column stand in every report. */
function checkSliceColumns({ comparison, data }: ConfigurationDocument, { name, add }: Report): void {
  for (const [index, slice] of (comparison?.slices ?? []).entries()) {
    if (typeof slice !== 'string') continue;
    const role = roleOfColumn(slice, data);
    if (role === undefined) continue;
    add(
      ['comparison', 'slices', index],
      `${name('comparison.slices')} names ${quote(slice)}, which is ${name(role)}: ${role === 'data.target' ? 'a slice of one label tells nothing' : 'its values are never printed'}; write a condition with a name of your own, such as {name: large, where: "amount > 100"}`,
    );
  }
}

function roleOfColumn(column: string, data: ConfigurationDocument['data']): string | undefined {
  if (column === data.id) return 'data.id';
  if (column === data.group) return 'data.group';
  if (column === data.target) return 'data.target';
  return (data.sensitive ?? []).includes(column) ? 'data.sensitive' : undefined;
}
