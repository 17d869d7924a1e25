import { Transform } from 'node:stream';
import { InputError } from '../../core/errors.ts';

/** What a text file is written in, and how that is known. */
export type TextEncoding = {
  /** Name as WHATWG's Encoding standard gives it, such as `utf-8` or `windows-1252`. */
  readonly name: string;
};

const UTF_8: TextEncoding = { name: 'utf-8' };

/**
 * The encoding of a text by its first bytes: a byte-order mark, else what was declared, else UTF-16 that
 * shows itself by the zeros of ASCII letters, else UTF-8. Nothing else is guessed, since a wrong guess reads
 * other letters than were written.
 */
export function encodingOf(head: Buffer, declared: TextEncoding | undefined): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le' };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be' };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return UTF_8;
  return declared ?? utf16WithoutMark(head) ?? UTF_8;
}

function utf16WithoutMark(head: Buffer): TextEncoding | undefined {
  const sample = head.subarray(0, Math.min(head.length, 256) & ~1);
  if (sample.length < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index += 2) {
    if (sample[index] === 0) even += 1;
    if (sample[index + 1] === 0) odd += 1;
  }
  const units = sample.length / 2;
  if (even === 0 && odd > (2 / 3) * units) return { name: 'utf-16le' };
  if (odd === 0 && even > (2 / 3) * units) return { name: 'utf-16be' };
  return undefined;
}

/** @throws InputError when the platform knows no such encoding. */
export function requireEncoding(subject: string, label: string): TextEncoding {
  try {
    return { name: new TextDecoder(label).encoding };
  } catch (error) {
    throw new InputError(
      `${subject}: encoding is ${JSON.stringify(label)}, which is not known; write utf-8, utf-16le, windows-1252 or another name of the WHATWG Encoding standard`,
      { cause: error },
    );
  }
}

/**
 * Turns blocks of text into UTF-8, refusing bytes that the encoding does not have. UTF-8 passes as it is.
 * @param onEncoding told once, before the first block.
 */
export function toUtf8(
  subject: string,
  declared: TextEncoding | undefined,
  onEncoding: (encoding: TextEncoding) => void,
): Transform {
  let decode: ((block: Buffer | undefined) => Buffer) | undefined;
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      if (decode === undefined) {
        const encoding = encodingOf(block, declared);
        onEncoding(encoding);
        decode = decoderOf(subject, encoding);
      }
      finish(done, () => decode!(block));
    },
    flush(done) {
      finish(done, () => decode?.(undefined) ?? Buffer.alloc(0));
    },
  });
}

function finish(done: (error: Error | null, block?: Buffer) => void, work: () => Buffer): void {
  try {
    done(null, work());
  } catch (error) {
    done(error as Error);
  }
}

function decoderOf(subject: string, { name }: TextEncoding): (block: Buffer | undefined) => Buffer {
  if (name === 'utf-8') return (block) => block ?? Buffer.alloc(0);
  const decoder = new TextDecoder(name, { fatal: true });
  return (block) => {
    try {
      return Buffer.from(decoder.decode(block, { stream: block !== undefined }), 'utf8');
    } catch (error) {
      throw new InputError(
        `${subject} is not ${name} text throughout; save it as UTF-8, or declare its encoding`,
        { cause: error },
      );
    }
  };
}
