import type { AnswerFrame, RowsFrame } from './worker-protocol.ts';

/** Four numbers of 32 bits in front of every frame; the last is the number of bytes that follow. */
const HEADER_BYTES = 16;

type RawFrame = { readonly head: Uint32Array; readonly body: ArrayBuffer };

/** Cuts a stream of bytes, which comes in pieces of any length, into frames. */
export class FrameReader {
  readonly #onFrame: (frame: RawFrame) => void;
  readonly #head = new Uint8Array(HEADER_BYTES);
  #headFilled = 0;
  #body: Uint8Array<ArrayBuffer> | undefined;
  #bodyFilled = 0;

  constructor(onFrame: (frame: RawFrame) => void) {
    this.#onFrame = onFrame;
  }

  push(bytes: Uint8Array): void {
    for (let offset = 0; offset < bytes.length || this.#isWhole(); ) {
      if (this.#body === undefined) offset += this.#readHead(bytes, offset);
      else offset += this.#readBody(this.#body, bytes, offset);
      if (this.#isWhole()) this.#deliver();
    }
  }

  #isWhole(): boolean {
    return this.#body !== undefined && this.#bodyFilled === this.#body.length;
  }

  #readHead(bytes: Uint8Array, offset: number): number {
    const taken = bytes.subarray(offset, offset + HEADER_BYTES - this.#headFilled);
    this.#head.set(taken, this.#headFilled);
    this.#headFilled += taken.length;
    if (this.#headFilled === HEADER_BYTES) {
      const [, , , length = 0] = new Uint32Array(this.#head.buffer);
      this.#body = new Uint8Array(length);
      this.#bodyFilled = 0;
    }
    return taken.length;
  }

  #readBody(body: Uint8Array, bytes: Uint8Array, offset: number): number {
    const taken = bytes.subarray(offset, offset + body.length - this.#bodyFilled);
    body.set(taken, this.#bodyFilled);
    this.#bodyFilled += taken.length;
    return taken.length;
  }

  #deliver(): void {
    const frame = { head: new Uint32Array(this.#head.slice().buffer), body: this.#body!.buffer };
    this.#body = undefined;
    this.#headFilled = 0;
    this.#onFrame(frame);
  }
}

function header(first: number, second: number, third: number, length: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(first, second, third, length).buffer);
}

export function writeRows({ batch, rowCount, payload }: RowsFrame): readonly Uint8Array[] {
  return [header(batch, rowCount, 0, payload.byteLength), new Uint8Array(payload)];
}

export function readRows({ head, body }: RawFrame): RowsFrame {
  return { batch: head[0]!, rowCount: head[1]!, payload: body };
}

/** The third number says whether labels follow the values. */
export function writeAnswer({ batch, width, values, labels }: AnswerFrame): readonly Uint8Array[] {
  const length = values.byteLength + (labels?.byteLength ?? 0);
  const parts = [
    header(batch, width, labels === undefined ? 0 : 1, length),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ];
  return labels === undefined
    ? parts
    : [...parts, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength)];
}

/** @throws Error for a frame whose parts do not fit: the child is not to be trusted with our memory. */
export function readAnswer({ head, body }: RawFrame, rowCount: number): AnswerFrame {
  const [batch = 0, width = 0, hasLabels = 0] = head;
  const valuesBytes = rowCount * width * 8;
  if (body.byteLength !== valuesBytes + (hasLabels === 1 ? rowCount * 4 : 0))
    throw new Error(`a frame of ${body.byteLength} bytes holds no ${width} values for ${rowCount} rows`);
  return {
    batch,
    width,
    values: new Float64Array(body, 0, rowCount * width),
    ...(hasLabels === 1 ? { labels: new Int32Array(body, valuesBytes, rowCount) } : {}),
  };
}
