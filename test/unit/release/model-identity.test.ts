import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOfModel } from '../../../src/core/release/model-identity.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const [MODEL, A, B] = [sha256('model'), sha256('a'), sha256('b')];

describe('the digest of a model', () => {
  it('is the SHA-256 of its file where there is no other', () => {
    expect(digestOfModel(MODEL, [], sha256)).toBe(MODEL);
  });

  it('is that of the lines of all its files, whatever their order', () => {
    const files = [
      { name: 'z.bin', sha256: A },
      { name: 'a.bin', sha256: B },
    ];
    const expected = sha256(`${B}  a.bin\n${MODEL}  model.onnx\n${A}  z.bin\n`);
    expect(digestOfModel(MODEL, files, sha256)).toBe(expected);
    expect(digestOfModel(MODEL, files.toReversed(), sha256)).toBe(expected);
  });

  it.each([
    ['other weights', MODEL, [{ name: 'w.bin', sha256: B }]],
    ['another model file', A, [{ name: 'w.bin', sha256: A }]],
    ['weights under another name', MODEL, [{ name: 'v.bin', sha256: A }]],
    [
      'a file more',
      MODEL,
      [
        { name: 'v.bin', sha256: A },
        { name: 'w.bin', sha256: A },
      ],
    ],
    ['no weights', MODEL, []],
  ])('differs with %s', (_name, model, files) => {
    expect(digestOfModel(model, files, sha256)).not.toBe(
      digestOfModel(MODEL, [{ name: 'w.bin', sha256: A }], sha256),
    );
  });
});
