import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import type { ColumnDescription } from '../../../src/core/data/table.ts';
import { InputError } from '../../../src/core/errors.ts';
import { chooseColumns, chooseModelColumns } from '../../../src/stages/data/feature-columns.ts';

const columns: ColumnDescription[] = ['amount', 'Amount.', 'chargeback', 'card', 'is_fraud'].map((name) => ({
  name,
  type: 'number',
}));

const configurationOf = (more: string) =>
  parseConfiguration(
    `model: m\ntask: binary-classification\ndata: {training: a.csv, holdout: h.csv, target: is_fraud, id: card, exclude: [chargeback]${more}}\n`,
    'contender.yml',
  );

describe('columns that a model from elsewhere is fed', () => {
  it.each([
    ['those it names', ['amount'], ['amount']],
    ['an id that it names', ['card', 'amount'], ['card', 'amount']],
    ['each name once, exact ones first', ['AMOUNT', 'amount'], ['Amount.', 'amount']],
    ['never the target', ['amount', 'is_fraud'], ['amount']],
    ['nor another spelling of it', ['amount', 'Is Fraud'], ['amount']],
    ['nor an excluded column', ['amount', 'chargeback'], ['amount', 'Amount.']],
    ['those of training where it names none', ['x'], ['amount', 'Amount.']],
  ])('%s', (_name, inputs, expected) => {
    const chosen = chooseModelColumns(configurationOf(''), columns, inputs);
    expect(chosen.map(({ name }) => name)).toEqual(expected);
  });

  it('a list of columns must not hold the target', () => {
    const choose = () => chooseColumns(configurationOf(', columns: [amount, is_fraud]'), columns);
    expect(choose).toThrow(InputError);
    expect(choose).toThrow(/"?is_fraud"?/);
  });
});
