import * as v from 'valibot';
import { nearestName } from './nearest-name.ts';
import { describeValue, type Origin, type Path, type Problem, quote } from './problem.ts';

/**
 * Checks a value against a schema and says what is wrong in words a user can act on. The library
 * checks single values; the walk over maps, lists and alternatives is ours, because its own messages
 * for a union list every branch, and it stops at the first unknown key of a map.
 */
export function checkDocument(schema: v.GenericSchema, value: unknown, origin: Origin): Problem[] {
  const problems: Problem[] = [];
  checkNode(schema as SchemaNode, value, { origin, path: [], problems, root: schema as SchemaNode });
  return problems;
}

/** What the library keeps in each schema, as far as the walk needs it. */
type SchemaNode = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly options?: readonly (SchemaNode | string)[];
  readonly item?: SchemaNode;
  readonly wrapped?: SchemaNode;
  readonly value?: SchemaNode;
  readonly key?: string;
  readonly message?: string | ((issue: { readonly input: unknown }) => string);
};

type Walk = {
  readonly origin: Origin;
  readonly path: Path;
  readonly problems: Problem[];
  readonly root: SchemaNode;
  /** Whether leaving the key out is a way to mend it. */
  readonly removable?: boolean;
};

type Kind = 'text' | 'number' | 'boolean' | 'list' | 'map' | 'empty';

/** Assigning these to a plain object does not make a key of it. */
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

function checkNode(schema: SchemaNode, value: unknown, walk: Walk): void {
  const meant = schema.wrapped ?? (schema.type === 'union' ? branchFor(schema, value) : undefined);
  if (meant !== undefined) {
    checkNode(meant, value, { ...walk, removable: walk.removable || schema.wrapped !== undefined });
    return;
  }
  const before = walk.problems.length;
  if (containerKind(schema) === kindOf(value)) checkContents(schema, value, walk);
  // The rules of the value itself, once everything inside it is right.
  if (walk.problems.length === before) checkLeaf(schema, value, walk);
}

function checkContents(schema: SchemaNode, value: unknown, walk: Walk): void {
  if (schema.type === 'array') {
    for (const [index, entry] of (value as unknown[]).entries()) {
      checkNode(schema.item as SchemaNode, entry, descend(walk, index));
    }
    return;
  }
  const map = value as Record<string, unknown>;
  if (schema.type === 'variant') checkVariant(schema, map, walk);
  else if (schema.type === 'record') checkRecord(schema.value as SchemaNode, map, walk);
  else checkTable(schema.entries ?? {}, map, walk);
}

/** The kind of value a schema looks into; `undefined` for schemas of single values. */
function containerKind(schema: SchemaNode): Kind | undefined {
  if (schema.type === 'array') return 'list';
  return ['strict_object', 'record', 'variant'].includes(schema.type) ? 'map' : undefined;
}

function checkTable(
  entries: Readonly<Record<string, SchemaNode>>,
  value: Readonly<Record<string, unknown>>,
  walk: Walk,
): void {
  const misspelt = new Set<string | undefined>();
  for (const key of Object.keys(value)) {
    const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (entry === undefined) misspelt.add(reportUnknownKey(key, Object.keys(entries), walk));
    else checkNode(entry, value[key], descend(walk, key));
  }
  for (const [key, entry] of Object.entries(entries)) {
    if (entry.type === 'exact_optional' || Object.hasOwn(value, key) || misspelt.has(key)) continue;
    const path = [...walk.path, key];
    const message = `${walk.origin.name(path)} is missing; ${adviceOf(entry, undefined)}`;
    walk.problems.push({ path, at: 'key', message });
  }
}

function checkRecord(entry: SchemaNode, value: Readonly<Record<string, unknown>>, walk: Walk): void {
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.includes(key)) {
      const message = `${quote(key)} cannot be a key of ${walk.origin.name(walk.path)}; choose another name`;
      walk.problems.push({ path: [...walk.path, key], at: 'key', message });
    } else {
      checkNode(entry, value[key], descend(walk, key));
    }
  }
}

/** The key of the variant says which branch is meant; without it only that key is asked for. */
function checkVariant(schema: SchemaNode, value: Readonly<Record<string, unknown>>, walk: Walk): void {
  const key = schema.key as string;
  const branches = (schema.options ?? []) as readonly SchemaNode[];
  const meant = branches.find((branch) => v.is(branch.entries?.[key] as SchemaNode, value[key]));
  if (meant) {
    const known = new Set(branches.flatMap((branch) => Object.keys(branch.entries ?? {})));
    const { own, foreign } = divideKeys(value, known, meant);
    for (const other of foreign) reportForeignKey(other, `${key}: ${value[key]}`, { meant, walk });
    checkTable(meant.entries ?? {}, own, walk);
    return;
  }
  const allowed = branches.flatMap((branch) => allowedValues(branch.entries?.[key] as SchemaNode));
  const path = [...walk.path, key];
  if (!Object.hasOwn(value, key)) {
    const message = `${walk.origin.name(path)} is missing; write one of ${allowed.join(', ')}`;
    walk.problems.push({ path, at: 'key', message });
    return;
  }
  report(descend(walk, key), `${suggest(value[key], allowed)}write one of ${allowed.join(', ')}`, value[key]);
}

/** Keys that belong to another branch of a variant get a message of their own. */
function divideKeys(value: Readonly<Record<string, unknown>>, known: ReadonlySet<string>, meant: SchemaNode) {
  const isForeign = (key: string): boolean => known.has(key) && !Object.hasOwn(meant.entries ?? {}, key);
  const entries = Object.entries(value);
  return {
    own: Object.fromEntries(entries.filter(([key]) => !isForeign(key))),
    foreign: Object.keys(value).filter(isForeign),
  };
}

function reportForeignKey(
  key: string,
  choice: string,
  { meant, walk }: { readonly meant: SchemaNode; readonly walk: Walk },
): void {
  const path = [...walk.path, key];
  const allowed = Object.keys(meant.entries ?? {}).join(', ');
  const message = `${walk.origin.name(path)} does not go with ${choice}; allowed keys there: ${allowed}`;
  walk.problems.push({ path, at: 'key', message });
}

/** The branch of a union that takes this kind of value. */
function branchFor(schema: SchemaNode, value: unknown): SchemaNode | undefined {
  const kind = kindOf(value);
  return (schema.options as readonly SchemaNode[]).find((branch) => branchKind(branch) === kind);
}

function branchKind(branch: SchemaNode): Kind {
  const container = containerKind(branch);
  if (container !== undefined) return container;
  return branch.type === 'number' || branch.type === 'boolean' ? branch.type : 'text';
}

function checkLeaf(schema: SchemaNode, value: unknown, walk: Walk): void {
  const checked = v.safeParse(schema, value);
  if (checked.success) return;
  // A container of another kind complains about its first key; its own message says what it takes.
  const isOtherKind = schema.type === 'union' || containerKind(schema) !== undefined;
  const isRule = checked.issues[0].kind === 'validation';
  const advice = isOtherKind && !isRule ? adviceOf(schema, value) : checked.issues[0].message;
  report(walk, suggest(value, allowedValues(schema)) + advice, value);
}

function report(walk: Walk, advice: string, value: unknown): void {
  const removal = value === null && walk.removable ? ', or remove the key' : '';
  const message = `${walk.origin.name(walk.path)} is ${describeValue(value)}; ${advice}${removal}`;
  walk.problems.push({ path: walk.path, at: 'value', message });
}

/** Answers the key that was probably meant. */
function reportUnknownKey(key: string, allowed: readonly string[], walk: Walk): string | undefined {
  const place = walk.path.length === 0 ? '' : ` in ${walk.origin.name(walk.path)}`;
  const near = nearestName(key, allowed);
  const section = near === undefined && walk.path.length === 0 ? sectionOf(key, walk.root) : undefined;
  let hint = near === undefined ? '' : `did you mean ${near}? `;
  if (section !== undefined) hint = `write it under ${section}; `;
  const message = `unknown key ${quote(key)}${place}; ${hint}allowed keys: ${allowed.join(', ')}`;
  walk.problems.push({ path: [...walk.path, key], at: 'key', message });
  return near;
}

/** The section of the config that has such a key, for one that was written at the top. */
function sectionOf(key: string, root: SchemaNode): string | undefined {
  const sections = Object.entries(root.entries ?? {});
  return sections.find(([, section]) => {
    const entries = (section.wrapped ?? section).entries;
    return entries !== undefined && Object.hasOwn(entries, key);
  })?.[0];
}

function suggest(value: unknown, allowed: readonly string[]): string {
  const near = typeof value === 'string' ? nearestName(value, allowed) : undefined;
  return near === undefined ? '' : `did you mean ${near}? `;
}

function allowedValues(schema: SchemaNode): readonly string[] {
  if (schema.type === 'picklist') return schema.options as readonly string[];
  return schema.type === 'literal' ? [(schema as unknown as { readonly literal: string }).literal] : [];
}

/** What the schema's own message says to write. */
function adviceOf(schema: SchemaNode, input: unknown): string {
  const inner = schema.wrapped ?? schema;
  const message = typeof inner.message === 'function' ? inner.message({ input }) : inner.message;
  return message ?? 'write another value';
}

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  return 'text';
}

function descend(walk: Walk, step: string | number): Walk {
  return { ...walk, path: [...walk.path, step], removable: false };
}
