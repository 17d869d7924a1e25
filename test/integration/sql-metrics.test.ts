import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { orderCanonically } from '../../src/core/comparison/canonical-order.ts';
import type { ComparisonRules } from '../../src/core/comparison/judge-context.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';
import type { CompletedComparison } from '../../src/core/documents/comparison.ts';
import { renderComment } from '../../src/core/report/comment.ts';
import { renderHtmlReport } from '../../src/core/report/html/page.ts';
import { createRandom } from '../../src/core/statistics/random.ts';
import { readHoldout, sampleOf, truthOf } from '../../src/stages/comparison/read-holdout.ts';
import { estimateSqlMetrics } from '../../src/stages/comparison/sql-metrics.ts';
import { renderMarkdown } from '../support/render-markdown.ts';
import { completed, csvOf, failure, type MadeRow, makeRows, useStages } from '../support/stage-harness.ts';
import { commit, ENVIRONMENT, git, initialize } from './git/scratch-repository.ts';

const stages = useStages();
const ROWS = makeRows(900, 2);

const DATA = 'data: {holdout: holdout.csv, target: is_fraud, positive-class: 1, id: id}';

function configOf(comparison: string, data = DATA, task = 'binary-classification'): string {
  return `model: own\ntask: ${task}\n${data}\ncomparison:\n${comparison}\n`;
}

const metric = (name: string, sql: string, direction = 'lower') =>
  `{name: ${name}, sql: ${JSON.stringify(sql)}, direction: ${direction}}`;

const weak = (row: MadeRow) => probability(row.amount / 250 - 3);
const strong = (row: MadeRow) =>
  probability(row.amount / 250 - 3 + (row.hour < 6 ? 1.5 : 0) + (row.kind === 'travel' ? 1 : 0));

function probability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function tableOf(score: (row: MadeRow) => number | string, rows: readonly MadeRow[] = ROWS): string {
  return `id,score\n${rows.map((row) => `${row.id},${score(row)}`).join('\n')}\n`;
}

async function run(config: string, more: { readonly champion?: string; readonly challenger?: string } = {}) {
  return stages.compare(stages.setup(config), {
    champion: 'release',
    challengerScores: stages.path(more.challenger ?? 'strong.csv'),
    championScores: stages.path(more.champion ?? 'weak.csv'),
  });
}

async function judged(config: string, more = {}): Promise<CompletedComparison> {
  return completed(await run(config, more));
}

const metricOf = (document: CompletedComparison, name: string) => {
  const found = document.metrics.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
};

beforeAll(() => {
  stages.write('holdout.csv', csvOf(ROWS));
  stages.write('weak.csv', tableOf(weak));
  stages.write('strong.csv', tableOf(strong));
});

/** Lost amounts and false alarms, as a bank would count them. */
const COST =
  'sum(case when prediction = 0 and label = 1 then amount when prediction = 1 and label = 0 then 5 else 0 end) / count(*)';

function costByHand(score: (row: MadeRow) => number): number {
  const costs = ROWS.map((row) => {
    const isAlarm = score(row) >= 0.5;
    if (!isAlarm && row.isFraud) return row.amount;
    return isAlarm && !row.isFraud ? 5 : 0;
  });
  return costs.reduce((total, cost) => total + cost, 0) / ROWS.length;
}

describe('a metric written as SQL', () => {
  it('equals what Contender computes itself, with much the same intervals', async () => {
    const document = await judged(
      configOf(`  metrics:
    - brier_score
    - accuracy
    - ${metric('own_brier', 'avg((label - score) ** 2)')}
    - ${metric('own_accuracy', 'avg((label = prediction)::INTEGER)', 'higher')}`),
    );
    for (const name of ['brier', 'accuracy']) {
      const built = metricOf(document, name === 'brier' ? 'brier_score' : name);
      const own = metricOf(document, `own_${name}`);
      expect(own.challenger!.value).toBeCloseTo(built.challenger!.value, 12);
      expect(own.champion!.value).toBeCloseTo(built.champion!.value, 12);
      expect(own.difference!.value).toBeCloseTo(built.difference!.value, 12);
      const width = built.difference!.interval![1] - built.difference!.interval![0];
      for (const end of [0, 1]) {
        expect(Math.abs(own.difference!.interval![end]! - built.difference!.interval![end]!)).toBeLessThan(
          0.1 * width,
        );
        const ends = [own, built].map(({ challenger }) => challenger!.interval![end]!);
        expect(Math.abs(ends[0]! - ends[1]!)).toBeLessThan(0.1 * width);
      }
      expect(own.difference!.method).toBe('paired bootstrap (spread)');
      expect(own.noInformation).toBeUndefined();
    }
  });

  it('reads columns of the data, and is primary, gated and a guardrail', async () => {
    const document = await judged(
      configOf(`  primary: cost_per_row
  guardrails: [missed]
  margins: {cost_per_row: 1, missed: 0.02}
  metrics:
    - ${metric('cost_per_row', COST)}
    - ${metric('missed', 'avg(label) filter (where prediction = 0)')}
  gates:
    - {metric: cost_per_row, require: better}
    - {metric: cost_per_row, require: at-most, value: 1}
    - {metric: missed, require: not-worse}`),
    );
    const own = metricOf(document, 'cost_per_row');
    expect(own.challenger!.value).toBeCloseTo(costByHand(strong), 9);
    expect(own.champion!.value).toBeCloseTo(costByHand(weak), 9);
    expect(own.difference!.value).toBeCloseTo(costByHand(weak) - costByHand(strong), 9);
    expect(document).toMatchObject({ primary: 'cost_per_row', verdict: 'better', promote: false });
    expect(document.gates.map(({ metric: name, role, outcome }) => [name, role, outcome])).toEqual([
      ['cost_per_row', 'gate', 'pass'],
      ['cost_per_row', 'gate', 'fail'],
      ['missed', 'gate', 'pass'],
      ['missed', 'guardrail', 'pass'],
    ]);
    expect(own.margin).toBe(1);
  });

  it('asks for a margin where it has none', async () => {
    const document = await judged(
      configOf(`  primary: own\n  metrics: [${metric('own', 'avg(abs(label - score))')}]`),
      { challenger: 'weak.csv', champion: 'strong.csv' },
    );
    expect(metricOf(document, 'own')).toMatchObject({
      verdict: 'inconclusive',
      note: 'this metric has no no-information value; set an explicit margin',
    });
    expect(document.verdict).toBe('inconclusive');
  });

  it('speaks for a first model by a bound only', async () => {
    const setup = stages.setup(
      configOf(`  primary: own
  metrics: [${metric('own', 'avg(abs(label - score))')}]
  gates: [{metric: own, require: at-most, value: 0.45}]`),
    );
    const document = completed(
      await stages.compare(setup, { challengerScores: stages.path('strong.csv'), champion: 'none' }),
    );
    expect(document).toMatchObject({ verdict: 'no-champion', promote: true });
    expect(document.gates).toMatchObject([
      { metric: 'own', role: 'gate', outcome: 'pass' },
      { metric: 'own', role: 'baseline', outcome: 'inconclusive' },
    ]);
  });

  it('is listed beside the defaults when only SQL is listed, and is not primary by itself', async () => {
    const document = await judged(configOf(`  metrics: [${metric('own', 'avg(abs(label - score))')}]`));
    expect(document.primary).toBe('average_precision');
    expect(document.metrics.map(({ name }) => name)).toContain('own');
  });

  it('comes out the same from a sorted file, although rows of equal scores differ in their amounts', async () => {
    const coarse = (levels: number) => (row: MadeRow) => Math.round(weak(row) * levels) / levels;
    stages.write('three.csv', tableOf(coarse(3)));
    stages.write('four.csv', tableOf(coarse(4)));
    const config = configOf(
      `  primary: own\n  metrics: [${metric('own', COST)}, ${metric('middle', 'quantile_cont(amount * score, 0.5)')}]`,
      DATA.replace('id: id}', 'id: id, group: kind_hour}').replace('holdout.csv', 'grouped.csv'),
    );
    const grouped = (rows: readonly MadeRow[]) =>
      csvOf(rows)
        .trim()
        .split('\n')
        .map((line, at) => `${line},${at === 0 ? 'kind_hour' : `${rows[at - 1]!.kind}${rows[at - 1]!.hour}`}`)
        .join('\n');
    const found: unknown[] = [];
    const shuffled = ROWS.toSorted((left, right) => left.noise - right.noise);
    for (const rows of [ROWS, shuffled]) {
      for (const text of [config, config.replace(', group: kind_hour', '')]) {
        stages.write('grouped.csv', grouped(rows));
        const document = await judged(text, { champion: 'three.csv', challenger: 'four.csv' });
        found.push(document.metrics.filter(({ name }) => name === 'own' || name === 'middle'));
      }
    }
    for (let turn = 2; turn < found.length; turn++) expect(found[turn]).toEqual(found[turn % 2]);
    expect(found[0]).not.toEqual(found[1]);
    expect(found[0]).toMatchObject([
      { difference: { interval: expect.anything(), method: 'paired bootstrap by group (spread)' } },
      { difference: { interval: expect.anything(), method: 'paired bootstrap by group (spread)' } },
    ]);
  }, 180_000);

  it('resamples whole groups', async () => {
    // Forty groups of equal rows: as good as forty rows, not as nine hundred.
    const random = createRandom(3);
    const groups = Array.from({ length: 40 }, () => ({ label: random.integer(2), noise: random.uniform() }));
    const rows = groups.flatMap(({ label, noise }, group) =>
      Array.from({ length: 20 }, (_, row) => ({ id: `${group}-${row}`, group, label, noise })),
    );
    stages.write(
      'groups.csv',
      `id,g,y\n${rows.map(({ id, group, label }) => `${id},g${group},${label}`).join('\n')}\n`,
    );
    const scores = (score: (row: (typeof rows)[number]) => number) =>
      `id,score\n${rows.map((row) => `${row.id},${score(row)}`).join('\n')}\n`;
    stages.write(
      'g-weak.csv',
      scores(({ noise }) => noise),
    );
    stages.write(
      'g-strong.csv',
      scores(({ noise, label }) => (noise + label) / 2),
    );
    const config = configOf(
      `  metrics: [${metric('own', 'avg((label - score) ** 2)')}]`,
      'data: {holdout: groups.csv, target: y, positive-class: 1, id: id, group: g}',
    );
    const document = await judged(config, { champion: 'g-weak.csv', challenger: 'g-strong.csv' });
    const alone = await judged(config.replace(', group: g', ''), {
      champion: 'g-weak.csv',
      challenger: 'g-strong.csv',
    });
    const widthOf = (from: CompletedComparison) => {
      const [low, high] = metricOf(from, 'own').difference!.interval!;
      return high - low;
    };
    expect(metricOf(document, 'own').difference!.method).toMatch(/^paired bootstrap by group/);
    expect(widthOf(document) / widthOf(alone)).toBeGreaterThan(3.5);
    expect(widthOf(document) / widthOf(alone)).toBeLessThan(5.5);
  });

  it('leaves out rows that a model refused and rows without a label, and reads what is missing as NULL', async () => {
    const lines = csvOf(ROWS).trim().split('\n');
    const cut = lines.map((line, at) => {
      const cells = line.split(',');
      if (at > 0 && at % 10 === 0) cells[5] = '';
      if (at > 0 && at % 7 === 0) cells[1] = '';
      return cells.join(',');
    });
    stages.write('gaps.csv', `${cut.join('\n')}\n`);
    const kept = ROWS.filter((_, index) => (index + 1) % 10 !== 0);
    const known = kept.filter((row) => (ROWS.indexOf(row) + 1) % 7 !== 0);
    const document = await judged(
      configOf(
        `  metrics: [${metric('rows', 'count(score)')}, ${metric('known', 'count(amount + score)')}, ${metric('amounts', 'avg(amount) filter (where score >= 0)')}]`,
        DATA.replace('holdout.csv', 'gaps.csv'),
      ),
    );
    expect(document.holdout).toMatchObject({ rows: kept.length, unlabelledRows: 90 });
    expect(metricOf(document, 'rows').challenger!.value).toBe(kept.length);
    expect(metricOf(document, 'known').challenger!.value).toBe(known.length);
    const mean = known.reduce((total, row) => total + row.amount, 0) / known.length;
    expect(metricOf(document, 'amounts').challenger!.value).toBeCloseTo(mean, 9);
  });

  it('says why there is no value and no interval', async () => {
    const rare = ROWS[0]!.id;
    stages.write(
      'rare.csv',
      tableOf((row) => (row.id === rare ? 0.999 : 0.5)),
    );
    stages.write(
      'rarer.csv',
      tableOf((row) => (row.id === rare ? 0.998 : 0.5)),
    );
    const document = await judged(
      configOf(`  metrics:
    - ${metric('none', 'avg(score) filter (where score > 2)')}
    - ${metric('most', 'max(score)')}
    - ${metric('distinct', 'count(distinct amount + 0 * score)')}
    - ${metric('rare', 'avg(label) filter (where score > 0.99)')}`),
      { challenger: 'rare.csv', champion: 'rarer.csv' },
    );
    expect(metricOf(document, 'none')).toEqual({
      name: 'none',
      direction: 'lower',
      note: 'its SQL gives no finite number on these rows',
    });
    expect(metricOf(document, 'distinct')).toMatchObject({
      challenger: { value: new Set(ROWS.map((row) => row.amount)).size },
      difference: { value: 0, method: 'no interval' },
      verdict: 'inconclusive',
      note: expect.stringMatching(/^it counts distinct values or picks out single rows/),
    });
    expect(metricOf(document, 'most').challenger).toEqual({ value: 0.999 });
    expect(metricOf(document, 'rare')).toMatchObject({
      verdict: 'inconclusive',
      note: expect.stringMatching(/^undefined in \d+ of 2000 resamples/),
    });
  });

  it('names the line of SQL that cannot be computed', async () => {
    const config = configOf(`  metrics:
    - roc_auc
    - name: wrong
      sql: avg(score - nosuch)
      direction: lower`);
    const result = await run(config);
    expect(result.exitCode).toBe(2);
    expect(failure(result).message).toMatch(
      /^comparison\.metrics: the SQL of "wrong": Referenced column "nosuch" not found/,
    );
    expect(result.document).toMatchObject({ error: { file: 'contender.yml', line: 8 } });
  });

  it('gives away neither an id nor a sensitive column nor a cell', async () => {
    const data = DATA.replace('id: id', 'id: id, sensitive: [Hour]').replace('Hour', 'hour');
    for (const sql of ['max(hour + score)', "count(*) filter (where id = 'x' and score > 0)"]) {
      const result = await run(configOf(`  metrics: [${metric('own', sql)}]`, data));
      expect(failure(result).message).toMatch(/an id or a sensitive column/);
    }
    for (const sql of [
      'max(hour + 0 * score)',
      'max(case when score > 0 then hour end)',
      'min(amount * prediction)',
    ]) {
      const picked = await run(configOf(`  metrics: [${metric('own', sql)}]`));
      expect(failure(picked).message).toMatch(/takes the value of a single row by (max|min)\(\)/);
    }
    const result = await run(configOf(`  metrics: [${metric('own', 'avg(score + kind::INTEGER)')}]`));
    expect(failure(result).message).toBe(
      'comparison.metrics: the SQL of "own" fails on some of the rows: a value cannot be converted; use try_cast(… AS …)',
    );
    expect(JSON.stringify(result.document)).not.toMatch(/travel|food|home/);
  });

  it('has a name that is escaped wherever it is shown', async () => {
    const name = '</td><img src=x onerror=alert(1)> `|` @octocat ::error::';
    const document = await judged(
      configOf(`  primary: ${JSON.stringify(name)}
  metrics: [${metric(JSON.stringify(name), 'avg(abs(label - score))')}]
  gates: [{metric: ${JSON.stringify(name)}, require: better}]`),
    );
    expect(document.primary).toBe(name);
    const models = [{ model: 'own', comparison: document }];
    const { body } = renderComment({ models, run: {}, sha256: () => 'a'.repeat(64) });
    const shown = renderMarkdown(body);
    for (const page of [shown, renderHtmlReport(models, {})]) {
      expect(page).not.toMatch(/<img/);
      expect(page).toContain('onerror=alert(1)');
    }
    expect(shown).not.toMatch(/href="[^"]*octocat/);
    expect(stages.said.join('\n')).not.toMatch(/^::error::/m);
  });
});

describe('other tasks', () => {
  it('regression: the number itself', async () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 400 }, (_, index) => ({ index, y: random.uniform() * 10 }));
    stages.write('numbers.csv', `id,y\n${rows.map(({ index, y }) => `n${index},${y}`).join('\n')}\n`);
    const scores = (wrong: number) =>
      `id,prediction\n${rows.map(({ index, y }) => `n${index},${y + wrong * (random.uniform() - 0.4)}`).join('\n')}\n`;
    stages.write('n-weak.csv', scores(2));
    stages.write('n-strong.csv', scores(1));
    const document = await judged(
      configOf(
        `  metrics:
    - mae
    - median_absolute_error
    - ${metric('own', 'avg(abs(label - prediction))')}
    - ${metric('own_median', 'median(abs(label - score))')}`,
        'data: {holdout: numbers.csv, target: y, id: id}',
        'regression',
      ),
      { champion: 'n-weak.csv', challenger: 'n-strong.csv' },
    );
    for (const [own, built] of [
      ['own', 'mae'],
      ['own_median', 'median_absolute_error'],
    ] as const) {
      for (const model of ['challenger', 'champion'] as const) {
        expect(metricOf(document, own)[model]!.value).toBeCloseTo(
          metricOf(document, built)[model]!.value,
          12,
        );
      }
      const [mine, theirs] = [own, built].map((name) => metricOf(document, name).difference!.interval!);
      const width = theirs![1] - theirs![0];
      expect(Math.abs(mine![0] - theirs![0])).toBeLessThan(0.15 * width);
      expect(Math.abs(mine![1] - theirs![1])).toBeLessThan(0.15 * width);
    }
  });

  it('a large holdout: means and sums by disjoint blocks, and no interval for what parts cannot tell', async () => {
    const random = createRandom(6);
    const count = 120_000;
    const numbers = Float64Array.from({ length: count }, () => random.uniform() * 10);
    const lines = (name: string, value: (y: number) => number) =>
      `id,${name}\n${Array.from(numbers, (y, index) => `n${index},${value(y)}`).join('\n')}\n`;
    stages.write(
      'large.csv',
      lines('y', (y) => y),
    );
    stages.write(
      'l-weak.csv',
      lines('prediction', (y) => y + random.uniform()),
    );
    stages.write(
      'l-strong.csv',
      lines('prediction', (y) => y + 0.98 * random.uniform()),
    );
    const document = await judged(
      configOf(
        `  metrics:
    - mae
    - ${metric('own', 'avg(abs(label - score))')}
    - ${metric('total', 'sum(abs(label - score))')}
    - ${metric('values', 'entropy(round(score, 3))')}
    - ${metric('mixture', 'sum(label - score) + 20000 * avg(score)')}`,
        'data: {holdout: large.csv, target: y, id: id}',
        'regression',
      ),
      { champion: 'l-weak.csv', challenger: 'l-strong.csv' },
    );
    const [built, own, total] = ['mae', 'own', 'total'].map((name) => metricOf(document, name));
    expect(own!.difference!.method).toBe('200 disjoint blocks');
    expect(own!.difference!.value).toBeCloseTo(built!.difference!.value, 12);
    const width = built!.difference!.interval![1] - built!.difference!.interval![0];
    for (const end of [0, 1]) {
      const wanted = built!.difference!.interval![end]!;
      expect(Math.abs(own!.difference!.interval![end]! - wanted)).toBeLessThan(0.15 * width);
      expect(total!.difference!.interval![end]! / count).toBeCloseTo(own!.difference!.interval![end]!, 9);
    }
    expect(own!.difference!.pValue).toBeLessThan(0.001);
    expect(metricOf(document, 'values')).toMatchObject({
      verdict: 'inconclusive',
      note: expect.stringMatching(/^its values on parts of the rows are not like that on all of them/),
    });
    expect(metricOf(document, 'mixture')).toMatchObject({
      verdict: 'inconclusive',
      note: expect.stringMatching(/^neither a mean nor a sum over the rows/),
    });
  }, 180_000);

  it('several classes: their names, the probability of the choice and of the label', async () => {
    const random = createRandom(5);
    const classes = ['cat', "dog's", 'elk'];
    const rows = Array.from({ length: 300 }, (_, index) => {
      const label = classes[random.integer(3)]!;
      const raw = classes.map((name) => random.uniform() + (name === label ? 0.7 : 0));
      const total = raw.reduce((sum, value) => sum + value, 0);
      return { id: `c${index}`, label, shares: raw.map((value) => value / total) };
    });
    stages.write('classes.csv', `id,y\n${rows.map(({ id, label }) => `${id},${label}`).join('\n')}\n`);
    stages.write(
      'c-scores.csv',
      `id,score_cat,score_dog's,score_elk\n${rows.map(({ id, shares }) => `${id},${shares.join(',')}`).join('\n')}\n`,
    );
    stages.write(
      'c-even.csv',
      `id,score_cat,score_dog's,score_elk\n${rows.map(({ id }) => `${id},0.4,0.3,0.3`).join('\n')}\n`,
    );
    const document = await judged(
      configOf(
        `  metrics:
    - accuracy
    - log_loss
    - ${metric('own', 'avg((label = prediction)::INTEGER)', 'higher')}
    - ${metric('own_loss', '-avg(ln(score_of_label))')}
    - ${metric('confidence', 'avg(score)', 'higher')}
    - ${metric('dogs', "avg((prediction = 'dog''s')::INTEGER) filter (where label = 'dog''s')", 'higher')}`,
        'data: {holdout: classes.csv, target: y, id: id}',
        'multiclass-classification',
      ),
      { champion: 'c-even.csv', challenger: 'c-scores.csv' },
    );
    const value = (name: string) => metricOf(document, name).challenger!.value;
    expect(value('own')).toBeCloseTo(value('accuracy'), 12);
    expect(value('own_loss')).toBeCloseTo(value('log_loss'), 12);
    const confidence = rows.reduce((total, { shares }) => total + Math.max(...shares), 0) / rows.length;
    expect(value('confidence')).toBeCloseTo(confidence, 12);
    const dogs = rows.filter(({ label }) => label === "dog's");
    const right = dogs.filter(({ shares }) => shares[1] === Math.max(...shares));
    expect(value('dogs')).toBeCloseTo(right.length / dogs.length, 12);
  });
});

describe('slices', () => {
  async function estimate(rules: Partial<ComparisonRules>) {
    const text = configOf(`  metrics: [${metric('own', 'avg(abs(label - score))')}]`);
    const configuration = parseConfiguration(text, 'contender.yml');
    const { world, engine, scorer } = stages;
    const holdout = await readHoldout({
      configuration,
      directory: stages.directory,
      windows: undefined,
      ports: { engine, scorer },
      log: world.log,
    });
    const truth = truthOf(holdout, []);
    const scored = (score: (row: MadeRow) => number) => ({
      values: Float64Array.from(ROWS.flatMap((row) => [1 - score(row), score(row)])),
      width: 2,
      refused: new Map<number, string>(),
      features: { rowCount: ROWS.length, columns: [] },
    });
    const both = { challenger: scored(strong), champion: scored(weak) };
    const kept = orderCanonically({
      rows: Uint32Array.from(ROWS.keys()),
      truth,
      scores: [both.challenger, both.champion],
    });
    const sample = (model: typeof both.challenger) =>
      sampleOf({ holdout, truth, scored: model, kept, configuration });
    const positions = (keep: (row: MadeRow) => boolean) =>
      Uint32Array.from([...kept.keys()].filter((position) => keep(ROWS[kept[position]!]!)));
    const [provided] = await estimateSqlMetrics({
      configuration,
      holdout,
      truth,
      scored: both,
      kept,
      input: {
        challenger: sample(both.challenger),
        champion: sample(both.champion),
        metrics: [],
        measured: [],
        rules: { primary: 'roc_auc', guardrails: [], margins: {}, ...rules },
        slices: [
          { name: 'night', rows: positions((row) => row.hour < 6) },
          { name: 'travel', rows: positions((row) => row.kind === 'travel') },
          { name: 'few', rows: positions((row) => row.amount > 970) },
        ],
        seed: 1,
        replicates: 2000,
      },
    });
    return provided!;
  }

  const errorOf = (score: (row: MadeRow) => number, keep: (row: MadeRow) => boolean) => {
    const rows = ROWS.filter(keep);
    return rows.reduce((total, row) => total + Math.abs(Number(row.isFraud) - score(row)), 0) / rows.length;
  };

  it.each([
    ['the metric is primary', { primary: 'own' }],
    [
      'a gate asks for them',
      { gates: [{ metric: 'own', require: 'better', confidence: 0.95, slices: 'all' }] as const },
    ],
  ])('are estimated when %s, each on its own rows', async (_why, rules) => {
    const { whole, slices } = await estimate(rules);
    expect(whole.challenger).toMatchObject({
      value: expect.closeTo(
        errorOf(strong, () => true),
        12,
      ),
    });
    expect([...slices.keys()]).toEqual(['night', 'travel']);
    for (const [name, keep] of [
      ['night', (row: MadeRow) => row.hour < 6],
      ['travel', (row: MadeRow) => row.kind === 'travel'],
    ] as const) {
      const slice = slices.get(name)!;
      const wanted = errorOf(weak, keep) - errorOf(strong, keep);
      expect(slice.challenger).toMatchObject({ value: expect.closeTo(errorOf(strong, keep), 12) });
      expect(slice.difference).toBeCloseTo(wanted, 12);
      const interval = slice.intervalOf('difference', 0.95);
      if (!interval.defined) throw new Error(interval.reason);
      expect(interval.interval[0]).toBeLessThan(wanted);
      expect(interval.interval[1]).toBeGreaterThan(wanted);
    }
  });

  it('are not estimated when nobody asks', async () => {
    expect((await estimate({})).slices.size).toBe(0);
  });
});

describe('rules that a pull request proposes', () => {
  async function proposed(comparison: string) {
    const { directory } = stages;
    rmSync(stages.path('.git'), { recursive: true, force: true });
    initialize(directory);
    const base = `model: own\ntask: binary-classification\n${DATA}\n`;
    commit(directory, {
      'contender.yml': base,
      'holdout.csv': csvOf(ROWS),
      '.gitignore': '.contender*\n.temporary\nreleases\nmanifest-*\n*-scores.csv\nweak.csv\nstrong.csv\n',
    });
    git(directory, 'checkout', '--quiet', '-b', 'change');
    const changed = `${base}comparison:\n${comparison}\n`;
    const head = commit(directory, { 'contender.yml': changed });
    git(directory, 'checkout', '--quiet', 'main');
    git(directory, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    stages.context = {
      event: 'pull_request',
      serverUrl: 'https://github.com',
      untrusted: true,
      defaultBranch: false,
      pullRequest: 1,
      headCommit: head,
    };
    const repository = await openRepository({
      directory,
      environment: ENVIRONMENT,
      serverUrl: 'https://github.com',
    });
    const result = await stages.compare(
      stages.setup(changed),
      {
        champion: 'release',
        challengerScores: stages.path('strong.csv'),
        championScores: stages.path('weak.csv'),
      },
      repository,
    );
    return completed(result);
  }

  it('may use SQL, and are told beside the judgement', async () => {
    const document = await proposed(
      `  primary: own\n  margins: {own: 0.001}\n  metrics: [${metric('own', 'avg(abs(label - score))')}]`,
    );
    expect(document.primary).toBe('average_precision');
    expect(document.metrics.map(({ name }) => name)).not.toContain('own');
    expect(document.exam.proposed).toEqual({ verdict: 'better', note: 'would be promoted' });
  });

  it('do not end the judgement with SQL that cannot be computed, and give nothing away', async () => {
    const document = await proposed(
      `  primary: own\n  metrics: [${metric('own', 'sum(score + kind::INTEGER)')}]`,
    );
    expect(document.verdict).toBe('better');
    expect(document.exam.proposed).toEqual({
      verdict: 'error',
      note: 'the proposed rules cannot be followed: comparison.metrics: the SQL of "own" fails on some of the rows: a value cannot be converted; use try_cast(… AS …)',
    });
    const evidence = readFileSync(stages.path(join('.contender/own', 'comparison.json')), 'utf8');
    expect(evidence).not.toMatch(/travel|food/);
  });
});
