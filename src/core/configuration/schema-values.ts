import * as v from 'valibot';
import { DURATION_ADVICE, DURATION_PATTERN } from './duration.ts';

/**
 * Kinds of values the config is made of. The message of each says what to write instead; the checker
 * puts the key and the actual value before it.
 */

/** Text that is not blank. */
export function text(example: string) {
  return v.pipe(
    v.string((issue) => adviseText(issue.input, example)),
    v.regex(/\S/, `write text, such as ${example}`),
    v.examples([example]),
  );
}

/** Text of one form. */
export function textLike(pattern: RegExp, advice: string, example: string) {
  return v.pipe(
    v.string((issue) => adviseText(issue.input, example)),
    v.regex(pattern, advice),
    v.examples([example]),
  );
}

export function duration(example: string) {
  return v.pipe(v.string(DURATION_ADVICE), v.regex(DURATION_PATTERN, DURATION_ADVICE), v.examples([example]));
}

export function choice<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, `write one of ${options.join(', ')}`);
}

/** A finite number from a range; the ends belong to it unless `open`. */
export function number(range: {
  readonly from?: number;
  readonly to?: number;
  readonly open?: boolean;
  readonly advice: string;
}) {
  const { from = -Number.MAX_VALUE, to = Number.MAX_VALUE, advice } = range;
  const finite = v.pipe(
    v.number(advice),
    v.minValue(-Number.MAX_VALUE, advice),
    v.maxValue(Number.MAX_VALUE, advice),
  );
  if (range.open) return v.pipe(finite, v.gtValue(from, advice), v.ltValue(to, advice));
  return v.pipe(finite, v.minValue(from, advice), v.maxValue(to, advice));
}

export function wholeNumber(from: number, to: number) {
  const advice = `write a whole number from ${from} to ${to}`;
  return v.pipe(v.number(advice), v.integer(advice), v.minValue(from, advice), v.maxValue(to, advice));
}

export function list<Item extends v.GenericSchema>(item: Item, example: string) {
  return v.array(item, (issue) => adviseList(issue.input, example));
}

export function filledList<Item extends v.GenericSchema>(item: Item, example: string) {
  return v.pipe(list(item, example), v.minLength(1, `write at least one entry, such as ${example}`));
}

/** A map with exactly these keys. */
export function table<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, `write a map with the keys ${Object.keys(entries).join(', ')}`);
}

/** The same schema with a text that editors show. */
export function described<Schema extends v.GenericSchema>(schema: Schema, description: string): Schema {
  return v.pipe(schema, v.description(description)) as unknown as Schema;
}

/** An optional key with a text that editors show. */
export function optional<Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.exactOptional(described(schema, description));
}

function adviseText(input: unknown, example: string): string {
  if (typeof input === 'number' || typeof input === 'boolean') return `write it in quotes, "${input}"`;
  return `write text, such as ${example}`;
}

function adviseList(input: unknown, example: string): string {
  const isPlain = typeof input === 'string' && /^[\w./*, -]{1,60}$/.test(input);
  return `write a list, such as ${isPlain ? `[${input}]` : example}`;
}
