import { listNames } from './name-text.ts';

/**
 * What changed between the classes of two models, and whether it is breaking. A model that stops or starts
 * naming its classes may well have the same ones in the same order.
 */
export function classChanges(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly (readonly [change: string, breaking: boolean])[] {
  if (before === undefined || after === undefined) {
    if (before === after) return [];
    return after === undefined
      ? [[`classes are not named any more (they were ${listNames(before ?? [])})`, false]]
      : [[`classes are named now: ${listNames(after)}`, false]];
  }
  const [old, now] = [new Set(before), new Set(after)];
  const gone = before.filter((name) => !now.has(name));
  const come = after.filter((name) => !old.has(name));
  const [oldOrder, newOrder] = [
    before.filter((name) => now.has(name)),
    after.filter((name) => old.has(name)),
  ];
  const isReordered = oldOrder.length !== newOrder.length || oldOrder.some((name, i) => name !== newOrder[i]);
  return [
    ...(gone.length === 0 ? [] : ([[`classes removed: ${listNames(gone)}`, true]] as const)),
    ...(come.length === 0 ? [] : ([[`classes added: ${listNames(come)}`, true]] as const)),
    ...(isReordered
      ? ([[`classes reordered: from ${listNames(before)} to ${listNames(after)}`, true]] as const)
      : []),
  ];
}
