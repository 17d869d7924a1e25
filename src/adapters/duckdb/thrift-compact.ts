/** What a field of a struct is, by its type number in Thrift's compact protocol. */
const TYPE = {
  true: 1,
  false: 2,
  byte: 3,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

const DEEPEST = 32;

/** The fields of one struct: numbers of the integer ones, and the numbers of all fields that are there. */
export type ThriftStruct = {
  readonly integers: ReadonlyMap<number, number>;
  readonly fields: ReadonlySet<number>;
  /** Bytes that the struct takes. */
  readonly byteLength: number;
};

/**
 * Reads a struct in Thrift's compact protocol, as Parquet writes its headers, skipping what lies within.
 * @throws RangeError when the bytes end early or are no such struct.
 */
export function readThriftStruct(bytes: Uint8Array): ThriftStruct {
  const reader = new CompactReader(bytes);
  const integers = new Map<number, number>();
  const fields = new Set<number>();
  reader.struct(0, (field, type) => {
    fields.add(field);
    if (type < TYPE.byte || type >= TYPE.double) return false;
    integers.set(field, reader.integer(type));
    return true;
  });
  return { integers, fields, byteLength: reader.position };
}

class CompactReader {
  readonly #bytes: Uint8Array;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param take reads the value of a field, or returns false to have it skipped. */
  struct(depth: number, take: (field: number, type: number) => boolean): void {
    if (depth > DEEPEST) throw new RangeError('structs are nested too deeply');
    let field = 0;
    for (;;) {
      const byte = this.#byte();
      if (byte === 0) return;
      const type = byte & 15;
      field = byte >> 4 === 0 ? this.integer(4) : field + (byte >> 4);
      if (!take(field, type)) this.#skip(type, depth, false);
    }
  }

  /** Numbers beyond 2^53 lose digits. */
  integer(type: number): number {
    if (type === TYPE.byte) return (this.#byte() << 24) >> 24;
    const raw = this.#varint();
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  #skip(type: number, depth: number, isElement: boolean): void {
    if (depth > DEEPEST) throw new RangeError('values are nested too deeply');
    if (type === TYPE.true || type === TYPE.false) {
      // In a struct the type is the value.
      if (isElement) this.#advance(1);
    } else if (type === TYPE.byte) this.#advance(1);
    else if (type < TYPE.double) this.#varint();
    else if (type === TYPE.double) this.#advance(8);
    else if (type === TYPE.binary) this.#advance(this.#varint());
    else if (type === TYPE.list || type === TYPE.set) this.#skipList(depth);
    else if (type === TYPE.map) this.#skipMap(depth);
    else if (type === TYPE.struct) this.struct(depth + 1, () => false);
    else throw new RangeError(`${type} is no type`);
  }

  #skipList(depth: number): void {
    const header = this.#byte();
    const length = header >> 4 === 15 ? this.#varint() : header >> 4;
    for (let index = 0; index < length; index++) this.#skip(header & 15, depth + 1, true);
  }

  #skipMap(depth: number): void {
    const length = this.#varint();
    if (length === 0) return;
    const types = this.#byte();
    for (let index = 0; index < length; index++) {
      this.#skip(types >> 4, depth + 1, true);
      this.#skip(types & 15, depth + 1, true);
    }
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number does not end');
  }

  #byte(): number {
    const byte = this.#bytes[this.position];
    if (byte === undefined) throw new RangeError('the bytes end early');
    this.position += 1;
    return byte;
  }

  #advance(length: number): void {
    if (this.position + length > this.#bytes.length) throw new RangeError('the bytes end early');
    this.position += length;
  }
}
