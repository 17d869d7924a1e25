import { expect, test } from 'vitest';
import { nextVersion, type VersionRequest } from '../../../src/core/release/next-version.ts';

const signature = {
  inputs: [
    { name: 'amt', type: 'float', shape: ['N', 1] },
    { name: 'hour', type: 'int64', shape: ['N', 1] },
  ],
  outputs: [{ name: 'probabilities', type: 'float', shape: [null, 2] }],
};
const champion = { version: '1.4.2', task: 'binary-classification', signature } as const;
const same: VersionRequest = { champion, signature, task: 'binary-classification', sameWeights: false };

const extraInput = { name: 'dow', type: 'int64', shape: ['N', 1] };
const cases: [string, VersionRequest, string, string][] = [
  ['no champion', { signature, task: 'regression', sameWeights: false }, '1.0.0', 'first'],
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
  ['a declared break', { ...same, breaking: true }, '2.0.0', 'major'],
  ['a break with the same weights', { ...same, sameWeights: true, breaking: true }, '2.0.0', 'major'],
];

test.each(cases)('%s', (_, request, version, change) => {
  expect(nextVersion(request)).toMatchObject({ version, change });
});

function withInputs(inputs: VersionRequest['signature']['inputs']): VersionRequest {
  return { ...same, signature: { ...signature, inputs } };
}
