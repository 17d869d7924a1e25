import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/documents/validation.ts';
import type { SourceLocation } from '../../../src/core/errors.ts';
import type { Log } from '../../../src/ports/runner.ts';
import { announceFindings, type Place } from '../../../src/stages/validation/announce-findings.ts';

type Said = {
  readonly as: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly at?: SourceLocation;
};

function announce(findings: readonly Finding[], more: Partial<Place> = {}): readonly Said[] {
  const said: Said[] = [];
  const say = (as: Said['as']) => (text: string, at?: SourceLocation) =>
    void said.push({ as, text, ...(at === undefined ? {} : { at }) });
  const log: Log = {
    info: say('info'),
    warning: say('warning'),
    error: say('error'),
    debug: () => undefined,
    group: (_title, work) => work(),
    progress: () => undefined,
  };
  announceFindings(findings, log, {
    dataDirectory: '/repository/models/fraud',
    workingDirectory: '/repository',
    tracked: true,
    declaration: (dataset) => ({ file: 'models/fraud/contender.yml', line: dataset === 'training' ? 4 : 5 }),
    ...more,
  });
  return said;
}

function finding(more: Partial<Finding> = {}): Finding {
  return {
    check: 'range',
    severity: 'error',
    dataset: 'training',
    column: 'amt',
    message: '2 of 9 rows are below 0',
    examples: [{ file: 'data/train.csv', line: 7, value: '-1' }],
    location: { file: 'models/fraud/contract.yml', line: 12 },
    ...more,
  };
}

const placesOf = (said: readonly Said[]) => said.map(({ at }) => at && `${at.file}:${at.line}`);

describe('annotations', () => {
  it('point at the line of data that lie in the repository, and name the line of the contract', () => {
    expect(announce([finding()])).toEqual([
      {
        as: 'error',
        text: 'training: 2 of 9 rows are below 0 (models/fraud/contract.yml:12)',
        at: { file: 'models/fraud/data/train.csv', line: 7 },
      },
    ]);
  });

  it.each([
    ['the data are not tracked', {}, { tracked: false }],
    ['the file has no lines to show', { examples: [{ file: 'data/t.parquet', line: 7, value: '' }] }, {}],
    ['the lines are packed', { examples: [{ file: 'data/t.csv.gz', line: 7, value: '' }] }, {}],
    ['the file lies elsewhere', { examples: [{ file: '/data/t.csv', line: 7, value: '' }] }, {}],
    ['no row is at fault', { examples: [] }, {}],
  ])('point at the contract where %s', (_, of, place) => {
    expect(placesOf(announce([finding(of)], place))).toEqual(['models/fraud/contract.yml:12']);
  });

  it('point at the declaration of the data where no contract has a rule, or nowhere', () => {
    const { location: _, ...bare } = finding({ examples: [] });
    expect(placesOf(announce([bare, { ...bare, dataset: 'holdout' }]))).toEqual([
      'models/fraud/contender.yml:4',
      'models/fraud/contender.yml:5',
    ]);
    expect(placesOf(announce([bare], { declaration: () => undefined }))).toEqual([undefined]);
  });

  it('are as many as the runner keeps, the last of them for all the rest', () => {
    const many = Array.from({ length: 34 }, (_, index) => finding({ column: `c${index}` }));
    const said = announce([...many, finding({ severity: 'warning' }), finding({ severity: 'info' })]);
    const errors = said.filter(({ as }) => as === 'error');
    expect(errors).toHaveLength(10);
    expect(errors[9]?.text).toMatch(
      /^25 more findings of severity error: training\.c9 \(range\), .*training\.c28 \(range\), and 5 more; each/,
    );
    expect(said.filter(({ as }) => as === 'warning')).toHaveLength(1);
    expect(said.filter(({ text }) => text.startsWith('error: training: 2 of 9'))).toHaveLength(25);
    expect(announce(many.slice(0, 10)).map(({ as }) => as)).toEqual(Array(10).fill('error'));
  });
});
