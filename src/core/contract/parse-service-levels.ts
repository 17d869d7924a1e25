import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { ContractRule, NotChecked } from './contract.ts';
import { type ContractPlace, refuse, targetOf } from './contract-place.ts';

const HOURS: Readonly<Record<string, number>> = {
  ...{ m: 1 / 60, min: 1 / 60, minute: 1 / 60, minutes: 1 / 60, h: 1, hr: 1, hour: 1, hours: 1 },
  ...{ d: 24, day: 24, days: 24, w: 168, week: 168, weeks: 168, y: 8766, yr: 8766, year: 8766, years: 8766 },
};

/** The service level `latency` of a time column: how old the newest row may be. Others are named. */
export function readServiceLevels(
  root: YAMLMap,
  { place, tables }: { readonly place: ContractPlace; readonly tables: readonly string[] },
): { readonly rules: readonly ContractRule[]; readonly notChecked: readonly NotChecked[] } {
  const rules: ContractRule[] = [];
  const notChecked: NotChecked[] = [];
  const list = root.get('slaProperties', true);
  for (const [index, item] of (isSeq(list) ? list.items : []).entries()) {
    if (!isMap(item)) throw refuse(place, item, 'a service level is a mapping with `property` and `value`');
    const line = place.lineOf(item);
    const rule = latencyRule(item, { place, tables, path: `slaProperties[${index}]` });
    if (rule) rules.push(rule);
    else notChecked.push({ words: `service level ${String(item.get('property'))}`, line });
  }
  return { rules, notChecked };
}

function latencyRule(
  item: YAMLMap,
  context: { readonly place: ContractPlace; readonly tables: readonly string[]; readonly path: string },
): ContractRule | undefined {
  const { place, tables, path } = context;
  const element = item.get('element');
  if (item.get('property') !== 'latency' || typeof element !== 'string') return undefined;
  const [, table, column] = /^([^.,]+)\.([^.,]+)$/.exec(element) ?? [];
  if (table === undefined || column === undefined || !tables.includes(table)) return undefined;
  const value = item.get('value', true);
  const amount = isScalar(value) ? value.value : undefined;
  const unit = HOURS[String(item.get('unit') ?? 'd')];
  if (typeof amount !== 'number' || !(amount >= 0) || unit === undefined) {
    throw refuse(place, value ?? item, 'latency needs a number as `value` and m, h, d, w or y as `unit`');
  }
  const target = targetOf(value, `${path}.value`);
  return {
    check: 'freshness',
    severity: 'error',
    column,
    line: place.lineOf(item),
    measure: { kind: 'freshness', column },
    limit: { operator: 'mustBeLessOrEqualTo', values: [amount * unit], unit: 'hours' },
    ...(target && unit === 1 ? { accept: { kind: 'limit', values: [target] } } : {}),
  };
}
