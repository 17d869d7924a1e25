import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompletedComparison } from '../../src/core/documents/comparison.ts';
import {
  type CompareOptions,
  completed,
  csvOf,
  failure,
  type MadeRow,
  makeRows,
  useStages,
} from '../support/stage-harness.ts';

const stages = useStages();
const ROWS = makeRows(900, 2);

const CONFIG = `
model: tables
task: binary-classification
data: {holdout: data/holdout.csv, target: is_fraud, positive-class: 1, id: id}
`;

/** What a model that knows the amount alone, or everything, says of a row. */
const weak = (row: MadeRow) => probability(row.amount / 250 - 3);
const strong = (row: MadeRow) =>
  probability(row.amount / 250 - 3 + (row.hour < 6 ? 1.5 : 0) + (row.kind === 'travel' ? 1 : 0));

function probability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function tableOf(score: (row: MadeRow) => number | string, rows: readonly MadeRow[] = ROWS): string {
  return `id,score\n${rows.map((row) => `${row.id},${score(row)}`).join('\n')}\n`;
}

function compare(options: CompareOptions, config = CONFIG) {
  return stages.compare(stages.setup(config), { champion: 'release', ...options });
}

async function judged(options: CompareOptions, config = CONFIG): Promise<CompletedComparison> {
  return completed(await compare(options, config));
}

beforeAll(() => {
  stages.write('data/holdout.csv', csvOf(ROWS));
  stages.write('weak.csv', tableOf(weak));
  stages.write('strong.csv', tableOf(strong, ROWS.toReversed()));
});

const BOTH = () => ({
  challengerScores: stages.path('strong.csv'),
  championScores: stages.path('weak.csv'),
});

describe('two tables of scores', () => {
  it('are all that a comparison needs, in any order of their rows', async () => {
    const document = await judged(BOTH());
    expect(document).toMatchObject({
      verdict: 'better',
      promote: true,
      champion: { scores: { by: 'table', path: 'scores/champion.parquet' } },
      challenger: { scores: { by: 'table', path: 'scores/challenger.parquet' } },
      holdout: { rows: 900 },
    });
    expect(document.size).toBeUndefined();
    expect(document.metrics.map(({ name }) => name)).not.toContain('size_bytes');
    const area = document.metrics.find(({ name }) => name === 'roc_auc');
    expect(area?.challenger?.value).toBeCloseTo(areaOf(strong), 12);
    expect(area?.champion?.value).toBeCloseTo(areaOf(weak), 12);
    expect(document.inputs).toMatchObject([
      { role: 'holdout', path: 'data/holdout.csv' },
      { role: 'challenger-scores', rows: 900 },
      { role: 'champion-scores', rows: 900 },
    ]);
    expect(stages.said).toContain(
      'the challenger was judged by a table of scores, the champion was judged by a table of scores; latency and model contract are not compared',
    );
  });

  it('give the same document and the same stored scores twice', async () => {
    const runs: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const document = await judged(BOTH());
      runs.push(JSON.stringify({ ...document, measured: {} }));
    }
    expect(runs[0]).toBe(runs[1]);
  });

  it('keep no id in the evidence, and what they keep is a table of scores again', async () => {
    const first = await judged(BOTH());
    const evidence = stages.path('.contender/tables');
    const kept = readFileSync(join(evidence, first.challenger.scores!.path));
    for (const row of ROWS) expect(kept.includes(row.id)).toBe(false);
    stages.write('kept.parquet', kept);
    const again = await judged({ ...BOTH(), challengerScores: stages.path('kept.parquet') });
    expect(again.metrics).toEqual(first.metrics);
    expect(again.challenger.scores?.sha256).toBe(first.challenger.scores?.sha256);
  });

  it.each([
    ['tab-separated', 'scores.tsv', tableOf(strong).replaceAll(',', '\t')],
    [
      'JSON Lines',
      'scores.jsonl',
      ROWS.map((row) => JSON.stringify({ id: row.id, prediction: strong(row) })).join('\n'),
    ],
    [
      'one column for each class',
      'classes.csv',
      `proba_1,id,proba_0\n${ROWS.map((row) => `${strong(row)},${row.id},${1 - strong(row)}`).join('\n')}\n`,
    ],
  ])('may be %s', async (_name, file, text) => {
    stages.write(file, text);
    const document = await judged({ ...BOTH(), challengerScores: stages.path(file) });
    const area = document.metrics.find(({ name }) => name === 'roc_auc');
    expect(area?.challenger?.value).toBeCloseTo(areaOf(strong), 12);
  });

  it('may leave out rows without a label, or not', async () => {
    const unlabelled = csvOf(ROWS.slice(0, 100))
      .replace(/,[01]$/gm, ',')
      .split('\n')
      .slice(1)
      .join('\n');
    const labelled = ROWS.slice(100);
    stages.write('data/some.csv', `${csvOf(labelled)}${unlabelled}`);
    const config = CONFIG.replace('data/holdout.csv', 'data/some.csv');
    stages.write('labelled.csv', tableOf(strong, labelled));
    const all = await judged(BOTH(), config);
    const some = await judged({ ...BOTH(), challengerScores: stages.path('labelled.csv') }, config);
    expect(all.holdout).toMatchObject({ rows: 800, unlabelledRows: 100 });
    expect(some.metrics).toEqual(all.metrics);
  });

  it('carry the decisions of the model', async () => {
    const decided = `id,score,label\n${ROWS.map((row) => `${row.id},${strong(row)},${Number(row.hour < 6)}`).join('\n')}\n`;
    stages.write('decided.csv', decided);
    const document = await judged(
      { ...BOTH(), challengerScores: stages.path('decided.csv') },
      `${CONFIG}comparison: {metrics: [accuracy], primary: accuracy}\n`,
    );
    const right = ROWS.filter((row) => row.hour < 6 === row.isFraud).length;
    expect(document.metrics[0]?.challenger?.value).toBeCloseTo(right / ROWS.length, 12);
  });

  it('leave out the few rows that they have no score for, and say so', async () => {
    stages.write(
      'few.csv',
      tableOf((row) => (row === ROWS[5] ? '' : strong(row))),
    );
    const document = await judged({ ...BOTH(), challengerScores: stages.path('few.csv') });
    expect(document.holdout).toMatchObject({ rows: 899, refusedRows: 1 });
  });

  it('are judged slice by slice', async () => {
    const document = await judged(
      BOTH(),
      `${CONFIG}comparison: {slices: [kind, {name: night, where: hour < 6}]}\n`,
    );
    expect(document.slices.map(({ slice }) => slice).sort()).toEqual([
      ...['kind = food', 'kind = home', 'kind = travel', 'night'],
    ]);
  });

  it('say that latency was not measured, where a gate asks for it', async () => {
    const gates = 'comparison: {gates: [{metric: latency_p95_ms, require: at-most, value: 20}]}\n';
    const document = await judged(BOTH(), `${CONFIG}${gates}`);
    expect(document.promote).toBe(false);
    expect(document.gates).toMatchObject([{ metric: 'latency_p95_ms', outcome: 'inconclusive' }]);
  });

  it('promote nothing in a run of a pull request', async () => {
    const before = stages.context;
    try {
      for (const event of ['pull_request', 'workflow_run'] as const) {
        stages.context = { ...before, event, headCommit: 'a'.repeat(40) };
        expect(await judged(BOTH())).toMatchObject({ verdict: 'better', promote: false });
      }
    } finally {
      stages.context = before;
    }
  });

  it('of a first model need no champion', async () => {
    const document = await judged({ champion: 'none', challengerScores: stages.path('strong.csv') });
    expect(document).toMatchObject({ verdict: 'no-champion', promote: true });
  });
});

/** The area under the ROC curve, by counting pairs. */
function areaOf(score: (row: MadeRow) => number): number {
  const [positives, negatives] = [true, false].map((is) =>
    ROWS.filter((row) => row.isFraud === is).map(score),
  );
  let wins = 0;
  for (const positive of positives!) {
    for (const negative of negatives!) wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return wins / (positives!.length * negatives!.length);
}

describe('other tasks', () => {
  it('match several classes by their names', async () => {
    const names = ['food', 'home', 'travel'];
    const share = (row: MadeRow, name: string) => (name === 'boat' ? 0 : row.kind === name ? 0.8 : 0.1);
    const table = (order: readonly string[]) =>
      `${['id', ...order.map((name) => `probability_${name}`)].join(',')}\n${ROWS.map((row) => [row.id, ...order.map((name) => share(row, name))].join(',')).join('\n')}\n`;
    stages.write('forward.csv', table(names));
    stages.write('backward.csv', table([...names, 'boat'].reverse()));
    const config = `
model: kinds
task: multiclass-classification
data: {holdout: data/holdout.csv, target: kind, id: id}
comparison: {metrics: [accuracy, log_loss], primary: accuracy}
`;
    const document = await judged(
      { challengerScores: stages.path('forward.csv'), championScores: stages.path('backward.csv') },
      config,
    );
    const accuracy = document.metrics.find(({ name }) => name === 'accuracy');
    expect([accuracy?.challenger?.value, accuracy?.champion?.value]).toEqual([1, 1]);
  });

  it('take one number for a regression', async () => {
    stages.write(
      'amounts.csv',
      tableOf((row) => row.amount + 1),
    );
    const config = `
model: amounts
task: regression
data: {holdout: data/holdout.csv, target: amount, id: id}
comparison: {metrics: [mae], primary: mae}
`;
    const document = await judged({ champion: 'none', challengerScores: stages.path('amounts.csv') }, config);
    expect(document.metrics[0]?.challenger?.value).toBeCloseTo(1, 9);
  });
});

describe('what is wrong with a table ends in one message', () => {
  const without = (count: number) => tableOf(strong, ROWS.slice(count));
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      'rows are missing',
      without(5),
      /^challenger-scores: .*wrong\.csv does not fit the holdout: 5 rows of the holdout without a score \(holdout data\/holdout\.csv line 2, holdout data\/holdout\.csv line 3, holdout data\/holdout\.csv line 4 and 2 more\); give every labelled row/,
    ],
    [
      'a row comes twice',
      `${tableOf(strong)}${ROWS[0]!.id},0.5\n`,
      /1 row with the "id" of an earlier row \(.*wrong\.csv line 902\)/,
    ],
    [
      'a row is of another data set',
      `${tableOf(strong)}secret-id,0.5\n`,
      /1 row with an "id" that the holdout does not have \(.*wrong\.csv line 902\)/,
    ],
    ['a row has no id', `${tableOf(strong)},0.5\n`, /1 row without "id" \(.*wrong\.csv line 902\)/],
    [
      'there is no id column',
      tableOf(strong).replace('id,', 'key,'),
      /has no column "id" \(data\.id\).*it has "key", "score"/,
    ],
    ['there is no score', tableOf(strong).replace('id,score', 'id,is_fraud'), /has no column with a score/],
    [
      'scores are logits',
      tableOf((row) => row.amount / 250 - 3),
      /wrong\.csv line \d+: the value -?\d.* in the column "score" is no probability; give probabilities from 0 to 1/,
    ],
    ['scores are words', tableOf(() => 'high'), /column "score" is text and cannot be read as a number/],
    [
      'too many scores are missing',
      tableOf((row) => (row.hour < 6 ? '' : strong(row))),
      /challenger gave no usable answer for \d+ of 900 rows: no score/,
    ],
    ['the file is empty', '', /wrong\.csv is empty/],
    ['it is a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n', /LFS/],
  ];
  it.each(cases)('%s', async (_name, text, message) => {
    stages.write('wrong.csv', text);
    const result = await compare({ ...BOTH(), challengerScores: stages.path('wrong.csv') });
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(failure(result).message).not.toMatch(/secret-id|r2-\d/);
    expect(result.exitCode).toBe(2);
  });

  it('the config names no id', async () => {
    const result = await compare(BOTH(), CONFIG.replace(', id: id', ''));
    expect(failure(result).message).toMatch(/challenger-scores: .*none is named; write data\.id \(or --id\)/);
  });

  it('ids of the holdout come twice', async () => {
    stages.write('data/twice.csv', csvOf([...ROWS, ROWS[3]!]));
    const result = await compare(BOTH(), CONFIG.replace('data/holdout.csv', 'data/twice.csv'));
    expect(failure(result).message).toMatch(
      /1 row of the holdout with the "id" of an earlier row \(holdout data\/twice\.csv line 902\)/,
    );
  });

  it('the table does not exist', async () => {
    const result = await compare({ ...BOTH(), championScores: stages.path('nowhere.csv') });
    expect(failure(result).message).toMatch(/nowhere\.csv does not exist/);
  });

  it('a champion is not wanted and has scores all the same', async () => {
    const result = await compare({ ...BOTH(), champion: 'none' });
    expect(failure(result).message).toMatch(/champion is none, but champion-scores names a table/);
  });
});
