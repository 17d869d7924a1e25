import { describe, expect, it } from 'vitest';
import type { ConfigurationFlags } from '../../../src/core/configuration/flags.ts';
import {
  configurationFromFlags,
  parseConfiguration,
} from '../../../src/core/configuration/parse-configuration.ts';
import { InputError } from '../../../src/core/errors.ts';

const FILE = `model: m
task: binary-classification
data: {source: all.csv, split: {holdout: 60d}, timestamp: t, target: y}
training: {command: make, model: m.onnx, seed: 3}
comparison: {primary: roc_auc}
`;

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('the flags were accepted');
}

describe('configurationFromFlags', () => {
  it('needs nothing but the task', () => {
    const configuration = configurationFromFlags({
      task: 'binary-classification',
      holdout: 'holdout.parquet',
      target: 'is_fraud',
      'positive-class': '1',
      primary: 'average_precision',
      columns: 'amt, hour,dow',
      group: 'cc_num',
      threshold: '0.25',
      metrics: ['f1', 'roc_auc,recall'],
    });
    expect(configuration.model).toBe('model');
    expect(configuration.data).toEqual({
      holdout: { paths: ['holdout.parquet'] },
      target: 'is_fraud',
      positiveClass: '1',
      columns: ['amt', 'hour', 'dow'],
      group: 'cc_num',
      sensitive: [],
      exclude: [],
    });
    expect(configuration.comparison.threshold).toBe(0.25);
    expect(configuration.comparison.metrics.map((metric) => metric.name)).toEqual([
      'f1',
      'roc_auc',
      'recall',
    ]);
  });

  it('takes the task of a stage to which it makes no difference', () => {
    expect(configurationFromFlags({ current: 'a.csv' }, { defaultTask: 'regression' }).task).toBe(
      'regression',
    );
    expect(configurationFromFlags({ task: 'ranking', group: 'q' }, { defaultTask: 'regression' }).task).toBe(
      'ranking',
    );
  });

  const refusals: readonly (readonly [string, ConfigurationFlags, string])[] = [
    [
      'no task',
      {},
      '--task is missing; write one of binary-classification, multiclass-classification, regression, ranking',
    ],
    [
      'an unknown task',
      { task: 'binary' },
      '--task is "binary"; did you mean binary-classification? write one of binary-classification, multiclass-classification, regression, ranking',
    ],
    [
      'an unknown flag',
      { task: 'regression', traget: 'y' },
      'unknown flag --traget; did you mean --target? flags for the config: --model-name, --task, --training, --holdout, --reference, --current, --features, --target, --positive-class, --id, --timestamp, --columns, --group, --sensitive, --weight, --exclude, --contract, --learner, --command, --command-model, --seed, --primary, --guardrails, --metrics, --threshold, --slices, --false-alarms-per-year, --minimum-effect, --cooldown-days, --labels, --reviewers',
    ],
    [
      'a flag of an inherited name',
      { task: 'regression', constructor: 'y' },
      'unknown flag --constructor; flags for the config: ',
    ],
    [
      'text as number',
      { task: 'binary-classification', threshold: 'high' },
      '--threshold is "high"; write a number',
    ],
    [
      'a number out of range',
      { task: 'binary-classification', threshold: '5' },
      '--threshold is 5; write a number from 0 to 1, such as 0.5',
    ],
    [
      'a flag given twice',
      { task: 'regression', target: ['a', 'b'] },
      '--target is given 2 times; give it once',
    ],
    [
      'an empty list',
      { task: 'regression', columns: ' , ' },
      '--columns is a list of 0 entries; write at least one entry, such as [amt, hour, age]',
    ],
    [
      'the target among the columns',
      { task: 'regression', target: 'y', columns: 'a,y' },
      '--columns lists "y", which is --target; a model must not see its answer: remove it',
    ],
    [
      'a positive class in regression',
      { task: 'regression', 'positive-class': '1' },
      '--positive-class is for binary-classification, and --task is regression; remove it',
    ],
    [
      'an unknown metric',
      { task: 'ranking', group: 'q', primary: 'ndgc' },
      '--primary names "ndgc", and ranking has no metric ndgc; did you mean ndcg? known metrics: ndcg, ndcg_at_<k>, latency_p95_ms, size_bytes',
    ],
    [
      'a command without its model',
      { task: 'regression', command: 'make' },
      '--command needs --command-model: the file the command writes, such as build/model.onnx',
    ],
    [
      'ranking without group',
      { task: 'ranking' },
      '--task is ranking, which needs --group: the column that tells the rows of one query',
    ],
  ];

  it.each(refusals)('refuses %s by the name of the flag', (_name, flags, message) => {
    const actual = messageOf(() => configurationFromFlags(flags));
    expect(message.endsWith(': ') ? actual.slice(0, message.length) : actual).toBe(message);
  });
});

describe('flags over a file', () => {
  it('win over the file and leave the rest as it is', () => {
    const configuration = parseConfiguration(FILE, 'contender.yml', {
      primary: 'f1',
      seed: '9',
      target: undefined,
    });
    expect(configuration.comparison.primary).toBe('f1');
    expect(configuration.training?.seed).toBe(9);
    expect(configuration.data.target).toBe('y');
  });

  it('take the place of the keys they contradict', () => {
    const configuration = parseConfiguration(FILE, 'contender.yml', {
      holdout: 'new.csv',
      learner: 'gradient-boosting',
    });
    expect(configuration.data.holdout).toEqual({ paths: ['new.csv'] });
    expect(configuration.data.source).toBeUndefined();
    expect(configuration.data.split).toBeUndefined();
    expect(configuration.training).toEqual({
      kind: 'learner',
      learner: 'gradient-boosting',
      parameters: {},
      seed: 3,
    });
  });

  it('are named beside the lines of the file', () => {
    expect(
      messageOf(() => parseConfiguration(`${FILE}oops: 1\n`, 'contender.yml', { seed: '-1' })).split('\n'),
    ).toEqual([
      '--seed is -1; write a whole number from 0 to 4294967295',
      'contender.yml:6:1: unknown key "oops"; allowed keys: model, task, data, contract, training, scoring, comparison, drift, retraining, release, deployment',
    ]);
    expect(messageOf(() => parseConfiguration(FILE, 'contender.yml', { columns: 'a,y' }))).toBe(
      '--columns lists "y", which is data.target; a model must not see its answer: remove it',
    );
  });
});
