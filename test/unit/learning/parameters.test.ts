import { describe, expect, test } from 'vitest';
import {
  describeGradientBoostingParameters,
  parseGradientBoostingParameters,
} from '../../../src/core/learning/parameters.ts';

describe('parameters of gradient boosting', () => {
  test('fills in defaults and gives them back as written', () => {
    const parameters = parseGradientBoostingParameters(
      { iterations: 7, 'class-weight': 'balanced' },
      'binary',
    );
    expect(parameters).toMatchObject({ iterations: 7, learningRate: 0.1, maxLeaves: 31, minSamplesLeaf: 20 });
    const written = describeGradientBoostingParameters(parameters);
    expect(written).toMatchObject({ iterations: 7, 'learning-rate': 0.1, 'class-weight': 'balanced' });
    expect(parseGradientBoostingParameters(written, 'binary')).toEqual(parameters);
  });

  test.each([
    [
      { 'learning-rat': 0.1 },
      /^training\.parameters\.learning-rat is not a parameter of gradient-boosting\. Did you mean learning-rate\? Allowed are iterations, /,
    ],
    [
      { qqqqqqqqqqqqqq: 1 },
      /^training\.parameters\.q+ is not a parameter of gradient-boosting\. Allowed are/,
    ],
    [
      { 'learning-rate': 0 },
      /^training\.parameters\.learning-rate is 0; write a number above 0 and at most 1\.$/,
    ],
    [
      { iterations: 1.5 },
      /^training\.parameters\.iterations is 1\.5; write a whole number from 1 to 10000\.$/,
    ],
    [
      { iterations: '100' },
      /^training\.parameters\.iterations is "100"; write a whole number from 1 to 10000\.$/,
    ],
    [{ 'max-bins': 256 }, /^training\.parameters\.max-bins is 256; write a whole number from 2 to 255\.$/],
    [{ 'max-leaves': Number.NaN }, /max-leaves is null; write a whole number from 2 to 1024\.$/],
    [
      { 'class-weight': 'equal' },
      /class-weight is "equal"; write balanced or, as the weight of a positive row, a number above 0 and at most 1000000\.$/,
    ],
    [
      { iterations: 10_000, 'max-leaves': 1024 },
      /iterations is 10000 and training\.parameters\.max-leaves 1024, together up to 10240000 leaves; lower one of them so that their product is at most 1000000\.$/,
    ],
  ])('refuses %j', (values, message) => {
    expect(() => parseGradientBoostingParameters(values, 'binary')).toThrow(message);
    expect(() => parseGradientBoostingParameters(values, 'binary')).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  test('a regression has no class weight', () => {
    expect(() => parseGradientBoostingParameters({ 'class-weight': 2 }, 'regression', 'parameters')).toThrow(
      'parameters.class-weight is 2, but a regression has no classes; remove the key or use data.weight.',
    );
  });
});
