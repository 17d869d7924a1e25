import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { ContractRule, NotChecked, Reference } from './contract.ts';
import { type ContractPlace, refuse } from './contract-place.ts';
import { NO_ROWS } from './mostly.ts';

type References = { readonly rules: readonly ContractRule[]; readonly notChecked: readonly NotChecked[] };

/** The `relationships` of an object and of its columns: rows must be found in what they refer to. */
export function readReferences(root: YAMLMap, object: YAMLMap, place: ContractPlace): References {
  const found: References[] = [];
  for (const { item } of itemsOf(object.get('relationships', true), place)) {
    found.push(readRelationship(item, { root, object, place, from: listOf(item.get('from', true)) }));
  }
  const properties = object.get('properties', true);
  for (const property of isSeq(properties) ? properties.items.filter(isMap) : []) {
    const column = String(property.get('physicalName') ?? property.get('name'));
    for (const { item } of itemsOf(property.get('relationships', true), place)) {
      if (item.has('from')) {
        throw refuse(
          place,
          item.get('from', true),
          'a relationship of a property has no `from`: it is the property',
        );
      }
      found.push(readRelationship(item, { root, object, place, from: [column], isColumn: true }));
    }
  }
  return {
    rules: found.flatMap(({ rules }) => rules),
    notChecked: found.flatMap(({ notChecked }) => notChecked),
  };
}

function itemsOf(node: unknown, place: ContractPlace): { readonly item: YAMLMap }[] {
  if (!isSeq(node)) return [];
  return node.items.map((item) => {
    if (!isMap(item)) throw refuse(place, item, 'a relationship is a mapping with `to`');
    return { item };
  });
}

type RelationshipContext = {
  readonly root: YAMLMap;
  readonly object: YAMLMap;
  readonly place: ContractPlace;
  readonly from: readonly string[];
  readonly isColumn?: boolean;
};

function readRelationship(item: YAMLMap, context: RelationshipContext): References {
  const { place, object } = context;
  const to = listOf(item.get('to', true));
  const line = place.lineOf(item);
  const words = `relationship to ${to.join(', ')}`;
  if (to.length === 0) throw refuse(place, item, 'a relationship needs `to`: object.column');
  const targets = to.map(splitReference);
  const sources = context.from.map((text) => (context.isColumn ? { column: text } : splitReference(text)));
  const [first] = targets;
  const isWhole =
    first !== undefined &&
    sources.length === targets.length &&
    sources.every((source) => source !== undefined) &&
    targets.every((target) => target?.dataset === first.dataset);
  if (!isWhole) return { rules: [], notChecked: [{ words, line }] };
  const named = findObject(context.root, first.dataset);
  const physical = named?.get('physicalName');
  const columns = sources.map((source) => physicalColumn(object, source!.column));
  const reference: Reference = {
    columns,
    dataset: first.dataset,
    keys: targets.map((target) => physicalColumn(named, target!.column)),
    ...(typeof physical === 'string' && /\.[A-Za-z0-9]+$/.test(physical) ? { path: physical } : {}),
  };
  const rule: ContractRule = {
    check: 'reference',
    severity: 'error',
    ...(columns.length === 1 ? { column: columns[0]! } : {}),
    line,
    reference,
    limit: NO_ROWS,
  };
  return { rules: [rule], notChecked: [] };
}

/** `object.column`, the standard's short notation; a way through ids is left unchecked. */
function splitReference(text: string): { readonly dataset: string; readonly column: string } | undefined {
  const match = /^([A-Za-z_]\w*)\.([A-Za-z_]\w*)$/.exec(text);
  return match === null ? undefined : { dataset: match[1]!, column: match[2]! };
}

function findObject(root: YAMLMap, name: string): YAMLMap | undefined {
  const schema = root.get('schema', true);
  const objects = isSeq(schema) ? schema.items.filter(isMap) : [];
  return objects.find((object) => object.get('name') === name);
}

/** What the data call a column that a relationship calls by its name. */
function physicalColumn(object: YAMLMap | undefined, name: string): string {
  const properties = object?.get('properties', true);
  const found = (isSeq(properties) ? properties.items.filter(isMap) : []).find(
    (property) => property.get('name') === name,
  );
  return String(found?.get('physicalName') ?? name);
}

function listOf(node: unknown): readonly string[] {
  const value: unknown = isSeq(node) ? node.toJSON() : (node as { value?: unknown } | undefined)?.value;
  const list = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === 'string');
}
