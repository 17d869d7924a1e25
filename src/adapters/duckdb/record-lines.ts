/** How a text is cut into records. */
export type RecordRules =
  | { readonly kind: 'json-lines' }
  | {
      readonly kind: 'delimited';
      readonly delimiter: string;
      /** Whether a blank line is a record without a value, as it is where there is one column. */
      readonly blankIsRecord: boolean;
    };

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/** What may stand on a line of JSON Lines that is blank. */
const JSON_SPACES: ReadonlySet<number> = new Set([0x09, CARRIAGE_RETURN, 0x20]);

/**
 * On which line each record of a text begins. Kept are only the records at which the distance between lines and
 * records changes: those behind a cell with line ends of its own, and those behind a blank line that is skipped.
 * LF, CRLF and a lone CR end a line of delimited text, LF one of JSON Lines. Line ends and quotes are searched
 * for rather than each byte looked at, since a text may be large.
 */
export class RecordLines {
  readonly #delimiter: number | undefined;
  readonly #blankIsRecord: boolean;
  readonly #changedAt = [0];
  readonly #distances = [1];
  #records = 0;
  #line = 1;
  #isLineBlank = true;
  #isQuoted = false;
  /** Where quotes ended last, from the beginning of the next block. */
  #closedAt = Number.NEGATIVE_INFINITY;
  /** The last byte taken; a text begins as if a line had ended. */
  #previous = LINE_FEED;
  /** A carriage return whose line feed may come. */
  #held: Buffer = Buffer.alloc(0);
  #isFirst = true;

  constructor(rules: RecordRules) {
    this.#delimiter = rules.kind === 'delimited' ? rules.delimiter.charCodeAt(0) : undefined;
    this.#blankIsRecord = rules.kind === 'delimited' && rules.blankIsRecord;
  }

  /** How many records begin in what was taken. */
  get count(): number {
    return this.#records;
  }

  /** The line, from 1, on which a record begins; records count from 0, a header among them. */
  lineOf(record: number): number {
    let low = 0;
    let high = this.#changedAt.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#changedAt[middle]! <= record) low = middle;
      else high = middle;
    }
    return record + this.#distances[low]!;
  }

  /** Takes the next bytes of the text, which is UTF-8; a byte-order mark lies in the first block. */
  take(block: Buffer): void {
    if (block.length === 0) return;
    const hasMark = this.#isFirst && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf;
    this.#isFirst = false;
    const text = hasMark ? block.subarray(3) : block;
    const whole = this.#held.length === 0 ? text : Buffer.concat([this.#held, text]);
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    this.#held = whole.subarray(end);
    this.#takeBytes(whole.subarray(0, end));
  }

  /** Tells that nothing follows. */
  end(): void {
    this.#takeBytes(this.#held);
  }

  #takeBytes(bytes: Buffer): void {
    if (this.#delimiter === undefined) this.#takeObjects(bytes);
    else this.#takeCells(bytes, this.#delimiter);
  }

  #takeObjects(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const end = indexFrom(bytes, LINE_FEED, at);
      if (this.#isLineBlank) {
        while (at < end && JSON_SPACES.has(bytes[at]!)) at += 1;
        if (at < end) this.#begin();
      }
      if (end === bytes.length) return;
      this.#endLine();
      at = end + 1;
    }
  }

  #takeCells(bytes: Buffer, delimiter: number): void {
    const lines = new LineEnds(bytes);
    for (let at = 0; at < bytes.length; ) {
      const quote = indexFrom(bytes, QUOTE, at);
      this.#takeLines(lines, at, quote);
      if (quote === bytes.length) break;
      if (this.#isQuoted) {
        this.#isQuoted = false;
        this.#closedAt = quote;
      } else {
        const before = quote === 0 ? this.#previous : bytes[quote - 1]!;
        const isCellStart = before === delimiter || before === LINE_FEED || before === CARRIAGE_RETURN;
        // Two quotes within quotes stand for one.
        this.#isQuoted = isCellStart || this.#closedAt === quote - 1;
        if (this.#isLineBlank) this.#begin();
      }
      at = quote + 1;
    }
    this.#closedAt -= bytes.length;
    this.#previous = bytes.at(-1) ?? this.#previous;
  }

  /** Takes a part without quotes. */
  #takeLines(lines: LineEnds, from: number, to: number): void {
    let start = from;
    for (let end = lines.next(start); end < to; end = lines.next(start)) {
      if (this.#isQuoted) {
        this.#line += 1;
      } else {
        if (this.#isLineBlank && (end > start || this.#blankIsRecord)) this.#begin();
        this.#endLine();
      }
      start = lines.after(end);
    }
    if (!this.#isQuoted && this.#isLineBlank && start < to) this.#begin();
  }

  #endLine(): void {
    this.#line += 1;
    this.#isLineBlank = true;
  }

  #begin(): void {
    this.#isLineBlank = false;
    const distance = this.#line - this.#records;
    if (distance !== this.#distances.at(-1)) {
      this.#changedAt.push(this.#records);
      this.#distances.push(distance);
    }
    this.#records += 1;
  }
}

/** The line ends of a block, asked for in order. A block never ends between CR and LF. */
class LineEnds {
  readonly #bytes: Buffer;
  #lineFeed = -1;
  #carriageReturn = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Where the next line end begins; the length of the block when it has none. */
  next(from: number): number {
    if (this.#lineFeed < from) this.#lineFeed = indexFrom(this.#bytes, LINE_FEED, from);
    if (this.#carriageReturn < from) this.#carriageReturn = indexFrom(this.#bytes, CARRIAGE_RETURN, from);
    return Math.min(this.#lineFeed, this.#carriageReturn);
  }

  /** Where the line behind a line end begins. */
  after(end: number): number {
    const isPair = this.#bytes[end] === CARRIAGE_RETURN && this.#bytes[end + 1] === LINE_FEED;
    return end + (isPair ? 2 : 1);
  }
}

function indexFrom(bytes: Buffer, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from);
  return found < 0 ? bytes.length : found;
}
