/** Bits one after another, the highest of each byte first. */

const FIRST_BYTES = 1024;

/** Collects bits; the last byte is filled up with zeros. */
export class BitWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #position = 0;

  /** That many ones and a zero. */
  writeUnary(count: number): void {
    for (let left = count; left > 0; left -= 32) {
      const ones = Math.min(left, 32);
      this.writeBits(2 ** ones - 1, ones);
    }
    this.writeBits(0, 1);
  }

  /** The lowest `bits` (0 to 32) of a whole number below 2^32. */
  writeBits(value: number, bits: number): void {
    this.#reserve(bits);
    let left = bits;
    while (left > 0) {
      const free = 8 - (this.#position & 7);
      const taken = Math.min(free, left);
      const part = (value >>> (left - taken)) & (2 ** taken - 1);
      const index = this.#position >>> 3;
      this.#bytes[index] = this.#bytes[index]! | (part << (free - taken));
      this.#position += taken;
      left -= taken;
    }
  }

  toBytes(): Uint8Array {
    return this.#bytes.slice(0, Math.ceil(this.#position / 8));
  }

  #reserve(bits: number): void {
    const needed = Math.ceil((this.#position + bits) / 8);
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what a `BitWriter` wrote. Whoever reads beyond the end gets `undefined`, and never loops. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#end = bytes.length * 8;
  }

  /** Number of ones before the next zero; undefined when there are more than `most`, or no zero comes. */
  readUnary(most: number): number | undefined {
    for (let count = 0; count <= most; count++) {
      const bit = this.readBits(1);
      if (bit === undefined) return undefined;
      if (bit === 0) return count;
    }
    return undefined;
  }

  /** A whole number of that many bits (0 to 32); undefined when there are fewer left. */
  readBits(bits: number): number | undefined {
    if (this.#position + bits > this.#end) return undefined;
    let value = 0;
    let left = bits;
    while (left > 0) {
      const free = 8 - (this.#position & 7);
      const taken = Math.min(free, left);
      const byte = this.#bytes[this.#position >>> 3]!;
      value = value * 2 ** taken + ((byte >>> (free - taken)) & (2 ** taken - 1));
      this.#position += taken;
      left -= taken;
    }
    return value;
  }

  /** Whether nothing is left but the zeros that fill up the last byte. */
  isAtEnd(): boolean {
    const left = this.#end - this.#position;
    return left < 8 && this.readBits(left) === 0;
  }
}
