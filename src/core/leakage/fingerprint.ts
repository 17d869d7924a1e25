import * as v from 'valibot';
import type { ColumnDescription } from '../data/table.ts';
import { count } from '../documents/common.ts';
import { InputError } from '../errors.ts';
import { type CodedSet, checkSet, encodeSet } from './coded-set.ts';

/**
 * `training-fingerprint.bin`: which rows a model was trained on, as hashes. Layout: the magic `CTFP`, the version as
 * one byte, the length of the header as 32 bits (highest byte first), the header as JSON (`headerSchema`), then the
 * bytes of each set in the order of the header.
 */
export type Fingerprint = {
  /** Rows that training was given. */
  readonly rows: number;
  /** By id first, where there is one. */
  readonly sets: readonly FingerprintSet[];
};

/** By what rows are the same: their id, or the values of all other columns. */
export type Identity = 'id' | 'values';

/** Hashes of the rows over some columns. */
export type FingerprintSet = CodedSet & {
  readonly by: Identity;
  /** Columns that the hash covers. */
  readonly columns: readonly ColumnDescription[];
  /** Rows that have a hash: all but those in which every one of the columns is missing. */
  readonly rows: number;
  /** Rows whose hash no other row has. */
  readonly single: number;
};

/** What a row is hashed over, and the hash of each row (whole numbers below 2^52, NaN without any value). */
export type HashedRows = {
  readonly by: Identity;
  readonly columns: readonly ColumnDescription[];
  readonly hashes: Float64Array;
};

/** Largest file that is written and read: about 45 million rows. */
export const MOST_FINGERPRINT_BYTES = 128 * 1024 * 1024;

/**
 * False positives of at most 2^-20 for values: they repeat by nature anyway. One id that is found says leakage,
 * so that a false one must not turn up in a million rows.
 */
const REMAINDER_BITS: Readonly<Record<Identity, number>> = { values: 20, id: 32 };

const MAGIC = 'CTFP';
const VERSION = 1;
const PREFIX_BYTES = MAGIC.length + 1 + 4;

const columnSchema = v.object({
  name: v.string(),
  type: v.picklist(['integer', 'number', 'boolean', 'string', 'date', 'timestamp', 'other']),
});
const headerSchema = v.object({
  rows: count,
  sets: v.pipe(
    v.array(
      v.object({
        by: v.picklist(['id', 'values']),
        columns: v.pipe(v.array(columnSchema), v.minLength(1)),
        rows: count,
        single: count,
        count,
        rangeBits: count,
        remainderBits: count,
        bytes: count,
      }),
    ),
    v.minLength(1),
    v.maxLength(2),
  ),
});

/** Bytes of a fingerprint; the same rows in any order give the same bytes. */
export function encodeFingerprint(rows: number, hashed: readonly HashedRows[]): Uint8Array {
  const sets = hashed.map(({ by, columns, hashes }) => ({
    by,
    columns: columns.map(({ name, type }) => ({ name, type })),
    ...countRepeats(hashes),
    ...encodeSet(hashes, REMAINDER_BITS[by]),
  }));
  const header = { rows, sets: sets.map(({ bytes, ...set }) => ({ ...set, bytes: bytes.length })) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(new TextEncoder().encode(MAGIC));
  prefix[MAGIC.length] = VERSION;
  new DataView(prefix.buffer).setUint32(MAGIC.length + 1, text.length);
  return join([prefix, text, ...sets.map(({ bytes }) => bytes)]);
}

/**
 * Reads a fingerprint, whoever made it.
 * @param name how messages call the file.
 * @throws InputError when it is none, of another version, cut off, or says of itself what is not so.
 */
export function decodeFingerprint(bytes: Uint8Array, name: string): Fingerprint {
  const { header, body } = readHeader(bytes, name);
  let start = 0;
  const sets = header.sets.map((set): FingerprintSet => {
    const part = body.subarray(start, start + set.bytes);
    if (part.length !== set.bytes) throw refusal(name, 'it is cut off');
    start += set.bytes;
    if (set.single > set.rows || set.rows > header.rows || set.count > set.rows) {
      throw refusal(name, 'its header counts more hashes than rows');
    }
    const read = { ...set, bytes: part };
    checkSet(read, name);
    return read;
  });
  if (start !== body.length) throw refusal(name, 'bytes follow where it should end');
  if (new Set(sets.map(({ by }) => by)).size !== sets.length)
    throw refusal(name, 'it holds two sets of one kind');
  return { rows: header.rows, sets };
}

function readHeader(bytes: Uint8Array, name: string) {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (bytes.length < PREFIX_BYTES || magic !== MAGIC) throw refusal(name, `it does not begin with ${MAGIC}`);
  const version = bytes[MAGIC.length];
  if (version !== VERSION) {
    throw new InputError(
      `${name} has the version ${version}, and this version of Contender reads ${VERSION}; take a newer one`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length + 1);
  const text = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
  if (text.length !== length) throw refusal(name, 'it is cut off');
  const header = v.safeParse(headerSchema, parseJson(text));
  if (!header.success) throw refusal(name, 'its header cannot be read');
  return { header: header.output, body: bytes.subarray(PREFIX_BYTES + length) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function refusal(name: string, why: string): InputError {
  return new InputError(`${name} is no whole fingerprint of training rows: ${why}; train again`);
}

function countRepeats(hashes: Float64Array): Pick<FingerprintSet, 'rows' | 'single'> {
  const sorted = hashes.filter((hash) => !Number.isNaN(hash)).sort();
  let single = 0;
  for (let index = 0; index < sorted.length; index++) {
    const hash = sorted[index];
    if (sorted[index - 1] !== hash && sorted[index + 1] !== hash) single++;
  }
  return { rows: sorted.length, single };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
