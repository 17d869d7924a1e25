import { describe, expect, it } from 'vitest';
import { columnNamedBy, namesIn } from '../../../src/core/contract/mentions.ts';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';
import { standardFindings } from '../../../src/core/contract/unchecked-findings.ts';

describe('the names that SQL writes', () => {
  it.each([
    ['Is_Fraud = 1', 'is_fraud', true],
    ['"is fraud" is not null', 'is fraud', true],
    ['"a""b" > 0', 'a"b', true],
    ["kind <> 'is_fraud'", 'is_fraud', false],
    ["kind <> 'it''s' and y > 0", 'y', true],
    ['amount > 0 -- not y', 'y', false],
    ['/* y */ amount > 0', 'y', false],
    ['years > 0', 'y', false],
    ['größe > 0', 'größe', true],
  ])('of %s', (sql, name, expected) => {
    expect(namesIn(sql).has(name)).toBe(expected);
  });

  it('are looked at where a rule has SQL', () => {
    const rule = { check: 'condition', severity: 'error', line: 1, limit: {} } as never;
    const condition = {
      ...(rule as object),
      rowRule: { kind: 'condition', expression: 'Y > 0', subject: 's' },
    } as never;
    expect(columnNamedBy(condition, ['x', 'y'])).toBe('y');
    expect(columnNamedBy(rule, ['x', 'y'])).toBeUndefined();
  });
});

describe('words that the standard requires', () => {
  const bare = 'apiVersion: v3.1.0\nkind: DataContract\nschema:\n  - name: rows\n';

  it('are told with their line and the edit that adds them', () => {
    const contract = parseContract(bare, 'contract.yml', []);
    const [finding, ...others] = standardFindings(contract, 'training');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      check: 'contract-incomplete',
      severity: 'info',
      location: { file: 'contract.yml', line: 1 },
    });
    expect(finding?.message).toContain('has no `version`, `id`, `status`, which');
    const { before = '', after = '' } = finding?.edit ?? {};
    const mended = parseContract(bare.replace(before, after), 'contract.yml', []);
    expect(mended.lacking).toBeUndefined();
    expect(standardFindings(mended, 'training')).toEqual([]);
  });

  it('have no edit where lines cannot be added', () => {
    const flow = '{apiVersion: v3.1.0, kind: DataContract, id: a, status: draft, schema: [{name: rows}]}\n';
    const [finding] = standardFindings(parseContract(flow, 'contract.yml', []), 'training');
    expect(finding?.message).toContain('has no `version`, which');
    expect(finding).not.toHaveProperty('edit');
  });
});
