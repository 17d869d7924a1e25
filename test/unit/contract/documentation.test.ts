/** Every block of the page about contracts is read, and becomes a rule. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT_CHECKS } from '../../../src/core/contract/contract.ts';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../docs/contract.md'), 'utf8');

const HEAD = ['apiVersion: v3.1.0', 'kind: DataContract', 'schema:', '  - name: transactions'];

const blocks = [...PAGE.matchAll(/```yaml (contract|property|quality)\n([\s\S]*?)```/g)].map((match) => ({
  kind: match[1]!,
  text: match[2]!,
}));

function contractOf({ kind, text }: (typeof blocks)[number]): string {
  if (kind === 'contract') return text;
  const indented = text.replace(/^(?=.)/gm, '      ');
  return [...HEAD, `    ${kind === 'property' ? 'properties' : 'quality'}:`, indented].join('\n');
}

const contracts = blocks.map((block) => parseContract(contractOf(block), 'contract.yml', ['training']));

test.each(contracts.map((contract, index) => [blocks[index]!.text.split('\n')[0], contract] as const))(
  '%s',
  (_, contract) => {
    expect(contract.rules.length).toBeGreaterThan(0);
    expect(contract.notChecked).toEqual([]);
  },
);

test('the page has an example of every check', () => {
  const shown = new Set(contracts.flatMap(({ rules }) => rules.map(({ check }) => check)));
  expect([...shown].sort()).toEqual([...CONTRACT_CHECKS].sort());
});
