/**
 * Reads an LZ4 frame, as Arrow compresses its buffers by default: no library of the platform does. Format:
 * "LZ4 Frame Format Description" 1.6 and "LZ4 Block Format Description". Checksums are not verified.
 * @param expectedBytes length that the content must have.
 * @throws Error when the frame is malformed or its content has another length.
 */
export function decodeLz4Frame(frame: Uint8Array, expectedBytes: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== 0x184d2204) throw malformed('no frame');
  const flags = frame[4]!;
  if (flags >> 6 !== 1 || (flags & 1) === 1) throw malformed('an unknown version or a dictionary');
  const blockChecksumBytes = (flags & 0x10) === 0 ? 0 : 4;
  let position = 7 + ((flags & 0x08) === 0 ? 0 : 8);
  const output = new Uint8Array(expectedBytes);
  let written = 0;
  for (;;) {
    if (position + 4 > frame.length) throw malformed('it is cut off');
    const size = view.getUint32(position, true);
    position += 4;
    if (size === 0) break;
    const length = size & 0x7fffffff;
    if (position + length > frame.length) throw malformed('it is cut off');
    const block = frame.subarray(position, position + length);
    written = size >>> 31 === 1 ? copyBlock(block, output, written) : decodeBlock(block, output, written);
    position += length + blockChecksumBytes;
  }
  if (written !== expectedBytes) throw malformed(`${written} bytes where ${expectedBytes} are declared`);
  return output;
}

function copyBlock(block: Uint8Array, output: Uint8Array, written: number): number {
  if (written + block.length > output.length) throw malformed('it holds more than is declared');
  output.set(block, written);
  return written + block.length;
}

function decodeBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let read = 0;
  let written = start;
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15; more; ) {
      const byte = block[read++];
      if (byte === undefined) throw malformed('a block is cut off');
      length += byte;
      more = byte === 255;
    }
    return length;
  };
  while (read < block.length) {
    const token = block[read++]!;
    const literals = lengthOf(token >> 4);
    if (read + literals > block.length || written + literals > output.length)
      throw malformed('a literal runs over');
    output.set(block.subarray(read, read + literals), written);
    read += literals;
    written += literals;
    // The last sequence has literals only.
    if (read === block.length) break;
    const offset = block[read]! | ((block[read + 1] ?? 0) << 8);
    read += 2;
    const length = lengthOf(token & 15) + 4;
    if (offset === 0 || offset > written || written + length > output.length)
      throw malformed('a copy reaches outside');
    // Source and target may overlap: what was just written is copied again.
    if (offset >= length) output.copyWithin(written, written - offset, written - offset + length);
    else
      for (let index = 0; index < length; index++)
        output[written + index] = output[written - offset + index]!;
    written += length;
  }
  return written;
}

function malformed(reason: string): Error {
  return new Error(`an LZ4 frame is malformed: ${reason}`);
}
