import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../src/core/report/junit.ts';
import { comparison, drift, failedDocument, gate, training, validation } from '../../support/documents.ts';
import { STATES } from './comment-states.ts';

const counts = (xml: string) =>
  /<testsuite name="[^"]*" tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/
    .exec(xml)
    ?.slice(1)
    .map(Number);
const one = (evidence: object) => renderJunit([{ model: 'fraud-detector', ...evidence }]);

describe('renderJunit', () => {
  it('has a suite for each model, and a case for the verdict and each gate', () => {
    const xml = renderJunit([
      { model: 'churn', comparison: comparison({ model: 'churn' }) },
      { model: 'demand', comparison: comparison({ model: 'demand', gates: [gate()] }) },
    ]);
    expect(xml.match(/<testsuite name="[^"]*"/g)).toEqual([
      '<testsuite name="churn"',
      '<testsuite name="demand"',
    ]);
    expect(xml).toContain('<testcase name="verdict" classname="contender.demand.comparison" time="0.000">');
    expect(xml).toContain('<testcase name="average_precision not worse" classname="contender.demand.gates"');
    expect(xml).toContain('<property name="challenger-digest" value="5e1f5e1f');
    expect(xml).toContain('<property name="proposed-version" value="1.5.0"/>');
    expect(counts(xml)).toEqual([3, 0, 0, 0]);
  });

  it('fails where the verdict or a gate fails, and says why', () => {
    const xml = one(STATES['gate-failed']?.models[0] ?? {});
    expect(counts(xml)).toEqual([3, 2, 0, 0]);
    expect(xml).toContain('<failure message="the interval [−0.0027, −0.0009] is below −0.0004');
    expect(xml).toContain('type="guardrail"');
    expect(xml).toContain('<failure message="Gate failed log_loss 0.0143 → 0.0161" type="gate-failed">');
  });

  it('skips what is undecided and says what would settle it', () => {
    const xml = one(STATES.inconclusive?.models[0] ?? {});
    expect(counts(xml)).toEqual([2, 0, 0, 2]);
    expect(xml).toContain('about 71,000 labelled rows would settle it');
  });

  it('skips what a maintainer overruled', () => {
    const xml = one(STATES.accepted?.models[0] ?? {});
    expect(counts(xml)).toEqual([3, 0, 0, 1]);
    expect(xml).toContain('<skipped message="overruled by a maintainer; the interval');
  });

  it('takes errors of the data for failures, and warnings for passed', () => {
    expect(counts(one(STATES['data-broken']?.models[0] ?? {}))).toEqual([5, 1, 0, 0]);
    const xml = one({ validation: validation() });
    expect(counts(xml)).toEqual([3, 0, 0, 0]);
    expect(xml).toContain('<system-out>warning: 0.13 % of the values are missing');
    expect(xml).toContain('<testcase name="data set training"');
    expect(xml).toContain('<system-out>92,310 rows, 3 columns, 18 rules</system-out>');
  });

  it('has a case for each rule that is kept, and skips what was not checked', () => {
    const rules = [
      { check: 'range', column: 'amt', line: 9 },
      { check: 'sql', name: 'fresh', line: 12 },
      { check: 'set', column: 'category', line: 15 },
    ];
    const { datasets, findings } = validation();
    const told = { ...findings[0]!, check: 'set', location: { file: 'contract.yml', line: 15 } };
    const unchecked = {
      ...{ check: 'not-checked', severity: 'info' as const, dataset: 'training', examples: [] },
      message: 'not checked: fresh: no earlier commit',
      location: { file: 'contract.yml', line: 12 },
    };
    const xml = one({
      validation: validation({
        datasets: [{ ...datasets[0]!, rules }, datasets[1]!],
        findings: [told, unchecked],
      }),
    });
    expect(counts(xml)).toEqual([5, 0, 0, 1]);
    expect(xml).toContain(
      'name="range training.amt" classname="contender.fraud-detector.data" file="contract.yml" line="9"',
    );
    expect(xml).toContain('<skipped message="not checked: fresh: no earlier commit');
    expect(xml).not.toContain('name="fresh training"');
  });

  it('names rule, rows and edit where data fail, also when nothing else ran', () => {
    const xml = one(STATES['data-failed']?.models[0] ?? {});
    expect(counts(xml)).toEqual([3, 2, 0, 0]);
    expect(xml).toContain(
      '<testcase name="range training.amt" classname="contender.fraud-detector.data" file="contract.yml" line="14"',
    );
    expect(xml).toContain('&quot;-3.5&quot; (contract.yml:14)" type="range">');
    expect(xml).toContain('data/train.csv:812: &quot;-3.5&quot;\ndata/train.csv:9001: &quot;-1&quot;\n');
    expect(xml).toContain('if it is meant, edit contract.yml:14:\n- logicalTypeOptions: {minimum: 0}\n+ ');
  });

  it('has an error for a stage that died, and for a judgement that is missing', () => {
    const xml = one({ training: failedDocument('training', { file: 'contender.yml', line: 14 }) });
    expect(counts(xml)).toEqual([1, 0, 1, 0]);
    expect(xml).toContain('<testcase name="train-model" classname="contender.fraud-detector.stages"');
    expect(xml).toContain('(contender.yml:14)" type="input">');
    expect(counts(one({ training: training() }))).toEqual([1, 0, 1, 0]);
  });

  it('has a case for the drift check', () => {
    expect(counts(one({ drift: drift() }))).toEqual([1, 1, 0, 0]);
    expect(counts(one({ drift: drift({ verdict: 'stable' }) }))).toEqual([1, 0, 0, 0]);
    expect(counts(one({ drift: drift({ verdict: 'no-data' }) }))).toEqual([1, 0, 0, 1]);
    expect(counts(one({ drift: failedDocument('drift') }))).toEqual([1, 0, 1, 0]);
  });

  it('tells the seconds that the stages took', () => {
    const xml = one({
      comparison: comparison({ measured: { seconds: 1.25 } }),
      validation: validation({ measured: { seconds: 2 } }),
    });
    expect(xml).toMatch(/<testsuites name="contender" .* time="3.250">/);
    expect(xml).toMatch(/<testsuite name="fraud-detector" .* time="3.250">/);
  });
});
