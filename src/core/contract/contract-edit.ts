import type { ContractEdit } from '../documents/validation.ts';
import type { AcceptTarget, TextSpan, ValueTarget } from './accept-target.ts';
import type { Limit } from './contract.ts';
import { writeScalar } from './contract-scalar.ts';
import { nextLimit, roundLimit } from './moved-limit.ts';
import { writeDate, writeTimeOfDay, writeTimestamp } from './time-words.ts';

/** What was seen of the data that break a rule. */
export type Observation = {
  /** In the unit of the limit: breaking rows, their percent, hours, a value. */
  readonly amount?: number;
  readonly limit?: Limit;
  readonly extremes?: { readonly minimum: number; readonly maximum: number };
  readonly values?: readonly string[];
  readonly type?: string;
};

/** A piece of the contract and what takes its place. */
export type Replacement = { readonly path: string; readonly span: TextSpan; readonly by: string };

const TYPES = new Set(['string', 'date', 'timestamp', 'number', 'integer', 'boolean']);

/**
 * The smallest change of the contract by which what was seen keeps the rule; undefined where nothing of the
 * data says how the rule should read (a pattern, a condition).
 */
export function acceptingReplacements(
  text: string,
  target: AcceptTarget,
  seen: Observation,
): readonly Replacement[] | undefined {
  switch (target.kind) {
    case 'replace':
      return [{ ...target.value, by: target.by }];
    case 'remove': {
      const span = wholeItem(text, target.value.span);
      return span && [{ path: target.value.path, span, by: '' }];
    }
    case 'type':
      return seen.type !== undefined && TYPES.has(seen.type)
        ? [{ ...target.value, by: seen.type }]
        : undefined;
    case 'values':
      return seen.values && seen.values.length > 0 ? [addValues(target, seen.values)] : undefined;
    case 'bounds':
      return seen.extremes && isExact(seen, target) ? widen(target, seen.extremes) : undefined;
    case 'limit':
      return seen.amount === undefined || seen.limit === undefined
        ? undefined
        : moveLimit(text, target.values, { amount: seen.amount, limit: seen.limit });
  }
}

/** Replacements as one edit of whole lines; they must not overlap. */
export function editOf(
  contract: { readonly file: string; readonly text: string },
  replacements: readonly Replacement[],
): ContractEdit {
  const { file, text } = contract;
  const from = Math.min(...replacements.map(({ span }) => span[0]));
  const to = Math.max(...replacements.map(({ span }) => span[1]));
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const endsLine = to > from && text[to - 1] === '\n';
  const nextBreak = text.indexOf('\n', to);
  const end = endsLine ? to : nextBreak < 0 ? text.length : nextBreak + 1;
  const shifted = replacements.map(({ span, ...rest }) => ({
    ...rest,
    span: [span[0] - start, span[1] - start] as const,
  }));
  const before = text.slice(start, end);
  return {
    file,
    line: text.slice(0, start).split('\n').length,
    path: replacements.map(({ path }) => path).join(', '),
    before,
    after: applyReplacements(before, shifted),
  };
}

/** The text with every replacement made; equal ones are made once. */
export function applyReplacements(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  const ordered = replacements.toSorted(
    (left, right) => right.span[0] - left.span[0] || right.span[1] - left.span[1],
  );
  let done = Number.POSITIVE_INFINITY;
  for (const { span, by } of ordered) {
    if (span[1] > done) continue;
    result = result.slice(0, span[0]) + by + result.slice(span[1]);
    done = span[0];
  }
  return result;
}

/** A list item with its hyphen, to the end of its last line; undefined where the hyphen stands elsewhere. */
function wholeItem(text: string, [from, to]: TextSpan): TextSpan | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  if (!/^ *- +$/.test(text.slice(start, from))) return undefined;
  const lineEnd = text.indexOf('\n', Math.max(from, to - 1));
  return [start, lineEnd < 0 ? text.length : lineEnd + 1];
}

function addValues(
  target: Extract<AcceptTarget, { kind: 'values' }>,
  values: readonly string[],
): Replacement {
  const { path, offset, flow, isEmpty, indent } = target;
  const written = values.map(writeScalar);
  const by = flow
    ? `${isEmpty ? '' : ', '}${written.join(', ')}`
    : written.map((value) => `\n${' '.repeat(indent)}- ${value}`).join('');
  return { path, span: [offset, offset], by };
}

/** Whole numbers beyond 2^53 are not what they read as. */
function isExact({ type, extremes }: Observation, { written }: { readonly written: string }): boolean {
  if (type !== 'integer' || written !== 'number' || extremes === undefined) return true;
  return Number.isSafeInteger(extremes.minimum) && Number.isSafeInteger(extremes.maximum);
}

function widen(
  target: Extract<AcceptTarget, { kind: 'bounds' }>,
  extremes: { readonly minimum: number; readonly maximum: number },
): readonly Replacement[] | undefined {
  const made: Replacement[] = [];
  for (const end of ['minimum', 'maximum'] as const) {
    const bound = target[end];
    if (bound === undefined) continue;
    const value = extremes[end];
    const isOut = end === 'minimum' ? value < bound.value : value > bound.value;
    const touches = bound.exclusive === true && value === bound.value;
    if (!isOut && !touches) continue;
    made.push({
      ...bound,
      by: writeBound(bound.exclusive ? beyond(value, end) : value, { written: target.written, end }),
    });
  }
  return made.length === 0 ? undefined : made;
}

/** A bound that an exclusive limit keeps the value inside of. */
function beyond(value: number, end: 'minimum' | 'maximum'): number {
  return end === 'minimum' ? Math.floor(value) - 1 : Math.ceil(value) + 1;
}

/** Times are written to the second, and a day to its end, so that the bound holds what it was made for. */
function writeBound(
  value: number,
  form: { readonly written: 'number' | 'date' | 'timestamp' | 'time'; readonly end: 'minimum' | 'maximum' },
): string {
  const unit = form.written === 'date' ? 86_400_000 : 1000;
  const whole = form.end === 'minimum' ? Math.floor(value / unit) * unit : Math.ceil(value / unit) * unit;
  switch (form.written) {
    case 'number':
      return String(value);
    case 'date':
      return JSON.stringify(writeDate(whole));
    case 'timestamp':
      return JSON.stringify(writeTimestamp(whole));
    case 'time':
      return JSON.stringify(writeTimeOfDay(whole));
  }
}

function moveLimit(
  text: string,
  targets: readonly ValueTarget[],
  { amount, limit }: { readonly amount: number; readonly limit: Limit },
): readonly Replacement[] | undefined {
  const [first, second] = targets;
  if (first === undefined || !Number.isFinite(amount)) return undefined;
  const write = (value: number) => keepUnit(text.slice(...first.span), value);
  switch (limit.operator) {
    case 'mustBe':
      return [{ ...first, by: write(amount) }];
    case 'mustBeLessOrEqualTo':
      return [{ ...first, by: write(roundLimit(amount, limit.unit, 'maximum')) }];
    case 'mustBeLessThan':
      return [{ ...first, by: write(nextLimit(amount, limit.unit, 'maximum')) }];
    case 'mustBeGreaterOrEqualTo':
      return [{ ...first, by: write(roundLimit(amount, limit.unit, 'minimum')) }];
    case 'mustBeGreaterThan':
      return [{ ...first, by: write(nextLimit(amount, limit.unit, 'minimum')) }];
    case 'mustBeBetween':
      if (second === undefined) return undefined;
      return amount < limit.values[0]!
        ? [{ ...first, by: write(roundLimit(amount, limit.unit, 'minimum')) }]
        : [{ ...second, by: write(roundLimit(amount, limit.unit, 'maximum')) }];
    default:
      return undefined;
  }
}

/** Limits in words (`36h`, `10%`) stay in words. */
function keepUnit(source: string, value: number): string {
  const quote = /^["']/.exec(source)?.[0] ?? '';
  const bare = source.replace(/^["']|["']$/g, '').trim();
  if (bare.endsWith('%')) return `${quote}${value}%${quote}`;
  if (/[mhdw]$/.test(bare)) return `${quote}${Math.ceil(value)}h${quote}`;
  return String(value);
}
