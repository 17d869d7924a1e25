import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEncoder } from '../../../src/adapters/onnx/encode-batch.ts';
import { type InputLayout, inputBytes, viewOf } from '../../../src/adapters/onnx/payload-layout.ts';
import type { BatchColumn, RowBatch } from '../../../src/core/data/row-source.ts';
import type { BoundColumn, BoundInput, InputBinding } from '../../../src/core/scoring/binding.ts';
import type { InputType } from '../../../src/core/scoring/input-types.ts';

/** A cell as its column holds it; undefined is missing. */
type Cell = number | bigint | string | undefined;
type Feed = { readonly bound: BoundColumn; readonly cells: readonly Cell[] };
type InputCase = { readonly type: InputType; readonly feeds: readonly Feed[] };

/** Bits of a type of whole numbers, and whether it has a sign. */
const WHOLE: Readonly<Partial<Record<InputType, readonly [bits: number, isSigned: boolean]>>> = {
  ...{ int64: [64, true], int32: [32, true], int16: [16, true], int8: [8, true] },
  ...{ uint64: [64, false], uint32: [32, false], uint16: [16, false], uint8: [8, false] },
};

/** What one cell becomes, spelled out the slow way; undefined where the row is refused. */
function convertCell(type: InputType, { bound }: Feed, cell: Cell): number | bigint | string | undefined {
  if (type === 'string') return cell === undefined ? String(bound.missing) : String(cell);
  if (type === 'float' || type === 'double' || type === 'float16') {
    const value = cell === undefined ? (bound.missing as number) : Number(cell);
    return type === 'float' ? Math.fround(value) : type === 'float16' ? Math.f16round(value) : value;
  }
  const value = cell ?? (bound.missing as number | undefined);
  if (value === undefined) return undefined;
  if (type === 'bool') return Number(value) === 0 ? 0 : 1;
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const [bits, isSigned] = WHOLE[type]!;
  const exact = BigInt(value);
  const held = isSigned ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact);
  if (held !== exact) return undefined;
  return bits === 64 ? exact : Number(exact);
}

function columnOf({ bound, cells }: Feed): BatchColumn {
  const { name, as } = bound;
  if (as === 'text') {
    const dictionary = [...new Set(cells.filter((cell) => cell !== undefined).map(String))];
    const codes = Int32Array.from(cells, (cell) =>
      cell === undefined ? -1 : dictionary.indexOf(String(cell)),
    );
    return { kind: 'text', name, codes, dictionary };
  }
  if (as === 'integer') {
    const values = BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0));
    return {
      kind: 'integer',
      name,
      values,
      missing: Uint8Array.from(cells, (cell) => Number(cell === undefined)),
    };
  }
  return { kind: 'number', name, values: Float64Array.from(cells, (cell) => Number(cell ?? Number.NaN)) };
}

/** The values of an input as they lie in the bytes of a batch, row by row. */
function decode(layout: InputLayout, buffer: ArrayBuffer, place: { offset: number; rowCount: number }) {
  const length = place.rowCount * layout.width;
  const { type } = layout;
  if (type === 'int64') return [...new BigInt64Array(buffer, place.offset, length)];
  if (type === 'uint64') return [...new BigUint64Array(buffer, place.offset, length)];
  const values = [...viewOf(type, buffer, place.offset, length)];
  return type === 'string' ? values.map((position) => layout.texts![position]) : values;
}

const LIMITS = [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, -(2n ** 31n), 2n ** 31n, 255n, 256n, -1n, 0n];
const realCell = fc.option(
  fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -300, max: 70_000 }),
    fc.constantFrom(...LIMITS.map(Number), 2 ** 64, 2 ** 63),
  ),
  { nil: undefined },
);
const wholeCell = fc.option(
  fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(...LIMITS),
    fc.bigInt({ min: -300n, max: 70_000n }),
  ),
  { nil: undefined },
);
const textCell = fc.option(fc.string({ maxLength: 3 }), { nil: undefined });
const missingNumber = fc.option(fc.constantFrom<number[]>(0, -1, 7, 300, 0.5), { nil: undefined });

function feedFor(type: InputType, rowCount: number): fc.Arbitrary<Feed> {
  const cells = (cell: fc.Arbitrary<Cell>) => fc.array(cell, { minLength: rowCount, maxLength: rowCount });
  if (type === 'string') {
    return fc.record({
      bound: fc.constantFrom('', 'nan').map((missing): BoundColumn => ({ name: 'x', as: 'text', missing })),
      cells: cells(textCell),
    });
  }
  if (['float', 'double', 'float16'].includes(type)) {
    return fc.record({
      bound: missingNumber.map((missing = Number.NaN): BoundColumn => ({ name: 'x', as: 'number', missing })),
      cells: cells(realCell),
    });
  }
  return fc.boolean().chain((isWhole) =>
    fc.record({
      bound: missingNumber.map(
        (missing): BoundColumn => ({
          name: 'x',
          as: isWhole ? 'integer' : 'number',
          // No number is missing in a column of booleans.
          ...(missing === undefined || type === 'bool' ? {} : { missing }),
        }),
      ),
      cells: cells(isWhole ? wholeCell : realCell),
    }),
  );
}

const TYPES = [...Object.keys(WHOLE), 'float', 'double', 'float16', 'bool', 'string'] as InputType[];

const batches = fc.integer({ min: 1, max: 9 }).chain((rowCount) =>
  fc.record({
    rowCount: fc.constant(rowCount),
    inputs: fc.array(
      fc
        .constantFrom(...TYPES)
        .chain((type) =>
          fc
            .array(feedFor(type, rowCount), { minLength: 1, maxLength: 3 })
            .map((feeds): InputCase => ({ type, feeds })),
        ),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

/** Every column has a name of its own, as in data. */
function bindAll(inputs: readonly InputCase[]): {
  binding: InputBinding;
  columns: BatchColumn[];
  feeds: Feed[][];
} {
  let count = 0;
  const feeds = inputs.map((input) =>
    input.feeds.map((feed) => ({ ...feed, bound: { ...feed.bound, name: `c${count++}` } })),
  );
  const bound = inputs.map(({ type }, index): BoundInput => {
    const columns = feeds[index]!.map((feed) => feed.bound);
    return { input: `i${index}`, type, columns, rowShape: [columns.length], hasRows: true };
  });
  return { binding: { by: 'by position', inputs: bound }, columns: feeds.flat().map(columnOf), feeds };
}

describe('the encoder', () => {
  it('gives what is had cell by cell, and refuses the same rows', () => {
    fc.assert(
      fc.property(batches, ({ rowCount, inputs }) => {
        const { binding, columns, feeds } = bindAll(inputs);
        const batch: RowBatch = { rowCount, columns };
        const encoder = createEncoder(binding);
        const refused = new Set<number>();
        const buffer = encoder.encode(batch, (row) => refused.add(row), new ArrayBuffer(8));
        const expectedRefused = new Set<number>();
        let offset = 0;
        for (const [index, layout] of encoder.layoutFor(batch).inputs.entries()) {
          const expected = Array.from({ length: rowCount }, (_, row) =>
            feeds[index]!.map((feed) => {
              const value = convertCell(layout.type, feed, feed.cells[row]);
              if (value === undefined) expectedRefused.add(row);
              return value ?? (layout.type === 'int64' || layout.type === 'uint64' ? 0n : 0);
            }),
          ).flat();
          expect(decode(layout, buffer, { offset, rowCount })).toEqual(expected);
          offset += inputBytes(layout, rowCount);
        }
        expect(buffer.byteLength).toBe(offset);
        expect(refused).toEqual(expectedRefused);
      }),
      { seed: 20_260_101, numRuns: 2000 },
    );
  });

  it('takes the buffer of an earlier batch, and nothing of it stays', () => {
    const bound: BoundColumn = { name: 'a', as: 'number' };
    const input: BoundInput = { input: 'i', type: 'int64', columns: [bound], rowShape: [1], hasRows: true };
    const encoder = createEncoder({ by: 'by name', inputs: [input] });
    const rows = (cells: Cell[]) => ({ rowCount: cells.length, columns: [columnOf({ bound, cells })] });
    const refused: string[] = [];
    const first = encoder.encode(rows([5, 6]), () => undefined);
    const second = encoder.encode(
      rows([7, undefined]),
      (row, reason) => refused.push(`${row}: ${reason}`),
      first,
    );
    expect(second).toBe(first);
    expect([...new BigInt64Array(second)]).toEqual([7n, 0n]);
    expect(refused).toEqual(['1: a has no value, which int64 cannot hold']);
  });

  it.each(['int64', 'uint64', 'int32', 'bool'] as const)('refuses what no 64 bits hold, for %s', (type) => {
    const bound: BoundColumn = { name: 'a', as: 'integer', missing: 9 };
    const input: BoundInput = { input: 'i', type, columns: [bound], rowShape: [1], hasRows: true };
    const refused: string[] = [];
    createEncoder({ by: 'by name', inputs: [input] }).encode(
      {
        rowCount: 2,
        columns: [{ kind: 'integer', name: 'a', values: new BigInt64Array(2), missing: Uint8Array.of(1, 2) }],
      },
      (row, reason) => refused.push(`${row}: ${reason}`),
    );
    expect(refused).toEqual([`1: a has a value that ${type} cannot hold`]);
  });
});
