import { expect, test } from 'vitest';
import type { ModelSignature } from '../../../src/core/documents/training.ts';
import { breakingOf, nextVersion, type VersionRequest } from '../../../src/core/release/next-version.ts';

const signature = {
  inputs: [
    { name: 'amt', type: 'float', shape: ['N', 1] },
    { name: 'hour', type: 'int64', shape: ['N', 1] },
  ],
  outputs: [{ name: 'probabilities', type: 'float', shape: [null, 2] }],
};
const champion = { version: '1.4.2', task: 'binary-classification', signature } as const;
const same: VersionRequest = { champion, signature, task: 'binary-classification', sameWeights: false };

const first: VersionRequest = { signature, task: 'regression', sameWeights: false };
const extraInput = { name: 'dow', type: 'int64', shape: ['N', 1] };
const cases: [string, VersionRequest, string, string][] = [
  ['no champion', first, '1.0.0', 'first'],
  ['new weights', same, '1.5.0', 'minor'],
  ['same weights', { ...same, sameWeights: true }, '1.4.3', 'patch'],
  ['another task', { ...same, task: 'regression' }, '2.0.0', 'major'],
  ['an input more', withInputs([...signature.inputs, extraInput]), '2.0.0', 'major'],
  ['an input less', withInputs(signature.inputs.slice(1)), '2.0.0', 'major'],
  [
    'another type',
    withInputs([{ ...signature.inputs[0]!, type: 'double' }, signature.inputs[1]!]),
    '2.0.0',
    'major',
  ],
  ['inputs in another order', withInputs([...signature.inputs].reverse()), '1.5.0', 'minor'],
  [
    'a symbolic size with another name',
    withInputs(signature.inputs.map((input) => ({ ...input, shape: ['batch', 1] }))),
    '1.5.0',
    'minor',
  ],
  [
    'another width of the output',
    { ...same, signature: { ...signature, outputs: [{ ...signature.outputs[0]!, shape: [null, 3] }] } },
    '2.0.0',
    'major',
  ],
  [
    'a shape that the comparison found compatible',
    {
      ...withInputs(signature.inputs.map((input) => ({ ...input, shape: ['N', 'M'] }))),
      breaking: false,
    },
    '1.5.0',
    'minor',
  ],
  ['nothing that breaks', { ...same, breaking: false, sameWeights: true }, '1.4.3', 'patch'],
  [
    'another task that breaks nothing else',
    { ...same, task: 'regression', breaking: false },
    '2.0.0',
    'major',
  ],
  ['the first model, whatever breaks', { ...first, breaking: true }, '1.0.0', 'first'],
  ['no ONNX file any more', { ...same, signature: undefined }, '2.0.0', 'major'],
  [
    'an ONNX file now',
    { ...same, champion: { version: '1.4.2', task: 'binary-classification' } },
    '2.0.0',
    'major',
  ],
  [
    'new bytes of a file that is no ONNX',
    { ...same, champion: { version: '1.4.2', task: 'binary-classification' }, signature: undefined },
    '1.5.0',
    'minor',
  ],
  [
    'another task of a file that is no ONNX',
    {
      ...same,
      champion: { version: '1.4.2', task: 'binary-classification' },
      signature: undefined,
      task: 'regression',
    },
    '2.0.0',
    'major',
  ],
  ['a declared break', { ...same, breaking: true }, '2.0.0', 'major'],
  ['a break with the same weights', { ...same, sameWeights: true, breaking: true }, '2.0.0', 'major'],
];

test.each(cases)('%s', (_, request, version, change) => {
  expect(nextVersion(request)).toMatchObject({ version, change });
});

test.each([
  ['nothing known', undefined, {}],
  ['no change', { changes: [] }, { breaking: false }],
  ['a compatible change', { changes: [{ change: 'IR version', breaking: false }] }, { breaking: false }],
  [
    'a breaking one among others',
    {
      changes: [
        { change: 'IR version', breaking: false },
        { change: 'classes removed: b', breaking: true },
      ],
    },
    { breaking: true },
  ],
])('what a comparison says of breaking changes: %s', (_, contract, said) => {
  expect(breakingOf(contract)).toEqual(said);
});

function withInputs(inputs: ModelSignature['inputs']): VersionRequest {
  return { ...same, signature: { ...signature, inputs } };
}
