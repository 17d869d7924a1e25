import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { InputError } from '../../../src/core/errors.ts';

const ROOT_KEYS =
  'model, task, data, contract, training, scoring, comparison, drift, retraining, release, deployment';
const DATA_KEYS =
  'training, holdout, source, split, reference, current, features, fetch, predictions, labels, target, positive-class, id, timestamp, columns, group, sensitive, weight, exclude';
const BINARY_METRICS =
  'roc_auc, average_precision, log_loss, brier_score, accuracy, balanced_accuracy, f1, precision, recall, specificity, matthews_corrcoef, ks_statistic, expected_calibration_error, expected_cost, recall_at_fpr_<x>, precision_at_recall_<x>, latency_p95_ms, size_bytes';
const TASK_NAMES = 'binary-classification, multiclass-classification, regression, ranking';
const DURATION_ADVICE =
  'write a whole number and a unit, such as 60d, 12h, 10m, 45s or 2w (w weeks, d days, h hours, m minutes, s seconds)';

function binary(rest: string): string {
  return `model: m\ntask: binary-classification\n${rest}`;
}

function data(keys: string): string {
  return binary(`data: {${keys}}\n`);
}

function comparison(keys: string): string {
  return binary(`data: {target: y, group: g}\ncomparison:\n  ${keys}\n`);
}

/** What is wrong, the config, and every line of the message after `contender.yml:`. */
const BAD_CONFIGS: readonly (readonly [string, string, readonly string[]])[] = [
  ['empty file', '', [`1:1: the config is empty; write a map with the keys ${ROOT_KEYS}`]],
  ['only a comment', '# nothing\n', [`1:1: the config is empty; write a map with the keys ${ROOT_KEYS}`]],
  ['text instead of a map', 'hello', [`1:1: the config is "hello"; write a map with the keys ${ROOT_KEYS}`]],
  [
    'a list instead of a map',
    '- a\n- b\n',
    [`1:1: the config is a list of 2 entries; write a map with the keys ${ROOT_KEYS}`],
  ],
  [
    'bad flow syntax',
    'model: m\ntask: [a\ndata: {}\n',
    ['3:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['an unclosed quote', 'model: "m\ntask: x\n', ['3:1: not valid YAML: Missing closing "quote']],
  ['a duplicate key', binary('data: {}\nmodel: n\n'), ['4:1: the key "model" is written twice; keep one']],
  [
    'a tab as indent',
    binary('data:\n\ttarget: y\n'),
    ['4:1: a tab indents this line; YAML is indented by spaces'],
  ],
  [
    'two documents',
    binary('data: {}\n---\nmodel: n\n'),
    ['4:1: a second document starts here (---); one file describes one model'],
  ],
  [
    'a tag',
    data('target: !secret y'),
    ['3:16: a tag (!name) stands here; write plain text, numbers, lists and maps'],
  ],
  [
    'an alias that leads nowhere',
    data('target: *nowhere'),
    ['3:16: the alias *nowhere has no anchor &nowhere before it; write text that begins with * in quotes'],
  ],
  [
    'a key that lies about its prototype in a gate',
    comparison('gates: [{metric: f1, require: better, __proto__: 1}]'),
    [
      '5:41: unknown key "__proto__" in comparison.gates[0]; allowed keys: metric, slices, confidence, require',
    ],
  ],
  [
    'bad indentation',
    binary('data:\n    target: y\n  id: i\n'),
    ['5:1: not valid YAML: All mapping items must start at the same column'],
  ],
  ['a missing task', 'model: m\ndata: {}\n', [`1:1: task is missing; write one of ${TASK_NAMES}`]],
  ['a missing data section', binary(''), [`1:1: data is missing; write a map with the keys ${DATA_KEYS}`]],
  [
    'an upper-case model',
    'model: Fraud_1\ntask: regression\ndata: {}\n',
    [
      '1:8: model is "Fraud_1"; write lower-case letters, digits and hyphens, beginning with a letter or a digit, such as fraud-detector',
    ],
  ],
  ['a numeric model', 'model: 5\ntask: regression\ndata: {}\n', ['1:8: model is 5; write it in quotes, "5"']],
  [
    'an unknown task',
    'model: m\ntask: regresion\ndata: {}\n',
    [`2:7: task is "regresion"; did you mean regression? write one of ${TASK_NAMES}`],
  ],
  [
    'a shortened task',
    'model: m\ntask: binary\ndata: {}\n',
    [`2:7: task is "binary"; did you mean binary-classification? write one of ${TASK_NAMES}`],
  ],
  [
    'a key in camelCase',
    data('positiveClass: 1'),
    [`3:8: unknown key "positiveClass" in data; did you mean positive-class? allowed keys: ${DATA_KEYS}`],
  ],
  [
    'a key in snake_case',
    data('positive_class: 1'),
    [`3:8: unknown key "positive_class" in data; did you mean positive-class? allowed keys: ${DATA_KEYS}`],
  ],
  ['a key far from all', data('zebra: 1'), [`3:8: unknown key "zebra" in data; allowed keys: ${DATA_KEYS}`]],
  [
    'a key of a section at the top',
    binary('data: {}\nseed: 5\n'),
    [`4:1: unknown key "seed"; write it under training; allowed keys: ${ROOT_KEYS}`],
  ],
  [
    'a mistyped required key',
    'modl: m\ntask: regression\ndata: {}\n',
    [`1:1: unknown key "modl"; did you mean model? allowed keys: ${ROOT_KEYS}`],
  ],
  [
    'an empty key',
    binary('data:\n  target:\n'),
    ['4:10: data.target is empty; write text, such as amt, or remove the key'],
  ],
  ['an empty section', binary('data:\n'), [`3:6: data is empty; write a map with the keys ${DATA_KEYS}`]],
  ['data as text', binary('data: a.csv\n'), [`3:7: data is "a.csv"; write a map with the keys ${DATA_KEYS}`]],
  [
    'data as a list',
    binary('data: [a.csv]\n'),
    [`3:7: data is a list of 1 entry; write a map with the keys ${DATA_KEYS}`],
  ],
  ['a number as column', data('target: 5'), ['3:16: data.target is 5; write it in quotes, "5"']],
  ['a boolean as column', data('target: true'), ['3:16: data.target is true; write it in quotes, "true"']],
  ['a blank column', data('target: " "'), ['3:16: data.target is " "; write text, such as amt']],
  [
    'a list as column',
    data('target: [y]'),
    ['3:16: data.target is a list of 1 entry; write text, such as amt'],
  ],
  [
    'an empty list of columns',
    data('columns: []'),
    ['3:17: data.columns is a list of 0 entries; write at least one entry, such as [amt, hour, age]'],
  ],
  ['text as columns', data('columns: amt'), ['3:17: data.columns is "amt"; write a list, such as [amt]']],
  [
    'a number among columns',
    data('columns: [amt, 5]'),
    ['3:23: data.columns[1] is 5; write it in quotes, "5"'],
  ],
  ['a column twice', data('columns: [a, b, a]'), ['3:24: data.columns lists "a" twice; keep one']],
  [
    'the target among the columns',
    data('target: y, columns: [a, y]'),
    ['3:32: data.columns lists "y", which is data.target; a model must not see its answer: remove it'],
  ],
  [
    'an excluded column among the columns',
    data('columns: [a, b], exclude: [b]'),
    ['3:21: data.columns lists "b", which data.exclude takes away; keep it in one of the two'],
  ],
  [
    'the target as id',
    data('target: y, id: y'),
    ['3:23: data.id is "y", which is data.target too; name another column'],
  ],
  [
    'a source as number',
    data('training: 5'),
    [
      '3:18: data.training is 5; write a path, a list of paths, or {path: …, where: …, sha256: …, encoding: …}',
    ],
  ],
  [
    'an empty list of paths',
    data('training: []'),
    [
      '3:18: data.training is a list of 0 entries; write at least one entry, such as [data/2024.csv, data/2025.csv]',
    ],
  ],
  [
    'a source map without path',
    data('training: {where: x > 1}'),
    ['3:8: data.training.path is missing; write a path, a glob or a list of them'],
  ],
  [
    'a source map with an unknown key',
    data('training: {paths: a.csv}'),
    [
      '3:19: unknown key "paths" in data.training; did you mean path? allowed keys: path, where, sha256, encoding',
    ],
  ],
  [
    'a list of paths with a map in it',
    data('training: [{path: a}]'),
    ['3:19: data.training[0] is a map of keys; write text, such as data/train.parquet'],
  ],
  [
    'a bad sha256',
    data('training: {path: a.csv, sha256: abc}'),
    ['3:40: data.training.sha256 is "abc"; write the 64 hexadecimal digits that sha256sum prints'],
  ],
  [
    'a source with an empty condition',
    data('training: {path: a.csv, where: ""}'),
    ['3:39: data.training.where is ""; write text, such as day >= \'2024-01-01\''],
  ],
  [
    'labels without join',
    data('labels: {path: a.csv}'),
    ['3:8: data.labels.join is missing; write text, such as amt'],
  ],
  [
    'a positive class as list',
    data('positive-class: [1]'),
    ['3:24: data.positive-class is a list of 1 entry; write the class as text, number or boolean, such as 1'],
  ],
  [
    'a positive class beyond exact numbers',
    data('positive-class: 12345678901234567890'),
    ['3:24: data.positive-class is 12345678901234567000; write so large a number in quotes'],
  ],
  [
    'training beside source',
    data('training: a, source: b, split: {holdout: 0.2, by: random}, id: i'),
    [
      '3:21: data.training and data.source exclude each other; write data.training and data.holdout, or data.source and data.split',
    ],
  ],
  [
    'holdout beside split',
    data('holdout: a, split: {holdout: 0.2, by: random}, id: i'),
    [
      '3:20: data.holdout and data.split exclude each other; write data.training and data.holdout, or data.source and data.split',
    ],
  ],
  [
    'source without split',
    data('source: a'),
    ['3:8: data.source needs data.split, such as {holdout: 60d} or {holdout: 0.2, by: random}'],
  ],
  [
    'split without source',
    data('split: {holdout: 0.2, by: random}, id: i'),
    ['3:8: data.split needs data.source: the files to divide'],
  ],
  [
    'a split as text',
    data('source: a, split: 60d'),
    ['3:26: data.split is "60d"; write a map with the keys holdout, training, gap, mature-after, by'],
  ],
  [
    'a bad span',
    data('source: a, split: {holdout: 60 days}'),
    [
      '3:36: data.split.holdout is "60 days"; write a span such as 60d, or a share between 0 and 1 such as 0.2 or 20%',
    ],
  ],
  [
    'a span without length',
    data('source: a, timestamp: t, split: {holdout: 0d}'),
    ['3:50: data.split.holdout is "0d"; write a longer span, such as 60d'],
  ],
  [
    'a share of one',
    data('source: a, id: i, split: {holdout: 1, by: random}'),
    [
      '3:43: data.split.holdout is 1; write a span such as 60d, or a share between 0 and 1 such as 0.2 or 20%',
    ],
  ],
  [
    'a share of 100%',
    data('source: a, id: i, split: {holdout: 100%, by: random}'),
    ['3:43: data.split.holdout is "100%"; write a share between 0 and 1 such as 0.2 or 20%'],
  ],
  [
    'a negative share',
    data('source: a, id: i, split: {holdout: -0.2, by: random}'),
    [
      '3:43: data.split.holdout is -0.2; write a span such as 60d, or a share between 0 and 1 such as 0.2 or 20%',
    ],
  ],
  [
    'a bad training span',
    data('source: a, timestamp: t, split: {holdout: 60d, training: 365}'),
    [`3:65: data.split.training is 365; ${DURATION_ADVICE}`],
  ],
  [
    'a bad gap',
    data('source: a, timestamp: t, split: {holdout: 60d, gap: 1.5d}'),
    [`3:60: data.split.gap is "1.5d"; ${DURATION_ADVICE}`],
  ],
  [
    'a span without timestamp',
    data('source: a, split: {holdout: 60d}'),
    [
      '3:19: data.split counts time back from the newest row and needs data.timestamp: the column with the time of a row',
    ],
  ],
  [
    'a span with by',
    data('source: a, timestamp: t, split: {holdout: 60d, by: time}'),
    [
      '3:55: data.split.by says how a share is drawn, and holdout is the span 60d; remove by, or write a share such as holdout: 0.2',
    ],
  ],
  [
    'a share with gap',
    data('source: a, id: i, split: {holdout: 0.2, by: random, gap: 1d}'),
    [
      '3:60: data.split.gap belongs to a span, and holdout is the share 0.2; remove gap, or write a span such as holdout: 60d',
    ],
  ],
  [
    'a share without by',
    data('source: a, split: {holdout: 0.2}'),
    ['3:27: data.split draws a share and needs by: write one of group, time, random'],
  ],
  [
    'by group without group',
    data('source: a, split: {holdout: 0.2, by: group}'),
    ['3:45: data.split.by is group, which needs data.group: the column whose rows belong together'],
  ],
  [
    'by time without timestamp',
    data('source: a, split: {holdout: 0.2, by: time}'),
    ['3:45: data.split.by is time, which needs data.timestamp: the column with the time of a row'],
  ],
  [
    'by random without id',
    data('source: a, split: {holdout: 0.2, by: random}'),
    [
      '3:45: data.split.by is random, which needs data.id: the column that identifies a row, which is hashed so that new rows never move old ones',
    ],
  ],
  [
    'an unknown by',
    data('source: a, split: {holdout: 0.2, by: rand}'),
    ['3:45: data.split.by is "rand"; did you mean random? write one of group, time, random'],
  ],
  [
    'a positive class in regression',
    'model: m\ntask: regression\ndata: {positive-class: 1}\n',
    ['3:8: data.positive-class is for binary-classification, and task is regression; remove it'],
  ],
  [
    'ranking without group',
    'model: m\ntask: ranking\ndata: {target: y}\n',
    ['2:7: task is ranking, which needs data.group: the column that tells the rows of one query'],
  ],
  [
    'training without learner',
    binary('data: {}\ntraining: {seed: 1}\n'),
    [
      '4:1: training says neither learner nor command; write learner: gradient-boosting, or command: and model:',
    ],
  ],
  [
    'learner and command',
    binary('data: {}\ntraining: {learner: linear, command: make, model: m.onnx}\n'),
    ['4:29: training.learner and training.command exclude each other; keep one'],
  ],
  [
    'command without model',
    binary('data: {}\ntraining: {command: make}\n'),
    ['4:12: training.command needs training.model: the file the command writes, such as build/model.onnx'],
  ],
  [
    'learner with model',
    binary('data: {}\ntraining: {learner: linear, model: m.onnx}\n'),
    ['4:29: training.model belongs to a command; remove it, a built-in learner chooses its file itself'],
  ],
  [
    'an unknown learner',
    binary('data: {}\ntraining: {learner: gradient_boosting_}\n'),
    [
      '4:21: training.learner is "gradient_boosting_"; did you mean gradient-boosting? write one of gradient-boosting, linear',
    ],
  ],
  [
    'a negative seed',
    binary('data: {}\ntraining: {learner: linear, seed: -1}\n'),
    ['4:35: training.seed is -1; write a whole number from 0 to 4294967295'],
  ],
  [
    'a fractional seed',
    binary('data: {}\ntraining: {learner: linear, seed: 1.5}\n'),
    ['4:35: training.seed is 1.5; write a whole number from 0 to 4294967295'],
  ],
  [
    'a list as parameter',
    binary('data: {}\ntraining: {learner: linear, parameters: {depth: [1]}}\n'),
    ['4:49: training.parameters.depth is a list of 1 entry; write a number, text, true or false'],
  ],
  [
    'a forbidden parameter name',
    binary('data: {}\ntraining: {learner: linear, parameters: {constructor: 1}}\n'),
    ['4:42: "constructor" cannot be a key of training.parameters; choose another name'],
  ],
  [
    'an infinite parameter',
    binary('data: {}\ntraining: {learner: linear, parameters: {rate: .inf}}\n'),
    ['4:48: training.parameters.rate is Infinity; write a number'],
  ],
  [
    'a scoring command beside a learner',
    binary('data: {}\ntraining: {learner: linear}\nscoring: {command: score}\n'),
    ['5:11: scoring.command is for a model that is not ONNX, and training.learner writes ONNX; remove one'],
  ],
  [
    'a bad time limit',
    binary('data: {}\nscoring: {command: score, time-limit: 600}\n'),
    [`4:39: scoring.time-limit is 600; ${DURATION_ADVICE}`],
  ],
  [
    'an unknown metric',
    comparison('primary: roc_acu'),
    [
      `5:12: comparison.primary names "roc_acu", and binary-classification has no metric roc_acu; did you mean roc_auc? known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'a metric of another task',
    comparison('primary: rmse'),
    [
      `5:12: comparison.primary names "rmse", and binary-classification has no metric rmse; known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'a bad number in a metric',
    comparison('guardrails: [recall_at_fpr_5]'),
    [
      `5:16: comparison.guardrails names "recall_at_fpr_5", and the number in recall_at_fpr_5 has to be a share from 0 to 1; did you mean recall_at_fpr_<x>? known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'an unknown metric among the metrics',
    comparison('metrics: [rocauc]'),
    [
      `5:13: comparison.metrics names "rocauc", and binary-classification has no metric rocauc; did you mean roc_auc? known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'margins of an unknown metric',
    comparison('margins: {log_los: 1%}'),
    [
      `5:13: comparison.margins names "log_los", and binary-classification has no metric log_los; did you mean log_loss? known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'guardrails as text',
    comparison('guardrails: log_loss'),
    ['5:15: comparison.guardrails is "log_loss"; write a list, such as [log_loss]'],
  ],
  [
    'an SQL metric without direction',
    comparison('metrics: [{name: a, sql: b}]'),
    ['5:13: comparison.metrics[0].direction is missing; write one of higher, lower'],
  ],
  [
    'an SQL metric with a bad direction',
    comparison('metrics: [{name: a, sql: b, direction: up}]'),
    ['5:42: comparison.metrics[0].direction is "up"; write one of higher, lower'],
  ],
  [
    'an SQL metric with a known name',
    comparison('metrics: [{name: f1, sql: b, direction: higher}]'),
    ['5:20: comparison.metrics defines "f1", which is a metric of Contender; choose another name'],
  ],
  [
    'a metric twice',
    comparison('metrics: [f1, f1]'),
    ['5:17: comparison.metrics lists "f1" twice; keep one'],
  ],
  [
    'a metric as number',
    comparison('metrics: [5]'),
    ['5:13: comparison.metrics[0] is 5; write a metric, or {name: …, sql: …, direction: higher | lower}'],
  ],
  [
    'a margin as text',
    comparison('margins: {roc_auc: small}'),
    [
      '5:22: comparison.margins.roc_auc is "small"; write an amount such as 0.01, a percentage such as 2%, or {share-of-gain: 0.02}',
    ],
  ],
  [
    'a negative margin',
    comparison('margins: {roc_auc: -0.1}'),
    ['5:22: comparison.margins.roc_auc is -0.1; write an amount of at least 0, such as 0.01'],
  ],
  [
    'a margin as a map with an unknown key',
    comparison('margins: {roc_auc: {share: 0.1}}'),
    [
      '5:23: unknown key "share" in comparison.margins.roc_auc; did you mean share-of-gain? allowed keys: share-of-gain',
    ],
  ],
  [
    'a share of gain above one',
    comparison('margins: {roc_auc: {share-of-gain: 2}}'),
    ['5:38: comparison.margins.roc_auc.share-of-gain is 2; write a share from 0 to 1, such as 0.02 or 2%'],
  ],
  [
    'a share of gain as text',
    comparison('margins: {roc_auc: {share-of-gain: half}}'),
    [
      '5:38: comparison.margins.roc_auc.share-of-gain is "half"; write a share from 0 to 1, such as 0.02 or 2%',
    ],
  ],
  [
    'an empty margin',
    comparison('margins: {roc_auc: }'),
    [
      '5:22: comparison.margins.roc_auc is empty; write an amount such as 0.01, a percentage such as 2%, or {share-of-gain: 0.02}',
    ],
  ],
  [
    'a gate without require',
    comparison('gates: [{metric: f1}]'),
    ['5:11: comparison.gates[0].require is missing; write one of better, not-worse, at-least, at-most'],
  ],
  [
    'a gate with an unknown require',
    comparison('gates: [{metric: f1, require: at_lest}]'),
    [
      '5:33: comparison.gates[0].require is "at_lest"; did you mean at-least? write one of better, not-worse, at-least, at-most',
    ],
  ],
  [
    'at-least without value',
    comparison('gates: [{metric: f1, require: at-least}]'),
    ['5:11: comparison.gates[0].value is missing; write a number'],
  ],
  [
    'at-most with text as value',
    comparison('gates: [{metric: f1, require: at-most, value: high}]'),
    ['5:49: comparison.gates[0].value is "high"; write a number'],
  ],
  [
    'better with value',
    comparison('gates: [{metric: f1, require: better, value: 1}]'),
    [
      '5:41: comparison.gates[0].value does not go with require: better; allowed keys there: metric, slices, confidence, require',
    ],
  ],
  [
    'at-least with margin',
    comparison('gates: [{metric: f1, require: at-least, value: 1, margin: 2%}]'),
    [
      '5:53: comparison.gates[0].margin does not go with require: at-least; allowed keys there: metric, slices, confidence, require, value',
    ],
  ],
  [
    'a gate without metric',
    comparison('gates: [{require: better}]'),
    ['5:11: comparison.gates[0].metric is missing; write text, such as roc_auc'],
  ],
  [
    'a gate as text',
    comparison('gates: [f1]'),
    [
      '5:11: comparison.gates[0] is "f1"; write a gate, such as {metric: roc_auc, require: at-least, value: 0.8}',
    ],
  ],
  [
    'a gate on an unknown metric',
    comparison('gates: [{metric: f2, require: better}]'),
    [
      `5:20: comparison.gates names "f2", and binary-classification has no metric f2; did you mean f1? known metrics: ${BINARY_METRICS}`,
    ],
  ],
  [
    'confidence in percent',
    comparison('gates: [{metric: f1, require: better, confidence: 95}]'),
    [
      '5:53: comparison.gates[0].confidence is 95; write a two-sided confidence between 0.5 and 1, such as 0.95',
    ],
  ],
  [
    'a gate on an undeclared slice',
    comparison('slices: [night, day]\n  gates: [{metric: f1, require: better, slices: nihgt}]'),
    [
      '6:49: comparison.gates names the slice "nihgt"; did you mean night? write all, night, day (comparison.slices)',
    ],
  ],
  [
    'a gate on all of no slices',
    comparison('gates: [{metric: f1, require: better, slices: all}]'),
    ['5:49: comparison.gates names the slice "all"; none is declared (comparison.slices)'],
  ],
  [
    'a slice without condition',
    comparison('slices: [{name: night}]'),
    ['5:12: comparison.slices[0].where is missing; write text, such as hour < 6'],
  ],
  [
    'a slice of the group',
    comparison('slices: [g]'),
    [
      '5:12: comparison.slices names "g", which is data.group: its values are never printed; write a condition with a name of your own, such as {name: large, where: "amount > 100"}',
    ],
  ],
  ['a slice twice', comparison('slices: [a, a]'), ['5:15: comparison.slices lists "a" twice; keep one']],
  [
    'a slice called all',
    comparison('slices: [{name: all, where: x}]'),
    ['5:19: comparison.slices names a slice "all", which means every slice; choose another name'],
  ],
  [
    'a threshold above one',
    comparison('threshold: 50'),
    ['5:14: comparison.threshold is 50; write a number from 0 to 1, such as 0.5'],
  ],
  [
    'a threshold as text',
    comparison('threshold: high'),
    ['5:14: comparison.threshold is "high"; write a number from 0 to 1, such as 0.5'],
  ],
  [
    'a NaN threshold',
    comparison('threshold: .nan'),
    ['5:14: comparison.threshold is NaN; write a number from 0 to 1, such as 0.5'],
  ],
  [
    'a negative cost',
    comparison('cost: {false-positive: -1, false-negative: 1}'),
    ['5:26: comparison.cost.false-positive is -1; write a cost of at least 0, or a column'],
  ],
  [
    'expected_cost without cost',
    comparison('metrics: [expected_cost]'),
    ['5:13: expected_cost needs comparison.cost, such as {false-positive: 5, false-negative: 100}'],
  ],
  [
    'threshold in regression',
    'model: m\ntask: regression\ndata: {}\ncomparison: {threshold: 0.5}\n',
    ['4:14: comparison.threshold is for binary-classification, and task is regression; remove it'],
  ],
  [
    'an unknown budget',
    comparison('holdout-budget: strict'),
    ['5:19: comparison.holdout-budget is "strict"; write one of warn, enforce'],
  ],
  [
    'fairness without metrics',
    comparison('fairness: {attributes: [a]}'),
    ['5:3: comparison.fairness.metrics is missing; write a list, such as [demographic_parity_ratio]'],
  ],
  [
    'no false alarms at all',
    binary('data: {}\ndrift: {false-alarms-per-year: 0}\n'),
    ['4:32: drift.false-alarms-per-year is 0; write a number above 0 and below 366, such as 0.1'],
  ],
  [
    'an unknown effect',
    binary('data: {}\ndrift: {minimum-effect: tiny}\n'),
    ['4:25: drift.minimum-effect is "tiny"; write one of small, medium, large'],
  ],
  [
    'an unknown kind of drift',
    binary('data: {}\ndrift: {act-on: [labels]}\n'),
    [
      '4:18: drift.act-on[0] is "labels"; did you mean label? write one of performance, prediction, label, feature',
    ],
  ],
  [
    'a negative cooldown',
    binary('data: {}\nretraining: {cooldown-days: -1}\n'),
    ['4:29: retraining.cooldown-days is -1; write a number of days from 0 to 3650'],
  ],
  [
    'a duration as days',
    binary('data: {}\nrelease: {keep-drafts-days: 14d}\n'),
    ['4:29: release.keep-drafts-days is "14d"; write a number of days from 0 to 3650'],
  ],
  [
    'an unknown attest',
    binary('data: {}\nrelease: {attest: yes}\n'),
    ['4:19: release.attest is "yes"; write one of auto, always, never'],
  ],
  [
    'a deployment as map',
    binary('data: {}\ndeployment: {environment: a, file: b}\n'),
    [
      '4:13: deployment is a map of keys; write a list, such as [{environment: staging, file: deploy/staging.yaml}]',
    ],
  ],
  [
    'a deployment without file',
    binary('data: {}\ndeployment: [{environment: a}]\n'),
    ['4:14: deployment[0].file is missing; write text, such as deploy/staging.yaml'],
  ],
  [
    'a number in set',
    binary('data: {}\ndeployment: [{environment: a, file: b, set: {replicas: 3}}]\n'),
    ['4:56: deployment[0].set.replicas is 3; write text, such as "3"'],
  ],
  [
    'an unknown by in deployment',
    binary('data: {}\ndeployment: [{environment: a, file: b, by: pr}]\n'),
    ['4:44: deployment[0].by is "pr"; write one of pull-request, commit'],
  ],
  [
    'a prototype key',
    data('__proto__: {target: y}'),
    [`3:8: unknown key "__proto__" in data; allowed keys: ${DATA_KEYS}`],
  ],
  [
    'a key with a line break',
    data('"a\\nb": 1'),
    [`3:8: unknown key "a\\nb" in data; allowed keys: ${DATA_KEYS}`],
  ],
  ['a number as key', data('1: 2'), [`3:8: unknown key "1" in data; allowed keys: ${DATA_KEYS}`]],
];

describe('messages for a wrong config', () => {
  it.each(BAD_CONFIGS)('says what is wrong with %s', (_name, text, expected) => {
    const error = refusalOf(text);
    expect(error.message.split('\n')).toEqual(expected.map((line) => `contender.yml:${line}`));
    const [line, column] = (expected[0] as string).split(':').map(Number);
    expect(error.location).toEqual({ file: 'contender.yml', line, column });
  });
});

function refusalOf(text: string): InputError {
  try {
    parseConfiguration(text, 'contender.yml');
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the config was accepted');
}
