import { describe, expect, it } from 'vitest';
import { decodeLz4Frame } from '../../../src/adapters/duckdb/lz4-frame.ts';

const HEADER = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
const END = [0, 0, 0, 0];

function frame(...block: number[]): Uint8Array {
  return Uint8Array.from([...HEADER, block.length, 0, 0, 0, ...block, ...END]);
}

describe('an LZ4 frame', () => {
  it('copies what was just written, also where it overlaps', () => {
    // Two literals, a copy of six bytes from two back, and a last literal.
    const content = decodeLz4Frame(frame(0x22, 0x61, 0x62, 2, 0, 0x10, 0x63), 9);
    expect(Buffer.from(content).toString()).toBe('ababababc');
  });

  it('takes a block that is not compressed', () => {
    const bytes = Uint8Array.from([...HEADER, 2, 0, 0, 0x80, 0x68, 0x69, ...END]);
    expect(Buffer.from(decodeLz4Frame(bytes, 2)).toString()).toBe('hi');
  });

  it.each([
    ['no frame', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 1, /no frame/],
    ['a missing end', frame(0x10, 0x63).subarray(0, -4), 1, /cut off/],
    ['a copy from before the beginning', frame(0x12, 0x61, 9, 0, 0x10, 0x63), 8, /reaches outside/],
    ['more than was declared', frame(0x20, 0x61, 0x62), 1, /runs over/],
    ['less than was declared', frame(0x20, 0x61, 0x62), 3, /2 bytes where 3/],
  ])('with %s is refused', (_, bytes, length, reason) => {
    expect(() => decodeLz4Frame(bytes, length)).toThrow(reason);
  });
});
