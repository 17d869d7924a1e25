import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import { useEngine, valuesOf } from './engine-fixture.ts';

const fixture = useEngine();

type Cell = string | number | undefined;
type Rows = { readonly names: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

type Dialect = {
  readonly delimiter: string;
  readonly newline: string;
  readonly quoteAll: boolean;
  readonly endsWithNewline: boolean;
  readonly encoding: keyof typeof ENCODERS;
  readonly suffix: '' | '.gz' | '.zst';
};

/** The letters of windows-1252 by the byte that writes them. */
const LETTERS_1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

const ENCODERS = {
  'utf-8': (text: string) => Buffer.from(text, 'utf8'),
  'utf-8 with mark': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  'utf-16le': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'windows-1252': (text: string) => Buffer.from([...text].map((letter) => LETTERS_1252.get(letter)!)),
};

const COMPRESSORS = { '': (bytes: Buffer) => bytes, '.gz': gzipSync, '.zst': zstdCompressSync };

/** Letters that a reader may stumble over, within windows-1252. */
const letter = fc.constantFrom(
  ...[
    'a',
    'Z',
    '0',
    '9',
    ' ',
    '"',
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    '#',
    '\\',
    '%',
    '=',
    '-',
    '.',
  ],
  ...['é', 'ß', '€', 'Ž', '\u00A0', ':', '/', '_', '<', '&', '$', '`', '{', '['],
);
const wideLetter = fc.oneof(letter, fc.constantFrom('北', '😀', '\u202E', '\u0301', '\u200B', 'ʤ'));

function textCells(isWide: boolean): fc.Arbitrary<Cell> {
  const text = fc.array(isWide ? wideLetter : letter, { minLength: 1, maxLength: 12 });
  return fc.oneof({ weight: 5, arbitrary: text.map((letters) => letters.join('')) }, fc.constant(undefined));
}

const numberCell = fc.oneof(
  { weight: 5, arbitrary: fc.integer() },
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }) },
  fc.constant(undefined),
);

/** The first row has values that say what the column is: text that looks like a number is read as one. */
function tables(isWide: boolean): fc.Arbitrary<Rows> {
  return fc
    .array(fc.constantFrom('text' as const, 'number' as const), { minLength: 2, maxLength: 5 })
    .chain((kinds) =>
      fc.record({
        names: fc.constant(kinds.map((kind, index) => `${kind} ${index}`)),
        first: fc.constant(kinds.map((kind, index) => (kind === 'text' ? `word${index}` : index + 0.5))),
        others: fc.array(
          fc.tuple(...kinds.map((kind) => (kind === 'text' ? textCells(isWide) : numberCell))),
          { maxLength: 20 },
        ),
      }),
    )
    .map(({ names, first, others }) => ({ names, rows: [first, ...others] }));
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  endsWithNewline: fc.boolean(),
  encoding: fc.constantFrom(...(Object.keys(ENCODERS) as (keyof typeof ENCODERS)[])),
  suffix: fc.constantFrom('' as const, '.gz' as const, '.zst' as const),
});

const cases = dialects.chain((dialect) =>
  fc.record({ dialect: fc.constant(dialect), table: tables(dialect.encoding !== 'windows-1252') }),
);

function write({ names, rows }: Rows, dialect: Dialect): Buffer {
  const { delimiter, newline, quoteAll, endsWithNewline, encoding, suffix } = dialect;
  const spell = (cell: Cell): string => {
    if (cell === undefined) return '';
    const text = String(cell);
    const mustQuote = quoteAll || /["\r\n,;\t|]/.test(text);
    return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...rows].map((cells) => cells.map(spell).join(delimiter));
  const text = lines.join(newline) + (endsWithNewline ? newline : '');
  return Buffer.from(COMPRESSORS[suffix](ENCODERS[encoding](text)));
}

describe('CSV in random dialects', () => {
  it('is read back as it was written', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ dialect, table }) => {
        const name = await fixture.write(`random.csv${dialect.suffix}`, write(table, dialect));
        const declared = dialect.encoding === 'windows-1252' ? { encoding: 'windows-1252' } : {};
        await using set = await fixture.open(name, declared);
        expect(set.columns.map((column) => column.name)).toEqual(table.names);
        expect(set.rowCount).toBe(table.rows.length);
        for (const [index, column] of table.names.entries()) {
          const isNumber = column.startsWith('number');
          const read = await valuesOf(set, column, isNumber ? 'number' : 'text');
          const written = table.rows.map((cells) => cells[index] ?? (isNumber ? Number.NaN : undefined));
          // Zero has a sign in JavaScript, not in a table.
          expect(read.map((value) => (value === 0 ? 0 : value))).toEqual(
            written.map((value) => (value === 0 ? 0 : value)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when it was cut off while packed', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        tables(true),
        fc.constantFrom('.gz' as const, '.zst' as const),
        fc.nat({ max: 1_000_000 }),
        async (table, suffix, position) => {
          const plain = { delimiter: ',', newline: '\n', quoteAll: true, endsWithNewline: true } as const;
          const whole = write(table, { ...plain, encoding: 'utf-8', suffix });
          const cut = whole.subarray(0, position % whole.length);
          const opening = fixture.open(await fixture.write(`cut.csv${suffix}`, cut));
          await expect(opening).rejects.toThrow(InputError);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('bytes that are anything', () => {
  it.each(['csv', 'tsv', 'csv.gz', 'jsonl', 'parquet', 'arrow'])(
    'are read or refused as .%s',
    { timeout: 120_000 },
    async (extension) => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ unit: 'binary-ascii', maxLength: 200 }).map((text) => Buffer.from(text)),
      );
      await fc.assert(
        fc.asyncProperty(bytes, async (content) => {
          await readOrRefuse(await fixture.write(`any.${extension}`, content));
        }),
        { numRuns: 60 },
      );
    },
  );
});

/** Opens a file and reads every row, unless it is refused in words of ours. */
async function readOrRefuse(name: string): Promise<void> {
  try {
    await using set = await fixture.open(name);
    const table = await set.read(set.columns.map((column) => ({ name: column.name, as: 'text' as const })));
    expect(table.rowCount).toBe(set.rowCount);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof OutsideError)) throw error;
    expect(error.message).toContain(name);
  }
}
