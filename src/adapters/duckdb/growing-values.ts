import { InputError } from '../../core/errors.ts';
import { type SqlNode, visit } from './sql-tree.ts';

/** Functions whose value is as large as an argument says, by the place of that argument; all places: undefined. */
const SIZE_ARGUMENT: ReadonlyMap<string, number | undefined> = new Map([
  ['range', undefined],
  ['generate_series', undefined],
  ['repeat', 1],
  ['lpad', 1],
  ['rpad', 1],
  ['bar', 3],
  ['list_resize', 1],
  ['array_resize', 1],
]);

const LARGEST = 10_000;

/**
 * Refuses calls that make one value as large as they like: while a single value grows, the engine's limits of
 * memory and time do not reach it. A size that is written out and small is allowed; as a table, rows come one
 * after another and the limits hold.
 * @throws InputError led by the subject.
 */
export function refuseGrowth(query: SqlNode, subject: string): void {
  const tables = new Set<unknown>();
  visit(query, (node) => {
    if (node.type === 'TABLE_FUNCTION') tables.add(node.function);
  });
  visit(query, (node) => {
    const name = growingName(node);
    if (name === undefined || tables.has(node)) return;
    if (sizesOf(node, name).every(isSmall) && !growsWithin(node)) return;
    throw new InputError(
      `${subject} calls ${name}(), which can fill the memory; write its size as a number of at most ${LARGEST}, and no such call within another`,
    );
  });
}

function growingName(node: SqlNode): string | undefined {
  if (node.class !== 'FUNCTION') return undefined;
  const name = String(node.function_name).toLowerCase();
  return SIZE_ARGUMENT.has(name) ? name : undefined;
}

function sizesOf(node: SqlNode, name: string): readonly SqlNode[] {
  const argumentsOfCall = node.children as readonly SqlNode[];
  const place = SIZE_ARGUMENT.get(name);
  return place === undefined ? argumentsOfCall : argumentsOfCall.slice(place, place + 1);
}

function isSmall(argument: SqlNode): boolean {
  if (argument.class !== 'CONSTANT') return false;
  const { value } = argument.value as { readonly value?: unknown };
  return Math.abs(Number(String(value))) <= LARGEST;
}

function growsWithin(node: SqlNode): boolean {
  let grows = false;
  visit(node.children, (child) => {
    if (growingName(child) !== undefined) grows = true;
  });
  return grows;
}
