import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/composition/command-line/parse-arguments.ts';
import { InputError } from '../../../src/core/errors.ts';

const parse = (line: string) => parseArguments(line === '' ? [] : line.split(' '));

describe('the command line', () => {
  it.each([
    ['compare-models --data a.csv', {}, { holdout: 'a.csv' }],
    ['compare-models --data=a.csv', {}, { holdout: 'a.csv' }],
    ['train-model --data a.csv', {}, { training: 'a.csv' }],
    ['validate-data --data a.csv --data b.csv', { data: 'a.csv,b.csv' }, {}],
    ['compare-models --data a.csv,b.csv', {}, { holdout: 'a.csv,b.csv' }],
    ['compare-models --data a.csv --data b.csv', {}, { holdout: ['a.csv', 'b.csv'] }],
    ['compare-models --columns a,b --columns c', {}, { columns: ['a,b', 'c'] }],
    [
      'compare-models --champion old.onnx --challenger new.onnx',
      { champion: 'old.onnx', challenger: 'new.onnx' },
      {},
    ],
    [
      'compare-models --fail-on inconclusive --registry out',
      { 'fail-on': 'inconclusive', registry: 'out' },
      {},
    ],
    ['compare-models --threshold=-1', {}, { threshold: '-1' }],
    ['train-model --seed 7 --target y', {}, { seed: '7', target: 'y' }],
    [
      'report-metrics --evidence .contender --format markdown',
      { evidence: '.contender', format: 'markdown' },
      {},
    ],
    ['compare-models --target a=b', {}, { target: 'a=b' }],
    ['compare-models --target=a=b', {}, { target: 'a=b' }],
  ])('%s', (line, values, flags) => {
    expect(parse(line)).toMatchObject({ values, flags, json: false, help: false });
  });

  it('takes switches anywhere', () => {
    expect(parse('compare-models --json --data a.csv --verbose')).toMatchObject({
      json: true,
      verbose: true,
    });
    expect(parse('train-model --help')).toMatchObject({ help: true });
  });

  it.each([
    ['', /^name a stage: .*validate-data.*compare-models/],
    ['compare-model', /unknown stage "compare-model"; did you mean compare-models\?/],
    ['xyz', /unknown stage "xyz"; stages: /],
    ['compare-models --chalenger x', /compare-models has no option --chalenger; did you mean --challenger\?/],
    [
      'compare-models --zzzzzzzz 1',
      /compare-models has no option --zzzzzzzz; `contender compare-models --help`/,
    ],
    ['train-model --challenger x', /train-model has no option --challenger/],
    ['compare-models -j', /no option -j/],
    ['compare-models holdout.csv', /unexpected argument "holdout.csv"/],
    ['compare-models --data', /^--data needs a value/],
    ['compare-models --data --json', /^--data needs a value/],
    ['compare-models --json=false', /^--json takes no value; leave "false" out/],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(InputError);
    expect(() => parse(line)).toThrow(message);
  });
});
