import { expect, test } from 'vitest';
import type { Finding } from '../../../src/core/documents/validation.ts';
import { renderContractEdits } from '../../../src/core/report/comment/contract-edits.ts';

const edit = {
  file: 'contract.yml',
  line: 7,
  path: 'schema[0].properties[0].logicalTypeOptions.maximum',
  before: '        logicalTypeOptions: {maximum: 100}\n',
  after: '        logicalTypeOptions: {maximum: 150}\n',
};
const finding: Finding = {
  check: 'range',
  severity: 'error',
  dataset: 'training',
  column: 'amt',
  message: '1 of 9 rows have a value of amt outside of [0, 100]',
  examples: [],
  edit,
};

test('the edits of a broken contract, each once, as lines that go and come', () => {
  expect(renderContractEdits([finding, { ...finding, dataset: 'holdout' }])).toBe(
    [
      '<details><summary>If the change is meant: 1 edit of the contract</summary>',
      '',
      '```text',
      'contract.yml:7',
      '-        logicalTypeOptions: {maximum: 100}',
      '+        logicalTypeOptions: {maximum: 150}',
      '```',
      '',
      '</details>',
    ].join('\n'),
  );
});

test('no edit, no block; text of data cannot end the block', () => {
  const { edit: _, ...without } = finding;
  expect(renderContractEdits([without])).toBeUndefined();
  const hostile = { ...finding, edit: { ...edit, after: '```\n</details><img src=x>\n' } };
  expect(renderContractEdits([hostile])).toContain('````text');
});
