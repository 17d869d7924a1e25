import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordLines, type RecordRules } from '../../../src/adapters/duckdb/record-lines.ts';
import { useEngine, valuesOf } from './engine-fixture.ts';

const fixture = useEngine();

const COMMA = { kind: 'delimited', delimiter: ',', blankIsRecord: false } as const;

function linesOf(text: string, rules: RecordRules, cuts: readonly number[] = []): number[] {
  const bytes = Buffer.from(text);
  const lines = new RecordLines(rules);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  let from = 0;
  for (const to of ends) {
    lines.take(bytes.subarray(from, to));
    from = to;
  }
  lines.end();
  return Array.from({ length: lines.count }, (_, record) => lines.lineOf(record));
}

/** The same, one character after another. */
function linesOneByOne(text: string, blankIsRecord: boolean): number[] {
  const lines: number[] = [];
  let line = 1;
  let state: 'line-start' | 'cell-start' | 'cell' | 'quotes' | 'quote-in-quotes' = 'line-start';
  for (const [index, character] of [...text].entries()) {
    const isPair = character === '\n' && text[index - 1] === '\r';
    if (character === '\n' || character === '\r') {
      if (state === 'line-start' && blankIsRecord && !isPair) lines.push(line);
      if (!isPair) line += 1;
      if (state !== 'quotes') state = 'line-start';
      continue;
    }
    if (state === 'line-start') lines.push(line);
    if (state === 'quotes') state = character === '"' ? 'quote-in-quotes' : 'quotes';
    else if (character === '"') state = state === 'cell' ? 'cell' : 'quotes';
    else state = character === ',' ? 'cell-start' : 'cell';
  }
  return lines;
}

const cuts = fc.array(fc.nat(200), { maxLength: 4 });

describe('RecordLines', () => {
  it('finds what looking at one character after another finds, wherever blocks end', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', 'x', '\r\n', '\n\n'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.boolean(), cuts, (content, blankIsRecord, at) => {
        expect(linesOf(content, { ...COMMA, blankIsRecord }, at)).toEqual(
          linesOneByOne(content, blankIsRecord),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the lines of JSON that are not blank, wherever blocks end', () => {
    const text = fc.string({ unit: fc.constantFrom('{}', '\n', ' ', '\t', '\r\n', '"\r"'), maxLength: 40 });
    fc.assert(
      fc.property(text, cuts, (content, at) => {
        const expected = content.split('\n').flatMap((line, index) => (line.trim() ? [index + 1] : []));
        expect(linesOf(content, { kind: 'json-lines' }, at)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('passes a byte-order mark', () => {
    expect(linesOf('\uFEFF"a\n",b\n1,2\n', COMMA)).toEqual([1, 3]);
  });
});

/** A CSV of rows that are told apart by a number, and the line each begins on. */
const document = fc
  .record({
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.boolean(),
    header: fc.constantFrom('note', '"no\nte"', '"a ""quoted"" name"'),
    rows: fc.array(
      fc.record({
        note: fc.constantFrom('x', '"x\ny"', '"x\r\n\r\ny"', '"say ""hi""\n"', 'in"side', '"\n,\n"', '""'),
        blanks: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ lineEnd, mark, header, rows }) => {
    // A file of carriage returns with line ends in its cells is refused by the engine.
    const cell = (content: string) => (lineEnd === '\r' ? content.replaceAll(/\r?\n/g, ' ') : content);
    let text = `id,${cell(header).replace(/\n/, lineEnd)}${lineEnd}`;
    const lines: number[] = [];
    for (const [id, { note, blanks }] of rows.entries()) {
      text += lineEnd.repeat(blanks);
      lines.push(text.split(/\r\n|\n|\r/).length);
      text += `${id},${cell(note)}${lineEnd}`;
    }
    return { text: mark ? `\uFEFF${text}` : text, lines };
  });

describe('places', () => {
  it('are the lines of the file, whatever its cells hold and however it is packed', async () => {
    let made = 0;
    const packed = fc.constantFrom('csv', 'csv.gz', 'csv.zst');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(document, packed), { minLength: 1, maxLength: 2 }),
        async (files) => {
          const names: string[] = [];
          for (const [{ text }, extension] of files) {
            const pack = { csv: Buffer.from, 'csv.gz': gzipSync, 'csv.zst': zstdCompressSync }[extension];
            made += 1;
            names.push(await fixture.write(`${made}.${extension}`, pack(text)));
          }
          const headers = new Set(
            files.map(([{ text }]) =>
              text
                .replace(/^\uFEFF/, '')
                .split(/\d/)[0]!
                .trim(),
            ),
          );
          fc.pre(headers.size === 1);
          await using set = await fixture.open(names);
          const ids = (await valuesOf(set, 'id', 'number')) as number[];
          const expected = files.flatMap(([{ lines }], index) =>
            lines.map((line) => ({ file: names[index]!, line })),
          );
          expect(ids).toEqual(files.flatMap(([{ lines }]) => lines.map((_, id) => id)));
          expect(await set.places(ids.map((_, row) => row))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are told with the examples of a rule and in messages', async () => {
    await using set = await fixture.openCsv('note,amount\n"two\nlines",1\n\nx,-5\n"three\n\nlines",y\n');
    const [result] = await set.check([{ kind: 'pattern', column: 'amount', pattern: '^\\d+$' } as never]);
    expect(result?.examples.map(({ line }) => line)).toEqual([5, 6]);
    await expect(set.read([{ name: 'amount', as: 'number' }])).rejects.toThrow('row at line 6');
  });

  it('are lines of a file with one column, in which a blank line is a row', async () => {
    await using set = await fixture.openCsv('id\n1\n\n"3\n4"\n5\n');
    expect((await set.places([0, 1, 2, 3])).map(({ line }) => line)).toEqual([2, 3, 4, 6]);
  });

  it('are lines of JSON Lines between blank ones', async () => {
    await fixture.write('blank.jsonl', '\n{"id": 1}\r\n  \n\n{"id": 2}\n');
    await using set = await fixture.open('blank.jsonl');
    expect((await set.places([0, 1])).map(({ line }) => line)).toEqual([2, 5]);
  });

  it('are lines of the text as it is written, whatever its encoding', async () => {
    const text = Buffer.from('\uFEFFid,note\n1,"ä\nö"\n2,x\n', 'utf16le');
    await fixture.write('utf16.csv', text);
    await using set = await fixture.open('utf16.csv');
    expect(await set.places([1])).toEqual([{ file: 'utf16.csv', line: 4 }]);
  });

  it('has no line for a header that is not on the first', async () => {
    await expect(fixture.openCsv('\n\nid\n1\n')).rejects.toThrow(
      'training: rows.csv: line 1 is blank; remove the blank lines before the header',
    );
  });
});
