import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serializeConfiguration } from '../../../src/core/configuration/canonical-document.ts';
import type { Configuration } from '../../../src/core/configuration/configuration.ts';
import { mergeExamConfiguration } from '../../../src/core/configuration/exam-configuration.ts';
import {
  parseConfiguration,
  parseExamConfiguration,
} from '../../../src/core/configuration/parse-configuration.ts';

const EVERY_KEY = readFileSync(new URL('fixtures/every-key.yml', import.meta.url), 'utf8');

const BASE = `model: m
task: binary-classification
data:
  training: train.csv
  holdout: {path: holdout.csv, where: x > 1}
  target: y
  features: features.sql
  exclude: [street]
training: {learner: gradient-boosting, parameters: {iterations: 100}}
comparison:
  margins: {roc_auc: 0.01, log_loss: 2%}
  gates: [{metric: roc_auc, require: better}]
`;

function read(text: string): Configuration {
  return parseConfiguration(text, 'contender.yml');
}

describe('mergeExamConfiguration', () => {
  it('takes training and the model’s own columns from the head, everything else from the base', () => {
    const head = read(`model: renamed
task: binary-classification
data:
  training: more.csv
  holdout: easy.csv
  target: z
  columns: [a, b]
  exclude: [city]
  fetch: dvc pull
training: {command: make, model: m.onnx, seed: 4}
comparison: {primary: f1, threshold: 0.9}
drift: {minimum-effect: large}
`);
    const base = read(BASE);
    const { configuration } = mergeExamConfiguration(base, head);
    expect(configuration).toEqual({
      ...base,
      training: head.training,
      data: {
        training: { paths: ['more.csv'] },
        holdout: base.data.holdout,
        target: 'y',
        columns: ['a', 'b'],
        sensitive: [],
        exclude: ['city'],
      },
    });
  });

  it('lists every key that differs, with both values and who decides it', () => {
    const head = BASE.replace('x > 1', 'x > 2')
      .replace('iterations: 100', 'iterations: 200')
      .replace('log_loss: 2%', 'log_loss: 3%, f1: {share-of-gain: 1%}')
      .replace('require: better', 'require: not-worse')
      .replace('  features: features.sql\n', '');
    expect(mergeExamConfiguration(read(BASE), read(head)).changes).toEqual([
      { key: 'data.holdout.where', base: 'x > 1', head: 'x > 2', decidedBy: 'base' },
      { key: 'data.features', base: 'features.sql', decidedBy: 'head' },
      { key: 'training.parameters.iterations', base: '100', head: '200', decidedBy: 'head' },
      { key: 'comparison.margins.log_loss', base: '2%', head: '3%', decidedBy: 'base' },
      { key: 'comparison.margins.f1', head: '{"share-of-gain":0.01}', decidedBy: 'base' },
      {
        key: 'comparison.gates',
        base: '[{"metric":"roc_auc","require":"better","confidence":0.95}]',
        head: '[{"metric":"roc_auc","require":"not-worse","confidence":0.95}]',
        decidedBy: 'base',
      },
    ]);
  });

  it('sees no change in another way to write the same', () => {
    const head = `# a comment
task: "binary-classification"
model: m
comparison:
  holdout-budget: warn
  gates: [{require: better, metric: roc_auc, confidence: 0.95}]
  margins:
    log_loss: 2.0%
    roc_auc: 1e-2
training:
  parameters: {iterations: 100}
  learner: gradient-boosting
data:
  exclude:
    - street
  features: features.sql
  target: y
  holdout: {where: x > 1, path: [holdout.csv]}
  training: {path: train.csv}
drift: {false-alarms-per-year: 0.1}
`;
    expect(mergeExamConfiguration(read(BASE), read(head)).changes).toEqual([]);
  });

  it('leaves out what the head leaves out, and keeps what the base alone leaves for later', () => {
    const base = read(`${BASE}deployment: [{environment: a, file: b}]\n`);
    const head = read('model: m\ntask: regression\ndata: {fetch: x}\n');
    const { configuration } = mergeExamConfiguration(base, head);
    expect(configuration.training).toBeUndefined();
    expect(configuration.data.training).toBeUndefined();
    expect(configuration.data.features).toBeUndefined();
    expect(configuration.notYetUsed).toEqual(['deployment']);
  });

  it('refuses a head that makes the base’s target a feature', () => {
    const head = BASE.replace('target: y', 'target: other').replace('exclude: [street]', 'columns: [a, y]');
    expect(() => mergeExamConfiguration(read(BASE), read(head))).toThrow(
      'data.columns of this pull request lists "y", the target on the base branch; a model must not see its answer: remove it',
    );
  });
});

/** Where SQL stands in one file says nothing about another. */
function withoutLocations(configuration: Configuration): Configuration {
  const { comparison } = configuration;
  const metrics = comparison.metrics.map((metric) => {
    if (metric.kind === 'named') return metric;
    const { location: _location, ...rest } = metric;
    return rest;
  });
  return { ...configuration, comparison: { ...comparison, metrics } };
}

describe('serializeConfiguration', () => {
  it.each([
    ['every key', EVERY_KEY],
    ['a small config', BASE],
    [
      'a split by time',
      'model: m\ntask: regression\ndata: {source: [a, b], split: {holdout: 90m, training: 3w, gap: 45s}, timestamp: t}\n',
    ],
    [
      'a split by share',
      'model: m\ntask: regression\ndata: {source: a, split: {holdout: 12.5%, by: random}, id: i}\n',
    ],
    [
      'a command, scoring and SQL metrics',
      'model: m\ntask: regression\ndata: {target: y, positive-class: 1}\n'.replace(
        ', positive-class: 1',
        '',
      ) +
        'training: {command: make, model: m.bin}\nscoring: {command: score, time-limit: 90s}\ncomparison: {metrics: [rmse, {name: own, sql: avg(x), direction: lower}], margins: {own: 0.7%, rmse: {share-of-gain: 7%}}}\n',
    ],
    [
      'no gates, which is not the default gate',
      'model: m\ntask: regression\ndata: {}\ncomparison: {gates: []}\n',
    ],
  ])('is read back to the same configuration: %s', (_name, text) => {
    const configuration = withoutLocations(read(text));
    const again = parseExamConfiguration(serializeConfiguration(configuration), 'exam.yml');
    expect({ ...again, notYetUsed: [] }).toEqual({ ...configuration, notYetUsed: [] });
    expect(serializeConfiguration(again)).toBe(serializeConfiguration(configuration));
  });

  it('keeps an exam that joins the source of the base with the training data of the head', () => {
    const base = read('model: m\ntask: regression\ndata: {source: a, split: {holdout: 60d}, timestamp: t}\n');
    const head = read('model: m\ntask: regression\ndata: {training: b, holdout: c}\n');
    const { configuration } = mergeExamConfiguration(base, head);
    const again = parseExamConfiguration(serializeConfiguration(configuration), 'exam.yml');
    expect(again).toEqual(configuration);
    expect(again.data.training).toEqual({ paths: ['b'] });
    expect(again.data.holdout).toBeUndefined();
  });
});
