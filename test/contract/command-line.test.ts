import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/composition/command-line/parse-arguments.ts';
import { STAGE_COMMANDS } from '../../src/composition/command-line/stages.ts';
import { STAGES } from '../../src/composition/everyday/plan-stages.ts';
import { InputError } from '../../src/core/errors.ts';

/** Command lines of the product specification, section 3, and how they are read. */
const PROMISED: readonly {
  readonly line: string;
  readonly values: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly positionals?: readonly string[];
}[] = [
  {
    line: 'compare-models --champion old.onnx --challenger new.onnx --data holdout.parquet --target is_fraud --task binary-classification --positive-class 1 --primary average_precision',
    values: { champion: 'old.onnx', challenger: 'new.onnx' },
    flags: {
      holdout: 'holdout.parquet',
      target: 'is_fraud',
      task: 'binary-classification',
      'positive-class': '1',
      primary: 'average_precision',
    },
  },
  {
    line: 'compare-models --columns amt,hour,dow,age --group cc_num --fail-on inconclusive --windows new',
    values: { 'fail-on': 'inconclusive', windows: 'new' },
    flags: { columns: 'amt,hour,dow,age', group: 'cc_num' },
  },
  {
    line: 'compare-models --champion-scores old.csv --challenger-scores new.csv --id row',
    values: { 'champion-scores': 'old.csv', 'challenger-scores': 'new.csv' },
    flags: { id: 'row' },
  },
  {
    line: 'check-drift --reference ref.csv --current cur.csv --model m.onnx --target y --fail-on drift',
    values: { model: 'm.onnx', 'fail-on': 'drift' },
    flags: { reference: 'ref.csv', current: 'cur.csv', target: 'y' },
  },
  {
    line: 'validate-data --data a.csv --data b.csv --contract contract.yml --fail-on warning',
    values: { data: 'a.csv,b.csv', 'fail-on': 'warning' },
    flags: { contract: 'contract.yml' },
  },
  {
    line: 'report-metrics --evidence .contender --format markdown --output report.md',
    values: { evidence: '.contender', format: 'markdown', output: 'report.md' },
    flags: {},
  },
  {
    line: 'train-model --data train.csv --target y --task regression --learner gradient-boosting --output model.onnx --seed 3 --cache false',
    values: { output: 'model.onnx', cache: 'false' },
    flags: {
      training: 'train.csv',
      target: 'y',
      task: 'regression',
      learner: 'gradient-boosting',
      seed: '3',
    },
  },
  {
    line: 'release-model --registry models --model m.onnx --evidence .contender/m --version 1.2.3 --draft true',
    values: {
      registry: 'models',
      model: 'm.onnx',
      evidence: '.contender/m',
      version: '1.2.3',
      draft: 'true',
    },
    flags: {},
  },
  {
    line: 'open-retraining-pr --evidence .contender/m --base main --labels a,b --reviewers ada --cooldown-days 3',
    values: { evidence: '.contender/m', base: 'main' },
    flags: { labels: 'a,b', reviewers: 'ada', 'cooldown-days': '3' },
  },
  {
    line: 'calibrate --data holdout.csv --training train.csv --champion old.onnx --retrainings 5 --share 0.8 --metrics roc_auc --output c.json',
    values: { champion: 'old.onnx', retrainings: '5', share: '0.8', output: 'c.json' },
    flags: { holdout: 'holdout.csv', training: 'train.csv', metrics: 'roc_auc' },
  },
  {
    line: 'inspect model.onnx --against other.onnx --data holdout.parquet',
    values: { against: 'other.onnx' },
    flags: { holdout: 'holdout.parquet' },
    positionals: ['model.onnx'],
  },
  {
    line: 'contract infer --data a.csv --target y --output contract.yml',
    values: { data: 'a.csv', output: 'contract.yml' },
    flags: { target: 'y' },
    positionals: ['infer'],
  },
  {
    line: 'mask --data a.csv --hash id,email --truncate born:year --truncate zip:3 --id id --detect false',
    values: { data: 'a.csv', hash: 'id,email', truncate: 'born:year,zip:3', detect: 'false' },
    flags: { id: 'id' },
  },
  {
    line: 'plan-holdout --metric accuracy --task binary-classification --discordance 0.1 --margin 0.01 --uses 20',
    values: { metric: 'accuracy', discordance: '0.1', margin: '0.01', uses: '20' },
    flags: { task: 'binary-classification' },
  },
  {
    line: 'plan-holdout --evidence .contender --gain 2%',
    values: { evidence: '.contender', gain: '2%' },
    flags: {},
  },
  {
    line: 'compare-models --explain log_loss',
    values: { explain: 'log_loss' },
    flags: {},
  },
];

/** Commands that are no stage of the life of a model, and no action. */
const TOOLS = ['calibrate', 'contract', 'inspect', 'mask', 'plan-holdout'];

describe('the command contender', () => {
  it('has a stage for every action, and its tools', () => {
    expect(STAGE_COMMANDS.map(({ name }) => name).sort()).toEqual([...STAGES, ...TOOLS].sort());
  });

  it.each(PROMISED)('reads: contender $line', ({ line, values, flags, positionals = [] }) => {
    const command = parseArguments(line.split(' '));
    expect(command.stage.name).toBe(line.split(' ')[0]);
    expect(command.values).toEqual(values);
    expect(command.flags).toEqual(flags);
    expect(command.positionals).toEqual(positionals);
  });

  it.each(STAGES)('%s takes the options that every stage takes', (stage) => {
    const common =
      '--config c.yml --evidence-directory e --github-token t --registry r --runtime-directory n';
    const command = parseArguments([stage, ...common.split(' '), '--json', '--verbose', '--help']);
    expect(command.values).toEqual({
      config: 'c.yml',
      'evidence-directory': 'e',
      'github-token': 't',
      registry: 'r',
      'runtime-directory': 'n',
    });
    expect([command.json, command.verbose, command.help]).toEqual([true, true, true]);
  });

  it.each([
    [['compare-model'], 'did you mean compare-models?'],
    [[], 'name a stage'],
    [['compare-models', '--chalenger', 'a'], 'did you mean --challenger?'],
    [['compare-models', '--champion'], '--champion needs a value'],
    [['compare-models', 'model.onnx'], 'unexpected argument "model.onnx"'],
    [['inspect', 'a.onnx', 'b.onnx'], 'unexpected argument "b.onnx"'],
    [['inspect', 'a.onnx', '--agains', 'b.onnx'], 'did you mean --against?'],
    [['inspect', 'a.onnx', '--registry', 'r'], 'inspect has no option --registry'],
    [['plan-holdout', '--discordanse', '0.1'], 'did you mean --discordance?'],
    [['plan-holdout', 'holdout.csv'], 'unexpected argument "holdout.csv"'],
    [['plan-holdout', '--primary', 'accuracy'], 'plan-holdout has no option --primary'],
    [['promote-model'], 'unknown stage'],
  ])('refuses %j', (args, message) => {
    expect(() => parseArguments(args)).toThrow(InputError);
    expect(() => parseArguments(args)).toThrow(message);
  });
});
