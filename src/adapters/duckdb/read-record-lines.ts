import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DigestedFile, unpackers } from './digest-file.ts';
import { RecordLines, type RecordRules } from './record-lines.ts';

/** Reads a text once more, when first asked, to find on which line each of its records begins. */
export function linesReader(file: DigestedFile, rules: RecordRules): () => Promise<RecordLines> {
  let lines: Promise<RecordLines> | undefined;
  return () => {
    lines ??= readLines(file, rules);
    return lines;
  };
}

async function readLines(file: DigestedFile, rules: RecordRules): Promise<RecordLines> {
  const lines = new RecordLines(rules);
  const sink = new Writable({
    write(block: Buffer, _encoding, done) {
      lines.take(block);
      done();
    },
  });
  await pipeline([createReadStream(file.realPath, { highWaterMark: 1 << 20 }), ...unpackers(file), sink]);
  lines.end();
  return lines;
}
