import { isUtf8 } from 'node:buffer';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Batch, Column, DataType, Table } from '@uwdata/flechette';
import { InputError } from '../../core/errors.ts';
import { shorten } from './sql-text.ts';

type Duckdb = typeof import('@duckdb/node-api');

/** A column of an Arrow file as DuckDB takes it. */
export type ArrowColumn = {
  readonly name: string;
  readonly sqlType: string;
  readonly duckdbType: (duckdb: Duckdb) => DuckDBType;
  /** Makes what reads the rows from `from` to before `to`. */
  readonly reader: (duckdb: Duckdb) => (from: number, to: number) => readonly DuckDBValue[];
};

type Conversion = {
  readonly sqlType: string;
  readonly duckdbType: (duckdb: Duckdb) => DuckDBType;
  /** What becomes of a value that is there; absent: it stays as it is. */
  readonly convert?: (duckdb: Duckdb, value: unknown) => DuckDBValue;
};

/** Numbers of the types, as Arrow's schema writes them. */
const TYPE = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  text: 5,
  boolean: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  largeText: 20,
  textView: 24,
} as const;

const NAMES: Readonly<Record<number, string>> = {
  4: 'binary',
  11: 'an interval',
  12: 'a list',
  13: 'a struct',
  14: 'a union',
  15: 'binary',
  16: 'a list',
  17: 'a map',
  18: 'a duration',
  19: 'binary',
  21: 'a list',
  22: 'run-end encoded',
  23: 'binary',
  25: 'a list',
  26: 'a list',
};

export function isBigEndian({ schema }: Table): boolean {
  return schema.endianness === 1;
}

/** @throws InputError naming a column of a type that is not read. */
export function arrowColumnOf(subject: string, name: string, column: Column<unknown>): ArrowColumn {
  const conversion = conversionOf(valueTypeOf(column.type));
  if (conversion === undefined) {
    const type = NAMES[valueTypeOf(column.type).typeId] ?? 'of another type';
    throw new InputError(
      `${subject}: column "${shorten(name, 60)}" is ${type}, which is not read from Arrow; leave it out, make columns of it, or write the data as Parquet`,
    );
  }
  const { sqlType, duckdbType, convert } = conversion;
  return {
    name,
    sqlType,
    duckdbType,
    reader: (duckdb) => (from, to) => {
      const values: DuckDBValue[] = [];
      for (let row = from; row < to; row++) {
        const value: unknown = column.at(row);
        if (value === undefined) throw new InputError(`${subject}: column "${shorten(name, 60)}" is damaged`);
        values.push(
          value === null || convert === undefined ? (value as DuckDBValue) : convert(duckdb, value),
        );
      }
      return values;
    },
  };
}

function valueTypeOf(type: DataType): DataType {
  return type.typeId === TYPE.dictionary ? type.dictionary : type;
}

function conversionOf(type: DataType): Conversion | undefined {
  switch (type.typeId) {
    case TYPE.null:
    case TYPE.text:
    case TYPE.largeText:
    case TYPE.textView:
      return { sqlType: 'VARCHAR', duckdbType: ({ VARCHAR }) => VARCHAR };
    case TYPE.boolean:
      return { sqlType: 'BOOLEAN', duckdbType: ({ BOOLEAN }) => BOOLEAN };
    case TYPE.int: {
      const width = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' } as const;
      const signed = width[type.bitWidth];
      const sqlType = type.signed ? signed : (`U${signed}` as const);
      return { sqlType, duckdbType: (duckdb) => duckdb[sqlType] };
    }
    case TYPE.float: {
      const sqlType = type.precision === 2 ? 'DOUBLE' : 'FLOAT';
      return { sqlType, duckdbType: (duckdb) => duckdb[sqlType] };
    }
    case TYPE.decimal: {
      const { precision, scale } = type;
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) return undefined;
      const largest = 10n ** BigInt(precision);
      return {
        sqlType: `DECIMAL(${precision},${scale})`,
        duckdbType: ({ DECIMAL }) => DECIMAL(precision, scale),
        convert: ({ DuckDBDecimalValue }, value) => {
          const digits = BigInt(value as number | bigint);
          if (digits >= largest || -digits >= largest) throw new RangeError(`more than ${precision} digits`);
          return new DuckDBDecimalValue(digits, precision, scale);
        },
      };
    }
    case TYPE.date:
      return {
        sqlType: 'DATE',
        duckdbType: ({ DATE }) => DATE,
        convert: ({ DuckDBDateValue }, value) =>
          new DuckDBDateValue(Math.floor((value as number) / 86_400_000)),
      };
    case TYPE.time:
      return {
        sqlType: 'TIME',
        duckdbType: ({ TIME }) => TIME,
        convert: ({ DuckDBTimeValue }, value) => new DuckDBTimeValue(microseconds(type.unit, value)),
      };
    case TYPE.timestamp:
      return timestampConversion(type);
    default:
      return undefined;
  }
}

function timestampConversion(type: DataType & { readonly typeId: 10 }): Conversion {
  const { unit, timezone } = type;
  if (timezone !== null) {
    return {
      sqlType: 'TIMESTAMP WITH TIME ZONE',
      duckdbType: ({ TIMESTAMPTZ }) => TIMESTAMPTZ,
      convert: ({ DuckDBTimestampTZValue }, value) => new DuckDBTimestampTZValue(microseconds(unit, value)),
    };
  }
  if (unit === 3) {
    return {
      sqlType: 'TIMESTAMP_NS',
      duckdbType: ({ TIMESTAMP_NS }) => TIMESTAMP_NS,
      convert: ({ DuckDBTimestampNanosecondsValue }, value) =>
        new DuckDBTimestampNanosecondsValue(value as bigint),
    };
  }
  return {
    sqlType: 'TIMESTAMP',
    duckdbType: ({ TIMESTAMP }) => TIMESTAMP,
    convert: ({ DuckDBTimestampValue }, value) => new DuckDBTimestampValue(microseconds(unit, value)),
  };
}

/** Seconds, milli-, micro- or nanoseconds as microseconds; of nanoseconds the rest is cut off downwards. */
function microseconds(unit: number, value: unknown): bigint {
  const count = BigInt(value as number | bigint);
  if (unit < 3) return count * 1000n ** BigInt(2 - unit);
  const whole = count / 1000n;
  return count % 1000n < 0n ? whole - 1n : whole;
}

/**
 * Checks that the buffers of a column hold what its batches declare, since the library reads what is not
 * there as nothing.
 * @throws Error naming the column.
 */
export function checkBatches(column: Column<unknown>, name: string, rowCount: number): void {
  const damaged = (what: string) => new Error(`column "${shorten(name, 60)}": ${what}`);
  if (column.length !== rowCount) throw damaged(`${column.length} rows where the table has ${rowCount}`);
  for (const batch of column.data as readonly (Batch<unknown> & {
    readonly dictionary?: Column<unknown>;
  })[]) {
    checkBatch(batch, damaged);
    if (batch.dictionary) checkBatches(batch.dictionary, name, batch.dictionary.length);
  }
}

function checkBatch(batch: Batch<unknown>, damaged: (what: string) => Error): void {
  const { length, nullCount, validity, values, type } = batch;
  if (!(length >= 0) || nullCount < 0 || nullCount > length) throw damaged('impossible counts');
  if (type.typeId === TYPE.null) return;
  if (nullCount > 0 && (validity?.length ?? 0) * 8 < length)
    throw damaged('its marks of missing values end early');
  if (type.typeId === TYPE.text || type.typeId === TYPE.largeText) {
    checkTexts(batch, damaged);
    return;
  }
  if (type.typeId === TYPE.textView) {
    checkTextViews(batch, damaged);
    return;
  }
  const needed = neededValues(type, length);
  if (needed !== undefined && (values?.length ?? 0) < needed) throw damaged('its values end early');
}

/** Elements that the buffer of values must have; undefined for types that are refused anyway. */
function neededValues(type: DataType, length: number): number | undefined {
  switch (type.typeId) {
    case TYPE.boolean:
      return Math.ceil(length / 8);
    case TYPE.decimal:
      return type.bitWidth === 32 ? length : (length * type.bitWidth) / 64;
    case TYPE.dictionary:
    case TYPE.int:
    case TYPE.float:
    case TYPE.date:
    case TYPE.time:
    case TYPE.timestamp:
      return length;
    default:
      return undefined;
  }
}

function checkTexts({ length, offsets, values }: Batch<unknown>, damaged: (what: string) => Error): void {
  if (length === 0) return;
  const bytes = values as Uint8Array;
  if (offsets === undefined || offsets.length <= length) throw damaged('its texts end early');
  let before = Number(offsets[0]);
  if (!isUtf8(bytes.subarray(before, Number(offsets[length])))) throw damaged('its texts are not UTF-8');
  for (let row = 1; row <= length; row++) {
    const next = Number(offsets[row]);
    const isWithinCharacter = next < bytes.length && (bytes[next]! & 0xc0) === 0x80;
    if (before < 0 || next < before || next > bytes.length || (isWithinCharacter && row < length))
      throw damaged('its texts have no place');
    before = next;
  }
}

/** A view is 16 bytes, which begin with the length of its text. */
function checkTextViews(batch: Batch<unknown>, damaged: (what: string) => Error): void {
  const { length, values } = batch;
  const bytes = values as Uint8Array;
  if (length > 0 && (bytes?.length ?? 0) < length * 16) throw damaged('its texts end early');
  const views = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { view } = batch as unknown as { readonly view: (row: number) => Uint8Array | undefined };
  for (let row = 0; row < length; row++) {
    const text = view.call(batch, row);
    if (text?.length !== views.getInt32(row * 16, true)) throw damaged('its texts have no place');
    if (!isUtf8(text)) throw damaged('its texts are not UTF-8');
  }
}
