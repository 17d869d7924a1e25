import fc from 'fast-check';
import type * as v from 'valibot';

/** Documents that a schema allows, with texts from a list wherever it allows any text. */

type AnySchema = v.GenericSchema & {
  readonly type: string;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly wrapped?: AnySchema;
  readonly item?: AnySchema;
  readonly items?: readonly AnySchema[];
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly key?: AnySchema;
  readonly value?: AnySchema;
  readonly pipe?: readonly (AnySchema & { readonly requirement?: unknown })[];
};

export type ArbitraryOptions = {
  readonly texts: readonly string[];
  /** How long a list may be; inside another list it has at most a few items. */
  readonly sizes: readonly number[];
};

const INSIDE = [0, 1, 3];

/**
 * An arbitrary from a valibot schema of the kinds that documents are made of. Long lists repeat a few items.
 * @throws Error for a kind of schema that is not known here.
 */
export function arbitraryOf(
  schema: v.GenericSchema,
  options: ArbitraryOptions,
  inside = false,
): fc.Arbitrary<unknown> {
  const known = schema as AnySchema;
  const of = (inner: unknown, deeper = inside) => arbitraryOf(inner as v.GenericSchema, options, deeper);
  switch (known.type) {
    case 'object':
      return objectOf(known.entries ?? {}, (inner) => of(inner));
    case 'optional':
      return of(known.wrapped);
    case 'nullable':
      return fc.option(of(known.wrapped));
    case 'array':
      return listOf(of(known.item, true), inside ? INSIDE : options.sizes);
    case 'tuple':
      return fc.tuple(...(known.items ?? []).map((item) => of(item)));
    case 'union':
      return fc.oneof(...(known.options ?? []).map((option) => of(option)));
    case 'record':
      return fc.dictionary(textOf(known.key as AnySchema, options), of(known.value), { maxKeys: 3 });
    case 'picklist':
      return fc.constantFrom(...(known.options ?? []));
    case 'literal':
      return fc.constant(known.literal);
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return numberOf(known);
    case 'string':
      return textOf(known, options);
    default:
      throw new Error(`no values are known for the schema ${known.type}`);
  }
}

function objectOf(
  entries: Readonly<Record<string, AnySchema>>,
  of: (schema: AnySchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const required = Object.keys(entries).filter((key) => entries[key]?.type !== 'optional');
  const values = Object.fromEntries(Object.entries(entries).map(([key, schema]) => [key, of(schema)]));
  return fc.record(values, { requiredKeys: required, noNullPrototype: true });
}

function listOf(item: fc.Arbitrary<unknown>, sizes: readonly number[]): fc.Arbitrary<unknown[]> {
  return fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 4 }), fc.constantFrom(...sizes))
    .map(([items, size]) => Array.from({ length: size }, (_, index) => items[index % items.length]));
}

function numberOf({ pipe = [] }: AnySchema): fc.Arbitrary<number> {
  const isWhole = pipe.some(({ type }) => type === 'integer');
  const isPositive = pipe.some(({ type }) => type === 'min_value');
  if (isWhole) return fc.oneof(fc.nat(), fc.nat(3), fc.constant(isPositive ? 0 : -1));
  return fc.oneof(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e-300, 1e300, 0.1),
  );
}

function textOf({ pipe = [] }: AnySchema, { texts }: ArbitraryOptions): fc.Arbitrary<string> {
  const pattern = pipe.find(({ type }) => type === 'regex')?.requirement;
  if (pattern instanceof RegExp) return fc.stringMatching(pattern).map((text) => text.slice(0, 100));
  if (pipe.some(({ type }) => type === 'iso_timestamp')) return fc.constant('2026-06-01T05:00:00Z');
  if (pipe.some(({ type }) => type === 'check')) return fc.constant('model/model.onnx');
  return fc.constantFrom(...texts);
}
