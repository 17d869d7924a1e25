import { describe, expect, it } from 'vitest';
import { createInputs } from '../../../src/stages/inputs.ts';
import { readArtifactReferences } from '../../../src/stages/other-jobs/references.ts';

const ONE = 'a'.repeat(64);
const TWO = 'b'.repeat(64);

function read(id: string | undefined, digest: string | undefined) {
  return readArtifactReferences(
    createInputs({ 'artifact-id': id, 'artifact-digest': digest }, (name) => `the input ${name}`),
  );
}

describe('artifact-id and artifact-digest', () => {
  it('are none where neither is given', () => {
    expect(read('', undefined)).toEqual([]);
  });

  it.each([
    ['one number', '12', ONE, [{ id: 12, digest: ONE }]],
    ['a digest as the service writes it', '12', `sha256:${ONE}`, [{ id: 12, digest: ONE }]],
    [
      'a list',
      '12, 13',
      `${ONE}\n${TWO}`,
      [
        { id: 12, digest: ONE },
        { id: 13, digest: TWO },
      ],
    ],
    [
      'JSON by model, whatever the order',
      '{"fraud":"12","churn":13}',
      `{"churn":"${TWO}","fraud":"${ONE}"}`,
      [
        { id: 12, digest: ONE },
        { id: 13, digest: TWO },
      ],
    ],
  ])('may be %s', (_what, id, digest, expected) => {
    expect(read(id, digest)).toEqual(expected);
  });

  it.each([
    ['12', '', /artifact-digest is missing for entry 1/],
    ['', ONE, /artifact-id is missing for entry 1/],
    ['12,13', ONE, /artifact-digest is missing for entry 2/],
    ['{"fraud":12}', `{"churn":"${ONE}"}`, /artifact-digest is missing for the model "fraud"/],
    ['0', ONE, /artifact-id is "0"/],
    ['../12', ONE, /artifact-id is/],
    ['12', 'abc', /64 hex digits/],
    ['{"fraud":', ONE, /no JSON object/],
  ])('refuse %j with %j', (id, digest, message) => {
    expect(() => read(id, digest)).toThrow(message);
  });
});
