import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decideVerdict } from '../../../../src/core/comparison/verdict.ts';
import { TASKS } from '../../../../src/core/configuration/configuration.ts';
import { metricNames } from '../../../../src/core/metrics/registry.ts';
import { explainMetric } from '../../../../src/core/report/explain/explain-metric.ts';
import { methodSentences } from '../../../../src/core/report/explain/method-words.ts';
import { meaningOf } from '../../../../src/core/report/explain/metric-meanings.ts';
import { verdictSteps } from '../../../../src/core/report/explain/verdict-steps.ts';
import { comparison, gate, metric, slice } from '../../../support/documents.ts';
import { STATES } from './explain-states.ts';

const GOLDEN = new URL('../../../golden/explain/', import.meta.url);

describe('explainMetric', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`says what the golden file says: ${name}`, () => {
      const file = new URL(`${name}.txt`, GOLDEN);
      const text = `${explainMetric(state.comparison, state.metric)}\n`;
      if (process.env.UPDATE_GOLDEN === '1') {
        mkdirSync(GOLDEN, { recursive: true });
        writeFileSync(file, text);
      }
      expect(text).toBe(readFileSync(file, 'utf8'));
    });
  }

  it('has a golden file for every state and for nothing else', () => {
    const wanted = Object.keys(STATES).map((name) => `${name}.txt`);
    expect(readdirSync(GOLDEN).sort()).toEqual(wanted.sort());
  });

  it('of a metric that was not computed says which were', () => {
    const text = explainMetric(comparison(), 'brier_score');
    expect(text).toContain('It was not computed. The comparison has average_precision, roc_auc');
  });

  it('of the size of a file says neither rows nor an interval', () => {
    const size = {
      name: 'size_bytes',
      direction: 'lower' as const,
      champion: { value: 184_220 },
      challenger: { value: 201_344 },
      difference: { value: -17_124, interval: [-17_124, -17_124] as [number, number], method: 'exact' },
    };
    const text = explainMetric(comparison({ metrics: [size] }), 'size_bytes');
    expect(text.replace(/\s+/g, ' ')).toContain('It is exact.');
    expect(text).not.toContain('labelled rows');
    expect(text).not.toContain('The verdict\n');
  });

  it('names who accepted it all the same', () => {
    const accepted = { by: 'ada', reason: 'known change', digest: comparison().challenger.digest };
    const text = explainMetric(comparison({ accepted, promote: false }), 'average_precision');
    expect(text.replace(/\s+/g, ' ')).toContain('ada accepted it all the same: known change');
  });

  it('without a margin says that nothing but better can be said', () => {
    const { margin: _margin, ...rest } = metric({ verdict: 'inconclusive' });
    const difference = {
      value: 0.01,
      interval: [-0.02, 0.04] as [number, number],
      method: 'paired bootstrap',
    };
    const text = explainMetric(comparison({ metrics: [{ ...rest, difference }] }), 'average_precision');
    expect(text).toMatch(/The margin\n {2}There is none/);
    expect(text).toContain('inconclusive (the first that applies)');
  });

  it('hostile text stays text on its line', () => {
    const hostile = 'x\n::error::pwned ##[error]\u001b[2J';
    const text = explainMetric(
      comparison({
        metrics: [metric({ name: hostile, note: hostile })],
        slices: [slice({ name: hostile, slice: hostile })],
        gates: [gate({ metric: hostile, description: hostile, reason: hostile })],
        primary: hostile,
      }),
      hostile,
    );
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##[');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('pwned');
  });
});

describe('verdictSteps', () => {
  const ends = [-0.05, -0.021, -0.02, -0.019, -0.001, 0, 0.001, 0.019, 0.02, 0.021, 0.05];
  const intervals = ends.flatMap((low) =>
    ends.filter((high) => high >= low).map((high) => [low, high] as const),
  );

  it.each([0.02, undefined])(
    'the first line that applies is the verdict that decides; margin %s',
    (margin) => {
      for (const [low, high] of intervals) {
        const { margin: _own, ...rest } = metric();
        const difference = { value: (low + high) / 2, interval: [low, high] as [number, number], method: '' };
        const steps = verdictSteps({ ...rest, difference, ...(margin === undefined ? {} : { margin }) });
        const first = steps.find(({ applies }) => applies);
        expect(first?.verdict, `[${low}, ${high}]`).toBe(decideVerdict([low, high], margin));
      }
    },
  );
});

describe('words for names', () => {
  it('every metric of every task has a meaning', () => {
    const names = TASKS.flatMap(metricNames).map((name) => name.replace(/<.>/, '5'));
    expect(names.filter((name) => meaningOf(name) === meaningOf('my_own_sql'))).toEqual([]);
  });

  it.each([
    ['DeLong', /DeLong's formula/],
    ['Obuchowski', /groups/],
    ['McNemar mid-p, Tango', /exactly one of them is right/],
    ['paired t', /paired t test/],
    ['paired t (cluster-robust, CR1)', /cluster-robust/],
    ['paired bootstrap by group (bca)', /whole groups are drawn.*\(BCa/s],
    ['paired bootstrap (percentile)', /outermost draws/],
    ['paired bootstrap by class (bca)', /each class is drawn/],
    ['sign-flip permutation', /swapped at random/],
    ['a method of tomorrow', /the method called a method of tomorrow/],
  ])('%s', (method, words) => {
    expect(methodSentences(method, method).join(' ')).toMatch(words);
  });

  it('groups are said of grouped methods alone', () => {
    expect(methodSentences('paired bootstrap (bca)', '').join(' ')).not.toMatch(/group/);
  });
});
