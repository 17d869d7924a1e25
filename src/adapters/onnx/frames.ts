import type { AnswerFrame, RowsFrame } from './worker-protocol.ts';

/** Four numbers of 32 bits in front of every frame; the last is the number of bytes that follow. */
const HEADER_BYTES = 16;

type RawFrame = { readonly head: Uint32Array; readonly body: ArrayBuffer };

/**
 * Cuts a stream of bytes, which comes in pieces of any length, into frames. `checkHead` throws for a header that
 * is not to be believed, before memory is taken for what it announces; nothing can be read after that.
 */
export class FrameReader {
  readonly #onFrame: (frame: RawFrame) => void;
  readonly #checkHead: ((head: Uint32Array) => void) | undefined;
  readonly #head = new Uint8Array(HEADER_BYTES);
  #headFilled = 0;
  #body: Uint8Array<ArrayBuffer> | undefined;
  #bodyFilled = 0;

  constructor(onFrame: (frame: RawFrame) => void, checkHead?: (head: Uint32Array) => void) {
    this.#onFrame = onFrame;
    this.#checkHead = checkHead;
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
      const head = new Uint32Array(this.#head.buffer);
      const [, , , length = 0] = head;
      this.#checkHead?.(head);
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

/** What the header of an answer announces. */
export function readAnswerHead(head: Uint32Array): Pick<AnswerFrame, 'batch' | 'width'> {
  const [batch = 0, width = 0] = head;
  return { batch, width };
}

/** @throws Error when the parts of an answer do not fit: the child is not to be trusted with our memory. */
export function requireAnswerSize(head: Uint32Array, rowCount: number): void {
  const [, width = 0, hasLabels = 0, length = 0] = head;
  const needed = rowCount * width * 8 + (hasLabels === 1 ? rowCount * 4 : 0);
  if (length !== needed)
    throw new Error(`a frame of ${length} bytes holds no ${width} values for ${rowCount} rows`);
}

/** The answer of a frame whose size is that of so many rows. */
export function readAnswer({ head, body }: RawFrame, rowCount: number): AnswerFrame {
  const { batch, width } = readAnswerHead(head);
  const hasLabels = head[2] === 1;
  return {
    batch,
    width,
    values: new Float64Array(body, 0, rowCount * width),
    ...(hasLabels ? { labels: new Int32Array(body, rowCount * width * 8, rowCount) } : {}),
  };
}
