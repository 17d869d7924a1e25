import { describe, expect, it } from 'vitest';
import {
  FrameReader,
  readAnswer,
  readRows,
  requireAnswerSize,
  writeAnswer,
  writeRows,
} from '../../../src/adapters/onnx/frames.ts';
import type { AnswerFrame } from '../../../src/adapters/onnx/worker-protocol.ts';

const ANSWERS: readonly AnswerFrame[] = [
  { batch: 3, width: 2, values: Float64Array.of(1, Number.NaN, -0, 1e300) },
  { batch: 4, width: 1, values: Float64Array.of(5), labels: Int32Array.of(-1) },
  { batch: 0xffffffff, width: 1, values: new Float64Array(0) },
  { batch: 5, width: 3, values: Float64Array.of(1, 2, 3), labels: Int32Array.of(2) },
];

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const STREAM = joined(ANSWERS.flatMap(writeAnswer));

/** The answers of a stream that comes in the given pieces. */
function answersOf(pieces: readonly Uint8Array[]): readonly AnswerFrame[] {
  const found: AnswerFrame[] = [];
  const reader = new FrameReader((frame) => {
    const sent = ANSWERS[found.length]!;
    found.push(readAnswer(frame, sent.values.length / sent.width));
  });
  for (const piece of pieces) reader.push(piece);
  return found;
}

describe('frames', () => {
  it('are the same wherever the stream is cut once', () => {
    for (let cut = 0; cut <= STREAM.length; cut++)
      expect(answersOf([STREAM.slice(0, cut), STREAM.slice(cut)])).toEqual(ANSWERS);
  });

  it('are the same wherever the stream is cut twice', () => {
    for (let first = 0; first <= STREAM.length; first++) {
      for (let second = first; second <= STREAM.length; second += 7) {
        const pieces = [STREAM.slice(0, first), STREAM.slice(first, second), STREAM.slice(second)];
        expect(answersOf(pieces)).toEqual(ANSWERS);
      }
    }
  });

  it.each([1, 2, 3, 15, 16, 17, 1000])('are the same in pieces of %i bytes', (size) => {
    const count = Math.ceil(STREAM.length / size);
    const pieces = Array.from({ length: count }, (_, index) =>
      STREAM.slice(index * size, (index + 1) * size),
    );
    expect(answersOf(pieces)).toEqual(ANSWERS);
  });

  it('are delivered as soon as their last byte is there', () => {
    let seen = 0;
    const reader = new FrameReader(() => {
      seen += 1;
    });
    const bytes = joined(writeAnswer(ANSWERS[0]!));
    reader.push(bytes.subarray(0, -1));
    expect(seen).toBe(0);
    reader.push(bytes.subarray(-1));
    expect(seen).toBe(1);
  });

  it('of rows carry their bytes', () => {
    const payload = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer;
    const rows = { batch: 9, rowCount: 2, payload };
    const seen: unknown[] = [];
    new FrameReader((frame) => seen.push(readRows(frame))).push(joined(writeRows(rows)));
    expect(seen).toEqual([rows]);
  });

  it('are refused by their header, before the body is there', () => {
    const reader = new FrameReader(
      () => expect.unreachable(),
      (head) => requireAnswerSize(head, 1),
    );
    const header = new Uint8Array(Uint32Array.of(0, 1, 0, 0xffffffff).buffer);
    reader.push(header.subarray(0, 15));
    expect(() => reader.push(header.subarray(15))).toThrow(/4294967295 bytes holds no 1 values for 1 rows/);
  });
});
