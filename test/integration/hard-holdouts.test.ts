import { describe, expect, it } from 'vitest';
import { completed, failure, useStages } from '../support/stage-harness.ts';

const stages = useStages();

/** One row of a holdout with what both models say of it, as it is written. */
type Row = {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly champion: string;
  readonly challenger: string;
};

/** Rows on which the challenger is clearly better, so that only what is wrong can keep it from passing. */
function goodRows(count = 600): Row[] {
  return Array.from({ length: count }, (_, row) => {
    const isPositive = row % 3 === 0;
    const noise = ((row * 7919) % 1000) / 1000;
    const score = (skill: number) =>
      (0.5 * (1 - skill) * (noise + 0.5) + skill * Number(isPositive) * 0.9).toFixed(4);
    return {
      id: `row-${row}`,
      label: isPositive ? '1' : '0',
      group: `g${row % 60}`,
      champion: score(0.2),
      challenger: score(0.8),
    };
  });
}

function writeTables(rows: readonly Row[]): void {
  const table = (head: string, line: (row: Row) => string) => `${[head, ...rows.map(line)].join('\n')}\n`;
  stages.write(
    'holdout.csv',
    table('id,y,g', ({ id, label, group }) => `${id},${label},${group}`),
  );
  stages.write(
    'champion.csv',
    table('id,score', ({ id, champion }) => `${id},${champion}`),
  );
  stages.write(
    'challenger.csv',
    table('id,score', ({ id, challenger }) => `${id},${challenger}`),
  );
}

function compare(group = '') {
  const setup = stages.setup(
    `model: hard\ntask: binary-classification\ndata: {holdout: holdout.csv, target: y, positive-class: 1, id: id${group}}\ncomparison: {primary: roc_auc, metrics: [roc_auc, average_precision, log_loss, accuracy]}\n`,
  );
  return stages.compare(setup, {
    champion: 'release',
    challengerScores: stages.path('challenger.csv'),
    championScores: stages.path('champion.csv'),
    failOn: 'inconclusive',
  });
}

const change = (rows: readonly Row[], which: (row: number) => boolean, what: Partial<Row>) =>
  rows.map((row, index) => (which(index) ? { ...row, ...what } : row));

describe('a holdout that allows no verdict', () => {
  it('is no matter where nothing is wrong', async () => {
    writeTables(goodRows());
    expect(completed(await compare())).toMatchObject({ verdict: 'better', promote: true });
    writeTables(goodRows());
    expect(completed(await compare(', group: g'))).toMatchObject({ verdict: 'better', promote: true });
  });

  it.each([
    ['three rows', goodRows(3), '', /at least 30/],
    ['29 rows', goodRows(29), '', /29 rows; at least 30/],
    [
      'nine positive rows',
      goodRows(27).concat(
        change(goodRows(200), () => true, { label: '0' }).map((row) => ({ ...row, id: `n-${row.id}` })),
      ),
      '',
      /9 positive rows; at least 10/,
    ],
    [
      '19 groups',
      change(goodRows(), () => true, {}).map((row, index) => ({ ...row, group: `g${index % 19}` })),
      ', group: g',
      /19 groups; at least 20/,
    ],
    [
      '19 groups with positives',
      goodRows().map((row, index) => ({ ...row, group: row.label === '1' ? `g${index % 19}` : `n${index}` })),
      ', group: g',
      /groups with positives; at least 20/,
    ],
  ])('is inconclusive with %s, and says why', async (_name, rows, group, why) => {
    writeTables(rows);
    const result = await compare(group);
    const document = completed(result);
    expect(document).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(document.metrics.every(({ difference }) => difference?.interval === undefined)).toBe(true);
    expect(document.gates).toMatchObject([{ outcome: 'inconclusive', reason: expect.stringMatching(why) }]);
    expect(result.exitCode).toBe(1);
  });

  it.each([
    ['constant scores of the challenger', { challenger: '0.3' }, 'worse'],
    ['constant scores of both', { challenger: '0.3', champion: '0.4' }, 'inconclusive'],
  ] as const)('promotes nothing for %s', async (_name, what, verdict) => {
    writeTables(change(goodRows(), () => true, what));
    expect(completed(await compare())).toMatchObject({ verdict, promote: false });
  });

  it('finds models equivalent that answer alike on every row', async () => {
    const rows = goodRows().map((row) => ({ ...row, challenger: row.champion }));
    writeTables(rows);
    // Other bytes that say the same.
    stages.write(
      'challenger.csv',
      `id,score\n${rows
        .toReversed()
        .map(({ id, challenger }) => `${id},${challenger}`)
        .join('\n')}\n`,
    );
    const document = completed(await compare());
    expect(document).toMatchObject({ verdict: 'equivalent', promote: true });
    expect(document.metrics[0]).toMatchObject({
      difference: { value: 0, interval: [0, 0], pValue: 1, method: 'identical answers' },
    });
  });

  it('leaves out rows without a label, and says how many', async () => {
    writeTables(change(goodRows(), (row) => row < 50, { label: '' }));
    expect(completed(await compare())).toMatchObject({
      verdict: 'better',
      holdout: { rows: 550, unlabelledRows: 50 },
    });
  });

  it.each([
    ['one class only', change(goodRows(), () => true, { label: '1' }), /only the class "1"/],
    ['no label at all', change(goodRows(), () => true, { label: '' }), /none of them has a label/],
    [
      'infinite scores',
      change(goodRows(), (row) => row % 20 === 0, { challenger: 'inf' }),
      /no usable answer for 30 of 600 rows/,
    ],
    [
      'missing scores',
      change(goodRows(), (row) => row % 20 === 0, { challenger: '' }),
      /no usable answer for 30 of 600 rows/,
    ],
    ['scores that are text', change(goodRows(), (row) => row === 7, { challenger: 'high' }), /challenger/],
    [
      'missing scores of the few positives',
      change(goodRows(), (row) => row < 9 && row % 3 === 0, { challenger: '' }),
      /rows of the class 1/,
    ],
    ['an id that comes twice in the holdout', [...goodRows(), goodRows()[0]!], /earlier row/],
    ['rows that the challenger did not score', goodRows(), /challenger/, ['a']],
  ])('is refused with %s', async (_name, rows, why, dropped?: string[]) => {
    writeTables(rows);
    if (dropped !== undefined) {
      stages.write(
        'challenger.csv',
        `id,score\n${rows
          .slice(100)
          .map(({ id, challenger }) => `${id},${challenger}`)
          .join('\n')}\n`,
      );
    }
    const result = await compare();
    const { code, message } = failure(result);
    expect(code).toBe('input');
    expect(message).toMatch(why);
    expect(result.exitCode).toBe(2);
  });

  it('is refused when the champion cannot be scored any more', async () => {
    writeTables(goodRows());
    stages.write('champion.csv', 'id,other\nrow-1,0.5\n');
    expect(failure(await compare())).toMatchObject({
      code: 'input',
      message: expect.stringMatching(/champion/),
    });
  });
});
