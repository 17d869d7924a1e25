import { FlatTable, longAt } from './flat-table.ts';

/** All buffers of a file together, once they are unpacked. */
const MOST_UNPACKED_BYTES = 4 * 2 ** 30;

const MOST_FIELDS = 100_000;

/** Numbers of the kinds of a message. */
const HEADER = { schema: 1, dictionary: 2, records: 3 } as const;

/**
 * Checks that an Arrow IPC file or stream is whole and that no count in it is larger than what is there, so
 * that the library can be trusted with it: it would make lists of any length it is told, and takes a stream
 * that was cut between two messages, or that another one follows, as if it ended there.
 * @throws Error saying what is wrong.
 */
export function checkArrowMessages(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const budget = { unpackedBytes: MOST_UNPACKED_BYTES, fields: MOST_FIELDS };
  if (startsWithMagic(bytes, 0)) checkFile(bytes, view, budget);
  else checkStream(view, budget);
}

type Budget = { unpackedBytes: number; fields: number };

const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];

function startsWithMagic(bytes: Uint8Array, position: number): boolean {
  return MAGIC.every((byte, index) => bytes[position + index] === byte);
}

function checkFile(bytes: Uint8Array, view: DataView, budget: Budget): void {
  const footerEnd = bytes.length - MAGIC.length - 4;
  if (footerEnd < 8 || !startsWithMagic(bytes, bytes.length - MAGIC.length))
    throw new Error('its last bytes are not those of a whole file');
  const footerBytes = view.getInt32(footerEnd, true);
  if (footerBytes <= 0 || footerBytes > footerEnd - 8) throw new Error('its footer has no place');
  const footerView = part(view, footerEnd - footerBytes, footerBytes);
  const footer = FlatTable.at(footerView);
  const schema = footer.table(1);
  if (schema === undefined) throw new Error('it has no schema');
  checkSchema(schema, budget);
  footer.vector(4, 4);
  for (const block of [...footer.vector(2, 24), ...footer.vector(3, 24)]) {
    const end = checkMessage(view, longAt(footerView, block), budget);
    if (end === undefined) throw new Error('a block is empty');
  }
}

function checkStream(view: DataView, budget: Budget): void {
  let position: number | undefined = 0;
  while (position !== undefined) {
    const next: number | undefined = checkMessage(view, position, budget);
    if (next === undefined && endOfMark(view, position) !== view.byteLength)
      throw new Error('something follows the mark of its end');
    position = next;
  }
}

function endOfMark(view: DataView, position: number): number {
  return position + (view.getInt32(position, true) === -1 ? 8 : 4);
}

/** Where the next message begins; undefined for the mark of the end. */
function checkMessage(view: DataView, start: number, budget: Budget): number | undefined {
  if (start < 0 || start + 4 > view.byteLength) throw new Error('it ends without the mark of its end');
  let position = start;
  let length = view.getInt32(position, true);
  position += 4;
  if (length === -1) {
    if (position + 4 > view.byteLength) throw new Error('it ends within a message');
    length = view.getInt32(position, true);
    position += 4;
  }
  if (length === 0) return undefined;
  if (length < 0 || position + length > view.byteLength) throw new Error('it ends within a message');
  const metadata = part(view, position, length);
  const message = FlatTable.at(metadata);
  const bodyBytes = message.long(3);
  const bodyStart = position + length;
  if (bodyBytes < 0 || bodyStart + bodyBytes > view.byteLength) throw new Error('it ends within a message');
  const header = message.table(2);
  const kind = message.byte(1);
  if (header !== undefined && kind === HEADER.schema) checkSchema(header, budget);
  const batch = kind === HEADER.dictionary ? header?.table(1) : header;
  if (batch !== undefined && (kind === HEADER.records || kind === HEADER.dictionary))
    checkBatch(batch, { metadata, body: part(view, bodyStart, bodyBytes) }, budget);
  return bodyStart + bodyBytes;
}

function checkSchema(schema: FlatTable, budget: Budget): void {
  schema.vector(2, 4);
  for (const field of schema.tables(1)) checkField(field, budget, 0);
}

function checkField(field: FlatTable, budget: Budget, depth: number): void {
  budget.fields -= 1;
  if (budget.fields < 0 || depth > 64) throw new Error('it has too many columns');
  field.vector(6, 4);
  const UNION = 14;
  if (field.byte(2) === UNION) field.table(3)?.vector(1, 4);
  for (const child of field.tables(5)) checkField(child, budget, depth + 1);
}

/** Counts of a batch of rows, whose buffers lie in the body. */
function checkBatch(
  batch: FlatTable,
  place: { readonly metadata: DataView; readonly body: DataView },
  budget: Budget,
): void {
  const { metadata, body } = place;
  const isPacked = batch.table(3) !== undefined;
  const buffers = batch.vector(2, 16).map((position) => {
    const [offset, length] = [longAt(metadata, position), longAt(metadata, position + 8)];
    if (offset < 0 || length < 0 || offset + length > body.byteLength)
      throw new Error('a buffer has no place');
    return isPacked && length > 0 ? unpackedBytes(body, offset, length) : length;
  });
  budget.unpackedBytes -= buffers.reduce((sum, bytes) => sum + bytes, 0);
  if (budget.unpackedBytes < 0) throw new Error('it holds more than 4 GiB');
  // A value takes a bit at least, if any column has values at all.
  const mostRows = 8 * Math.max(0, ...buffers);
  const counts = [batch.long(0), ...batch.vector(1, 16).map((position) => longAt(metadata, position))];
  if (counts.some((count) => count < 0 || count > mostRows))
    throw new Error('it has fewer rows than it says');
  const views = batch
    .vector(4, 8)
    .reduce((sum, position) => sum + checkedCount(longAt(metadata, position)), 0);
  if (views > buffers.length) throw new Error('it has fewer buffers than it says');
}

function checkedCount(count: number): number {
  if (count < 0) throw new Error('a count is negative');
  return count;
}

/** A packed buffer begins with the length of its content, or -1 where it is not packed after all. */
function unpackedBytes(body: DataView, offset: number, length: number): number {
  if (length < 8) throw new Error('a buffer ends early');
  const content = longAt(body, offset);
  if (content === -1) return length - 8;
  return checkedCount(content);
}

function part(view: DataView, position: number, length: number): DataView {
  return new DataView(view.buffer, view.byteOffset + position, length);
}
