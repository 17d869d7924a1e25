import { PbfReader } from 'pbf';
import { InputError } from '../errors.ts';

/** Numbers of protobuf's wire types. */
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

const decoder = new TextDecoder();

/** Longest text that is read: names and metadata are far shorter, and a longer one could fill the memory. */
const MOST_TEXT_BYTES = 64 * 1024 ** 2;
/** Most numbers that are read into one list. */
const MOST_NUMBERS = 2 ** 24;

/**
 * Walks over the fields of one protobuf message that may be hostile. The reader of the `pbf` package
 * checks no bounds; here every field must lie inside its message before anything is made of it, and
 * nothing is allocated beyond views on the bytes given. Each field can be had as the bytes it takes
 * (`raw`), so that a message can be written again with all other fields untouched.
 */
export class MessageReader {
  readonly what: string;
  private readonly bytes: Uint8Array;
  private readonly reader: PbfReader;
  private fieldStart = 0;
  private payloadStart = 0;
  private fieldEnd = 0;
  private wireType = 0;
  /** Number of the current field. */
  field = 0;

  /** @param what - names the message in errors, such as `node 3` */
  constructor(bytes: Uint8Array, what: string) {
    this.bytes = bytes;
    this.what = what;
    this.reader = new PbfReader(bytes);
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.fieldEnd >= this.bytes.length) return false;
    this.fieldStart = this.fieldEnd;
    this.reader.pos = this.fieldStart;
    const tag = this.varintAt('a field number');
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    if (this.field === 0) throw this.broken('a field has number 0');
    this.payloadStart = this.reader.pos;
    this.fieldEnd = this.findEnd();
    if (this.fieldEnd > this.bytes.length) {
      const lacking = this.fieldEnd - this.bytes.length;
      throw this.broken(`field ${this.field} is cut off, ${lacking} bytes are missing`);
    }
    return true;
  }

  /** A number; whole numbers beyond 2^53 are rounded. */
  integer(): number {
    this.expect(VARINT);
    this.reader.pos = this.payloadStart;
    return this.reader.readVarint(true);
  }

  float(): number {
    this.expect(FIXED_32);
    this.reader.pos = this.payloadStart;
    return this.reader.readFloat();
  }

  /** What a text, a message or packed numbers consist of; a view, not a copy. */
  content(): Uint8Array {
    this.expect(BYTES);
    return this.bytes.subarray(this.payloadStart, this.fieldEnd);
  }

  text(): string {
    const content = this.content();
    if (content.length > MOST_TEXT_BYTES) {
      throw this.broken(
        `the text of field ${this.field} has ${content.length} bytes; at most ${MOST_TEXT_BYTES} are read`,
      );
    }
    return decoder.decode(content);
  }

  /** The whole field with its tag, to be copied as it is. */
  raw(): Uint8Array {
    return this.bytes.subarray(this.fieldStart, this.fieldEnd);
  }

  /** Appends a repeated number, packed or not. */
  appendIntegers(list: number[], most = MOST_NUMBERS): void {
    if (this.wireType !== BYTES) {
      list.push(this.integer());
      this.refuseMore(list, most);
      return;
    }
    const end = this.fieldEnd;
    this.reader.pos = this.payloadStart;
    while (this.reader.pos < end) {
      list.push(this.varintAt('a packed number', true));
      this.refuseMore(list, most);
    }
    if (this.reader.pos !== end) throw this.broken(`the numbers of field ${this.field} are cut off`);
  }

  /** Appends a repeated 32-bit float, packed or not. */
  appendFloats(list: number[]): void {
    if (this.wireType !== BYTES) {
      list.push(this.float());
      return;
    }
    const content = this.content();
    if (content.length % 4 !== 0) throw this.broken(`the floats of field ${this.field} are cut off`);
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    for (let offset = 0; offset < content.length; offset += 4) {
      list.push(view.getFloat32(offset, true));
      this.refuseMore(list, MOST_NUMBERS);
    }
  }

  /** How many 32-bit floats the field holds, packed or not; nothing is read into memory. */
  countFloats(): number {
    if (this.wireType !== BYTES) {
      this.expect(FIXED_32);
      return 1;
    }
    const { length } = this.content();
    if (length % 4 !== 0) throw this.broken(`the floats of field ${this.field} are cut off`);
    return length / 4;
  }

  /** How many whole numbers the field holds, packed or not; nothing is read into memory. */
  countIntegers(): number {
    if (this.wireType !== BYTES) {
      this.expect(VARINT);
      return 1;
    }
    let count = 0;
    for (const byte of this.content()) if (byte < 0x80) count += 1;
    return count;
  }

  /** The bytes of a repeated 32-bit float or 64-bit double, packed or not; a view. */
  numbers(): Uint8Array {
    return this.bytes.subarray(this.payloadStart, this.fieldEnd);
  }

  private findEnd(): number {
    switch (this.wireType) {
      case VARINT:
        this.varintAt(`field ${this.field}`);
        return this.reader.pos;
      case FIXED_64:
        return this.payloadStart + 8;
      case FIXED_32:
        return this.payloadStart + 4;
      case BYTES: {
        const length = this.varintAt(`the length of field ${this.field}`);
        this.payloadStart = this.reader.pos;
        return this.payloadStart + length;
      }
      default:
        throw this.broken(`field ${this.field} has the unknown wire type ${this.wireType}`);
    }
  }

  private varintAt(what: string, isSigned = false): number {
    let value: number;
    try {
      value = this.reader.readVarint(isSigned);
    } catch {
      throw this.broken(`${what} is longer than ten bytes`);
    }
    if (this.reader.pos > this.bytes.length) throw this.broken(`${what} is cut off`);
    return value;
  }

  private expect(wireType: number): void {
    if (this.wireType === wireType) return;
    throw this.broken(`field ${this.field} has wire type ${this.wireType} instead of ${wireType}`);
  }

  private refuseMore(list: readonly number[], most: number): void {
    if (list.length <= most) return;
    throw this.broken(`field ${this.field} has more than ${most} numbers`);
  }

  private broken(problem: string): InputError {
    return new InputError(`${this.what}: ${problem}`);
  }
}
