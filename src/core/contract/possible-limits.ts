import { isScalar, type YAMLMap } from 'yaml';
import type { Limit } from './contract.ts';
import { type ContractPlace, refuse } from './contract-place.ts';

type Bounds = Partial<Record<'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum', number>>;

/** Whether no value at all lies within the bounds. */
export function isEmptyRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): boolean {
  const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  return low > high || (low === high && (low === exclusiveMinimum || high === exclusiveMaximum));
}

/** @throws InputError with the line of a whole number that is read as another one. */
export function refuseInexact(
  place: ContractPlace,
  node: unknown,
  { word, isInteger }: { readonly word: string; readonly isInteger: boolean },
): void {
  if (!isScalar(node) || typeof node.value !== 'number' || Number.isSafeInteger(node.value)) return;
  const source = node.source ?? '';
  if (!/^[+-]?\d+$/.test(source)) return;
  // A number that may have a fraction is the nearest one that a double holds, written in full or as its shortest digits.
  const digits = BigInt(source.replace('+', ''));
  if (!isInteger && (digits === BigInt(node.value) || String(digits) === String(node.value))) return;
  throw refuse(
    place,
    node,
    `${word} is ${source.slice(0, 60)}; whole numbers beyond ${Number.MAX_SAFE_INTEGER} are not exact; use a pattern or a SQL rule`,
  );
}

/** @throws InputError with the line of a limit that no data can ever keep. */
export function refuseImpossible(item: YAMLMap, limit: Limit, place: ContractPlace): void {
  const problem = impossibleLimit(limit);
  if (problem !== undefined) throw refuse(place, item.get(limit.operator, true), problem);
}

/** Why no data can keep a limit, and what to write; undefined where some can. */
function impossibleLimit({ operator, values, unit }: Limit): string | undefined {
  const [first = 0, second = first] = values;
  if (operator.endsWith('Between') && first > second) {
    return `${operator} is [${first}, ${second}]; write the smaller number first: [${second}, ${first}]`;
  }
  if (unit !== 'rows' && unit !== 'percent') return undefined;
  const thing = unit === 'rows' ? 'a number of rows' : 'a share in percent';
  const isBelow = {
    mustBe: first < 0,
    mustBeLessThan: first <= 0,
    mustBeLessOrEqualTo: first < 0,
    mustBeBetween: second < 0,
  };
  if (isBelow[operator as keyof typeof isBelow]) {
    return `${operator} is ${values.join(' and ')}, and ${thing} is never below 0; write \`mustBe: 0\` or a limit above 0`;
  }
  const isAbove = {
    mustBe: first > 100,
    mustBeGreaterThan: first >= 100,
    mustBeGreaterOrEqualTo: first > 100,
    mustBeBetween: first > 100,
  };
  if (unit === 'percent' && isAbove[operator as keyof typeof isAbove]) {
    return `${operator} is ${values.join(' and ')}, and ${thing} is never above 100; write a limit from 0 to 100`;
  }
  return undefined;
}
