/**
 * JSON in which numbers keep every digit: DuckDB writes 64-bit integers, which JavaScript's numbers would
 * round on the way through.
 */

type JsonWithSource = {
  readonly parse: (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => unknown;
  readonly rawJSON: (source: string) => unknown;
};

const json = JSON as unknown as JsonWithSource;

export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && context.source !== undefined
      ? json.rawJSON(context.source)
      : value,
  );
}
