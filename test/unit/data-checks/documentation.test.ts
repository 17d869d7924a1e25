/** The page about checks names every check, and what it shows is read. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';
import { DATA_CHECKS } from '../../../src/core/data-checks/checks.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../docs/data-checks.md'), 'utf8');

test('every check has its row, and no other has', () => {
  const rows = [...PAGE.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual([...DATA_CHECKS].sort());
});

test('the contract on it sets what it says', () => {
  const [, text] = /```yaml contract\n([\s\S]*?)```/.exec(PAGE)!;
  const { checks, rules } = parseContract(text!, 'contract.yml', ['training']);
  expect(rules).toEqual([]);
  expect(checks).toEqual([
    { check: 'mostly-missing', severity: 'off', column: 'cabin' },
    { check: 'duplicate-rows', severity: 'info' },
    { check: 'shared-groups', severity: 'error' },
  ]);
});
