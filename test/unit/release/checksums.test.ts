import { expect, test } from 'vitest';
import { parseChecksums, renderChecksums } from '../../../src/core/release/checksums.ts';

const first = 'a'.repeat(64);
const second = '0123456789abcdef'.repeat(4);

test('lines are sorted by name and read back', () => {
  const text = renderChecksums([
    { name: 'model.onnx', sha256: first },
    { name: 'MODEL_CARD.md', sha256: second },
  ]);
  expect(text).toBe(`${second}  MODEL_CARD.md\n${first}  model.onnx\n`);
  expect(parseChecksums(text, 'SHA256SUMS')).toEqual([
    { name: 'MODEL_CARD.md', sha256: second },
    { name: 'model.onnx', sha256: first },
  ]);
});

test('the binary mark of sha256sum and Windows line ends are read', () => {
  expect(parseChecksums(`${first} *a b.bin\r\n`, 'SHA256SUMS')).toEqual([{ name: 'a b.bin', sha256: first }]);
});

test.each([
  ['no hex', `${'g'.repeat(64)}  a\n`, 'line 1'],
  ['one space', `${first} a\n`, 'line 1'],
  ['a way out of the folder', `${first}  ../a\n`, 'line 1'],
  ['the folder above', `${first}  ..\n`, 'line 1'],
  ['a name twice', `${first}  a\n${second}  a\n`, 'line 2: a comes twice'],
])('%s is refused', (_, text, message) => {
  expect(() => parseChecksums(text, 'SHA256SUMS')).toThrow(message);
});
