/**
 * Bounds-checked access to a table of a FlatBuffer, as Arrow writes its metadata. What lies outside the bytes
 * throws a RangeError.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #position: number;
  readonly #fields: number;
  readonly #fieldsBytes: number;

  private constructor(view: DataView, position: number) {
    this.#view = view;
    this.#position = position;
    this.#fields = position - view.getInt32(position, true);
    this.#fieldsBytes = view.getUint16(this.#fields, true);
  }

  /** The root table of a buffer, or the table that is pointed to from `position`. */
  static at(view: DataView, position = 0): FlatTable {
    return new FlatTable(view, position + view.getInt32(position, true));
  }

  /** A byte, 0 where the field is left out. */
  byte(field: number): number {
    const place = this.#place(field);
    return place === undefined ? 0 : this.#view.getUint8(place);
  }

  /** A whole number of 64 bits, 0 where the field is left out. @throws RangeError beyond 2^53. */
  long(field: number): number {
    const place = this.#place(field);
    return place === undefined ? 0 : longAt(this.#view, place);
  }

  table(field: number): FlatTable | undefined {
    const place = this.#place(field);
    return place === undefined ? undefined : FlatTable.at(this.#view, place);
  }

  /** Where the elements of a vector begin, every one of which lies within the bytes. */
  vector(field: number, elementBytes: number): readonly number[] {
    const place = this.#place(field);
    if (place === undefined) return [];
    const start = place + this.#view.getInt32(place, true);
    const length = this.#view.getInt32(start, true);
    if (length < 0 || start + 4 + length * elementBytes > this.#view.byteLength)
      throw new RangeError('a vector runs over');
    return Array.from({ length }, (_, index) => start + 4 + index * elementBytes);
  }

  tables(field: number): readonly FlatTable[] {
    return this.vector(field, 4).map((position) => FlatTable.at(this.#view, position));
  }

  /** A field of the table by its number, from 0. */
  #place(field: number): number | undefined {
    const entry = 4 + 2 * field;
    if (entry >= this.#fieldsBytes) return undefined;
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? undefined : this.#position + offset;
  }
}

/** @throws RangeError when it is beyond 2^53. */
export function longAt(view: DataView, position: number): number {
  const value = Number(view.getBigInt64(position, true));
  if (!Number.isSafeInteger(value)) throw new RangeError('a number is too large');
  return value;
}
