import type { BatchColumn, BatchRequest, RowBatch } from '../../core/data/row-source.ts';
import type { NumberColumn, TextColumn } from '../../core/data/table.ts';
import type { BoundColumn, BoundInput, InputBinding } from '../../core/scoring/binding.ts';
import { spell } from '../../core/scoring/input-hints.ts';
import { isWholeType } from '../../core/scoring/input-types.ts';
import { encodeWhole, type Place, type RefuseRow } from './encode-whole.ts';
import {
  type InputLayout,
  inputBytes,
  type PayloadLayout,
  type TypedView,
  viewOf,
} from './payload-layout.ts';

export type BatchEncoder = {
  /** What is read of the rows, each column once for each way it is wanted. */
  readonly requests: readonly BatchRequest[];
  /** Where the values of an input lie in the bytes of a batch. Texts are those of the batches' dictionaries. */
  readonly layoutFor: (batch: RowBatch) => PayloadLayout;
  /** The bytes of all inputs of a batch, one after the other; in the buffer of an earlier one where it has the size. */
  readonly encode: (batch: RowBatch, refuse: RefuseRow, used?: ArrayBuffer) => ArrayBuffer;
};

export function createEncoder(binding: InputBinding): BatchEncoder {
  const keys = new Map<string, BatchRequest>();
  for (const { name, as } of binding.inputs.flatMap(({ columns }) => columns))
    keys.set(`${as} ${name}`, { name, as });
  const positions = new Map([...keys.keys()].map((key, position) => [key, position]));
  const columnOf = (batch: RowBatch, { name, as }: BoundColumn) =>
    batch.columns[positions.get(`${as} ${name}`)!]!;
  const columnsOf = (batch: RowBatch, input: BoundInput) =>
    input.columns.map((column) => ({ bound: column, column: columnOf(batch, column) }));
  return {
    requests: [...keys.values()],
    layoutFor: (batch) => ({
      inputs: binding.inputs.map((input) => layoutOf(input, columnsOf(batch, input))),
      ...(binding.batch === undefined ? {} : { batch: binding.batch }),
    }),
    encode: (batch, refuse, used) => {
      const sizes = binding.inputs.map((input) =>
        inputBytes({ type: input.type, width: widthOf(input) }, batch.rowCount),
      );
      const bytes = sizes.reduce((total, size) => total + size, 0);
      const buffer = used?.byteLength === bytes ? used : new ArrayBuffer(bytes);
      let offset = 0;
      for (const [index, input] of binding.inputs.entries()) {
        const target = viewOf(input.type, buffer, offset, batch.rowCount * widthOf(input));
        encodeInput({ input, columns: columnsOf(batch, input), target, rowCount: batch.rowCount, refuse });
        offset += sizes[index]!;
      }
      return buffer;
    },
  };
}

type ReadColumn = { readonly bound: BoundColumn; readonly column: BatchColumn };

function layoutOf(input: BoundInput, columns: readonly ReadColumn[]): InputLayout {
  const { input: name, type, rowShape, hasRows } = input;
  const layout = { name, type, rowShape, hasRows, width: widthOf(input) };
  return type === 'string' ? { ...layout, texts: textsOf(columns) } : layout;
}

/** Values of one row. An input that is fed nothing takes its default for as many as it is wide. */
function widthOf({ rowShape }: BoundInput): number {
  return rowShape.reduce((product, size) => product * size, 1);
}

/** The texts of all columns behind each other, each column's followed by what stands for its missing value. */
function textsOf(columns: readonly ReadColumn[]): readonly string[] {
  if (columns.length === 0) return [''];
  return columns.flatMap(({ bound, column }) => [
    ...textColumn(column).dictionary.map((text) => spell(text, bound.spelling)),
    String(bound.missing ?? ''),
  ]);
}

function textColumn(column: BatchColumn): TextColumn {
  if (column.kind === 'text') return column;
  throw new Error(`the column ${column.name} was not read as text`);
}

type EncodeRequest = {
  readonly input: BoundInput;
  readonly columns: readonly ReadColumn[];
  readonly target: TypedView;
  readonly rowCount: number;
  readonly refuse: RefuseRow;
};

function encodeInput({ input, columns, target, rowCount, refuse }: EncodeRequest): void {
  const { type } = input;
  const stride = columns.length;
  let firstText = 0;
  for (const [position, { bound, column }] of columns.entries()) {
    const place: Place = { target, position, stride, rowCount };
    if (type === 'string') {
      const text = textColumn(column);
      encodeTexts(text, firstText, place);
      firstText += text.dictionary.length + 1;
    } else if (column.kind === 'text') {
      throw new Error(`the column ${column.name} was read as text where numbers are bound`);
    } else if (type === 'bool' || isWholeType(type)) {
      encodeWhole({ bound, column, type, place, refuse });
    } else {
      encodeReal(numberColumn(column), bound.missing, place);
    }
  }
}

function encodeTexts({ codes, dictionary }: TextColumn, firstText: number, place: Place): void {
  const { position, stride, rowCount } = place;
  const target = place.target as Int32Array;
  const missing = firstText + dictionary.length;
  for (let row = 0, at = position; row < rowCount; row++, at += stride) {
    const code = codes[row]!;
    target[at] = code < 0 ? missing : firstText + code;
  }
}

function encodeReal({ values }: NumberColumn, missing: number | string | undefined, place: Place): void {
  const { position, stride, rowCount } = place;
  const target = place.target as Float32Array | Float64Array;
  if (typeof missing === 'number' && !Number.isNaN(missing)) {
    for (let row = 0, at = position; row < rowCount; row++, at += stride) {
      const value = values[row]!;
      target[at] = Number.isNaN(value) ? missing : value;
    }
  } else if (stride === 1) {
    target.set(values);
  } else {
    for (let row = 0, at = position; row < rowCount; row++, at += stride) target[at] = values[row]!;
  }
}

function numberColumn(column: BatchColumn): NumberColumn {
  if (column.kind === 'number') return column;
  throw new Error(`the column ${column.name} was not read as numbers`);
}
