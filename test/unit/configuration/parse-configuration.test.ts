import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfiguration, requireTarget } from '../../../src/core/configuration/parse-configuration.ts';
import { InputError } from '../../../src/core/errors.ts';

const EVERY_KEY = readFileSync(new URL('fixtures/every-key.yml', import.meta.url), 'utf8');
const MINIMAL = 'model: m\ntask: binary-classification\ndata: {target: y}\n';
const DAY = 86_400_000;

function messageFor(text: string): string {
  return errorFor(text).message;
}

function errorFor(text: string): InputError {
  try {
    parseConfiguration(text, 'contender.yml');
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the config was accepted');
}

describe('parseConfiguration', () => {
  it('reads the example that has every key', () => {
    const configuration = parseConfiguration(EVERY_KEY, 'contender.yml');
    expect(configuration.model).toBe('fraud-detector');
    expect(configuration.data.holdout).toEqual({
      paths: ['data/all.parquet'],
      where: "ts >= '2020-10-01'",
    });
    expect(configuration.data.positiveClass).toBe('1');
    expect(configuration.data.labels).toEqual({
      paths: ['labels/*.parquet'],
      join: 'trans_num',
      matureAfterMilliseconds: 30 * DAY,
    });
    expect(configuration.training).toEqual({
      kind: 'learner',
      learner: 'gradient-boosting',
      parameters: { iterations: 200, 'learning-rate': 0.1 },
      seed: 7,
    });
    expect(configuration.comparison.margins).toEqual({
      average_precision: { kind: 'absolute', value: 0.01 },
      log_loss: { kind: 'relative', share: 0.02 },
      roc_auc: { kind: 'share-of-gain', share: 0.02 },
    });
    expect(configuration.comparison.gates?.map((gate) => gate.require)).toEqual([
      'better',
      'not-worse',
      'at-least',
      'at-most',
      'not-worse',
    ]);
    expect(configuration.comparison.slices).toEqual([
      { kind: 'column', column: 'category' },
      { kind: 'column', column: 'gender' },
      { kind: 'condition', name: 'night', where: 'hour < 6' },
    ]);
    expect(configuration.notYetUsed).toEqual([
      'data.predictions',
      'data.labels',
      'comparison.fairness',
      'deployment',
    ]);
  });

  it('fills in every default', () => {
    expect(parseConfiguration(MINIMAL, 'contender.yml')).toEqual({
      model: 'm',
      task: 'binary-classification',
      data: { target: 'y', sensitive: [], exclude: [] },
      comparison: { holdoutBudget: 'warn', guardrails: [], metrics: [], margins: {}, slices: [] },
      drift: {
        falseAlarmsPerYear: 0.1,
        minimumEffect: 'small',
        actOn: ['performance', 'prediction', 'label'],
      },
      retraining: { cooldownDays: 7, labels: ['retraining'], reviewers: [] },
      release: { keepDraftsDays: 14, attest: 'auto' },
      deployment: [],
      notYetUsed: [],
    });
  });

  it.each([
    [
      '{holdout: 60d, training: 1w, gap: 1d, mature-after: 12h}, timestamp: t',
      {
        kind: 'time',
        holdoutMilliseconds: 60 * DAY,
        trainingMilliseconds: 7 * DAY,
        gapMilliseconds: DAY,
        matureAfterMilliseconds: DAY / 2,
      },
    ],
    [
      '{holdout: 60d}, timestamp: t',
      {
        kind: 'time',
        holdoutMilliseconds: 60 * DAY,
        gapMilliseconds: 0,
        matureAfterMilliseconds: 0,
      },
    ],
    ['{holdout: 0.2, by: random}, id: i', { kind: 'share', holdoutShare: 0.2, by: 'random' }],
    ['{holdout: 7%, by: group}, group: g', { kind: 'share', holdoutShare: 0.07, by: 'group' }],
    ['{holdout: 0.2, by: time}, timestamp: t', { kind: 'share', holdoutShare: 0.2, by: 'time' }],
  ])('reads the split %s', (split, expected) => {
    const text = `model: m\ntask: regression\ndata: {source: a.csv, split: ${split}}\n`;
    expect(parseConfiguration(text, 'contender.yml').data.split).toEqual(expected);
  });

  it.each([
    ['a.csv', { paths: ['a.csv'] }],
    ['[a.csv, b.csv]', { paths: ['a.csv', 'b.csv'] }],
    ['{path: [a.csv, b.csv], where: x > 1}', { paths: ['a.csv', 'b.csv'], where: 'x > 1' }],
    [`{path: a.csv, sha256: "${'A1'.repeat(32)}"}`, { paths: ['a.csv'], sha256: 'a1'.repeat(32) }],
  ])('reads the source %s', (source, expected) => {
    const text = `model: m\ntask: regression\ndata: {training: ${source}}\n`;
    expect(parseConfiguration(text, 'contender.yml').data.training).toEqual(expected);
  });

  it.each([
    ['1', '1'],
    ['"1"', '1'],
    ['true', 'true'],
    ['yes', 'yes'],
  ])('takes the positive class %s as text', (written, expected) => {
    const text = `model: m\ntask: binary-classification\ndata: {positive-class: ${written}}\n`;
    expect(parseConfiguration(text, 'contender.yml').data.positiveClass).toBe(expected);
  });

  it('names keys whose stage comes later, and not those that ask for what happens anyway', () => {
    const text = `${MINIMAL}comparison:
  holdout-budget: enforce
  metrics: [roc_auc, {name: own, sql: avg(x), direction: lower}]
release: {attest: always, keep-drafts-days: 3}
retraining: {reviewers: [octocat]}
`;
    expect(parseConfiguration(text, 'contender.yml').notYetUsed).toEqual(['release.attest']);
    expect(parseConfiguration(`${MINIMAL}release: {attest: auto}`, 'contender.yml').notYetUsed).toEqual([]);
  });

  it('tells where the SQL of a metric stands', () => {
    const text = `${MINIMAL}comparison:
  metrics:
    - roc_auc
    - name: own
      sql: avg(score)
      direction: lower
`;
    const lines = MINIMAL.split('\n').length - 1;
    expect(parseConfiguration(text, 'contender.yml').comparison.metrics[1]).toEqual({
      kind: 'sql',
      name: 'own',
      sql: 'avg(score)',
      direction: 'lower',
      location: { file: 'contender.yml', line: lines + 5, column: 12 },
    });
  });

  it.each([
    ['{command: score}', { command: 'score', timeLimitSeconds: 600 }],
    ['{command: score, time-limit: 90s}', { command: 'score', timeLimitSeconds: 90 }],
    ['{time-limit: 1h}', { timeLimitSeconds: 3600 }],
  ])('reads scoring: %s', (written, expected) => {
    const text = `${MINIMAL}scoring: ${written}\n`;
    expect(parseConfiguration(text, 'contender.yml').scoring).toEqual(expected);
  });

  it('reads anchors, and points at the anchored value when it is wrong', () => {
    const text = 'model: m\ntask: regression\ndata: {training: &a {path: 5}, holdout: *a}\n';
    expect(messageFor(text)).toBe(
      'contender.yml:3:28: data.training.path is 5; write a path, a glob or a list of them\n' +
        'contender.yml:3:28: data.holdout.path is 5; write a path, a glob or a list of them',
    );
  });

  it('lists all problems in the order of the file, locates the first, and counts those beyond twenty', () => {
    const keys = Array.from({ length: 25 }, (_, index) => `zzz${index}: 1`);
    const error = errorFor(`${MINIMAL}${keys.join('\n')}\n`);
    const lines = error.message.split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^contender\.yml:4:1: unknown key "zzz0"; allowed keys: model, task, data, /);
    expect(lines[20]).toBe('… and 5 more');
    expect(error.location).toEqual({ file: 'contender.yml', line: 4, column: 1 });
    expect(error.exitCode).toBe(2);
  });

  it('reports rules of one section although another has a wrong key', () => {
    const text = 'model: m\ntask: regression\ndata: {source: a.csv}\ndrift: {acton: []}\n';
    expect(messageFor(text).split('\n')).toEqual([
      'contender.yml:3:8: data.source needs data.split, such as {holdout: 60d} or {holdout: 0.2, by: random}',
      'contender.yml:4:9: unknown key "acton" in drift; did you mean act-on? allowed keys: false-alarms-per-year, minimum-effect, act-on',
    ]);
  });

  it('reports a misspelt section once, and no rule about what it should hold', () => {
    expect(messageFor('model: m\ntask: ranking\ndta: {}\n')).toBe(
      'contender.yml:3:1: unknown key "dta"; did you mean data? allowed keys: model, task, data, contract, training, scoring, comparison, drift, retraining, release, deployment',
    );
  });

  it('throws nothing but InputError, whatever the text', () => {
    const fragments = [
      ...EVERY_KEY.split(/(?<=[\s:,{}[\]])/),
      '&a ',
      '*a',
      '<<: ',
      '? ',
      '!x ',
      '- ',
      '\t',
      '%YAML 1.1\n---\n',
      '|\n',
      '"',
      '__proto__: ',
    ];
    const yaml = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join('')),
      fc
        .tuple(fc.nat(EVERY_KEY.length), fc.nat(30), fc.constantFrom(...fragments))
        .map(([at, length, put]) => EVERY_KEY.slice(0, at) + put + EVERY_KEY.slice(at + length)),
    );
    fc.assert(
      fc.property(yaml, (text) => {
        try {
          parseConfiguration(text, 'contender.yml');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      'a large file',
      `model: ${'m'.repeat(1_000_000)}`,
      'contender.yml has 1000007 characters; a YAML file of Contender has at most 1000000',
    ],
    [
      'an alias bomb',
      `a: &a [${'x, '.repeat(20)}]\nb: &b [${'*a, '.repeat(20)}]\nc: &c [${'*b, '.repeat(20)}]\nd: [${'*c, '.repeat(20)}]\n`,
      'contender.yml uses aliases (*name) that multiply beyond 100 values; write the values out',
    ],
  ])('refuses %s', (_name, text, message) => {
    expect(messageFor(text)).toBe(message);
  });

  it('refuses deep nesting where the parser gave up', () => {
    expect(messageFor('['.repeat(100_000))).toMatch(
      /^contender\.yml:1:\d+: nested too deeply to be a config$/,
    );
  });

  it('refuses thousands of aliases at once', () => {
    expect(messageFor(`a: &a 1\nb: [${'*a, '.repeat(100_000)}]\n`)).toBe(
      'contender.yml uses aliases (*name) that multiply beyond 100 values; write the values out',
    );
  });

  it('survives a value that contains itself', () => {
    expect(messageFor(`${MINIMAL}training: &a\n  parameters: *a\n`)).toContain(
      'training.parameters.parameters is a map of keys',
    );
  });
});

describe('requireTarget', () => {
  it('gives the target, or says what to write', () => {
    expect(requireTarget(parseConfiguration(MINIMAL, 'contender.yml'), 'compare-models')).toBe('y');
    const without = parseConfiguration('model: m\ntask: regression\ndata: {}\n', 'contender.yml');
    expect(() => requireTarget(without, 'compare-models')).toThrow(
      'compare-models needs the column to predict; write data: {target: <column>} in the config, or give --target <column>',
    );
  });
});
