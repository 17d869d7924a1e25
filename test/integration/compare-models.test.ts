import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAnyDocument } from '../../src/core/documents/documents.ts';
import { completed, csvOf, failure, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

type ConfigOptions = {
  readonly model: string;
  readonly data?: string;
  readonly training?: string;
  readonly comparison?: string;
};

function configOf(options: ConfigOptions): string {
  return `
model: ${options.model}
task: binary-classification
data:
  training: train.csv
  holdout: holdout.csv
  target: is_fraud
  positive-class: 1
  id: id
${options.data ?? ''}
training:
  learner: gradient-boosting
  parameters: {iterations: 30, max-leaves: 8}
${options.training ?? ''}
${options.comparison ?? ''}
`;
}

function writeData(): void {
  stages.write('train.csv', csvOf(makeRows(1500, 1)));
  stages.write('holdout.csv', csvOf(makeRows(900, 2)));
}

/** Publishes a champion that sees less than the challenger will. */
async function releaseWeakChampion(model: string, data = '  columns: [noise, hour]'): Promise<void> {
  const setup = stages.setup(configOf({ model, data }));
  await stages.train(setup);
  await stages.release(setup, '1.0.0');
}

describe('train-model then compare-models', () => {
  it('calls the first model no-champion and lets a significant gain pass', async () => {
    writeData();
    const setup = stages.setup(configOf({ model: 'first' }));
    const training = await stages.train(setup);
    expect(training.exitCode).toBe(0);
    const result = await stages.compare(setup, { champion: 'release' });
    const document = completed(result);
    expect(document).toMatchObject({ verdict: 'no-champion', promote: true, proposedVersion: '1.0.0' });
    expect(document.gates.map((gate) => [gate.role, gate.outcome])).toEqual([['baseline', 'pass']]);
    expect(document.holdout.rows).toBe(900);
    expect(document.challenger.digest).toBe(training.outputs.digest);
    for (const kind of ['training', 'comparison']) {
      const file = join(setup.evidenceDirectory, `${kind}.json`);
      expect(parseAnyDocument(readFileSync(file, 'utf8'), file).kind).toBe(kind);
    }
  });

  it('gives the same bytes twice, apart from what is measured', async () => {
    writeData();
    await releaseWeakChampion('twice');
    const setup = stages.setup(
      configOf({
        model: 'twice',
        comparison: 'comparison: {slices: [kind, {name: night, where: "hour < 6"}]}',
      }),
    );
    const runs: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      await stages.train(setup);
      await stages.compare(setup, { champion: 'release' });
      const texts = ['training', 'comparison'].map((kind) => {
        const text = readFileSync(join(setup.evidenceDirectory, `${kind}.json`), 'utf8');
        return JSON.stringify({ ...JSON.parse(text), measured: {} });
      });
      runs.push(texts.join('\n'));
    }
    expect(runs[0]).toBe(runs[1]);
    expect(runs[0]).not.toContain(stages.directory);
  });

  it('finds a better challenger better, with slices, flips, curves and a version', async () => {
    writeData();
    await releaseWeakChampion('better');
    const setup = stages.setup(
      configOf({
        model: 'better',
        comparison: 'comparison: {slices: [kind, {name: night, where: "hour < 6"}]}',
      }),
    );
    await stages.train(setup);
    const before = stages.said.length;
    const result = await stages.compare(setup, { champion: 'release' });
    const document = completed(result);
    expect(document.verdict).toBe('better');
    const said = stages.said.slice(before);
    expect(said).toContainEqual(
      expect.stringMatching(/^average_precision: 0\.\d+ → 0\.\d+, gain \+0\.\d+ \[0\.\d+, 0\.\d+\], better$/),
    );
    expect(said.filter((line) => line.startsWith('gate pass: '))).toHaveLength(document.gates.length);
    expect(document.promote).toBe(true);
    expect(document.champion).toMatchObject({ version: '1.0.0', featureColumns: ['noise', 'hour'] });
    expect(document.proposedVersion).toBe('2.0.0');
    expect(document.modelContract?.changes).toEqual([
      { change: 'input amount added (float [N, 1])', breaking: true },
      { change: 'input kind added (string [N, 1])', breaking: true },
    ]);
    expect(document.slices.map((slice) => slice.slice).sort()).toEqual([
      'kind = food',
      'kind = home',
      'kind = travel',
      'night',
    ]);
    const night = document.slices.find((slice) => slice.slice === 'night');
    const nightRows = makeRows(900, 2).filter((row) => row.hour < 6);
    expect(night).toMatchObject({
      rows: nightRows.length,
      positives: nightRows.filter((row) => row.isFraud).length,
    });
    expect(document.flips!.newlyRight).toBeGreaterThan(document.flips!.newlyWrong);
    expect(document.curves?.roc?.champion?.length).toBeGreaterThan(10);
    expect(result.outputs).toMatchObject({ verdict: 'better', promote: 'true', 'champion-version': '1.0.0' });
    expect(document.inputs).toMatchObject([
      { role: 'holdout', path: 'holdout.csv', rowsDigest: document.holdout.digest },
    ]);
  });

  it('counts rows of one id as one, and says so', async () => {
    writeData();
    await releaseWeakChampion('repeated');
    const setup = stages.setup(configOf({ model: 'repeated' }));
    await stages.train(setup);
    const once = completed(await stages.compare(setup, { champion: 'release' }));
    stages.write('holdout.csv', csvOf([...makeRows(900, 2), ...makeRows(900, 2)]));
    const twice = completed(await stages.compare(setup, { champion: 'release' }));
    expect(twice.holdout).toMatchObject({ rows: 1800, repeatedIds: 900, groups: 900 });
    expect(stages.said.some((line) => line.includes('900 rows of 1800 labelled ones have the id'))).toBe(
      true,
    );
    const width = ({ metrics }: typeof once) => {
      const [low, high] = metrics.find(({ name }) => name === 'roc_auc')!.difference!.interval!;
      return high - low;
    };
    expect(width(twice)).toBeCloseTo(width(once), 3);
  });

  it('a retraining with the same columns breaks nothing, whatever its size', async () => {
    writeData();
    const text = configOf({ model: 'retrained' });
    await stages.train(stages.setup(text.replace('iterations: 30', 'iterations: 2')));
    await stages.release(stages.setup(text), '1.0.0');
    const setup = stages.setup(text);
    await stages.train(setup);
    const document = completed(await stages.compare(setup, { champion: 'release' }));
    expect(document.modelContract).toEqual({ changes: [] });
    expect(document.size?.challenger).toBeGreaterThan(document.size?.champion ?? Number.POSITIVE_INFINITY);
    expect(document.proposedVersion).toBe('1.1.0');
  });

  it('compares the contracts of two files that nobody released', async () => {
    writeData();
    const small = stages.setup(configOf({ model: 'small', data: '  columns: [amount]' }));
    const large = stages.setup(configOf({ model: 'large', data: '  columns: [amount, hour]' }));
    for (const setup of [small, large]) await stages.train(setup);
    const pathOf = ({ evidenceDirectory }: typeof small) => join(evidenceDirectory, 'model/model.onnx');
    const compare = async (champion: typeof small, challenger: typeof small) =>
      completed(
        await stages.compare(stages.setup(configOf({ model: 'files' })), {
          champion: pathOf(champion),
          challenger: pathOf(challenger),
        }),
      );
    const wider = await compare(small, large);
    expect(wider.modelContract).toEqual({
      changes: [{ change: 'input hour added (float [N, 1])', breaking: true }],
    });
    const narrower = await compare(large, small);
    expect(narrower.modelContract).toEqual({ changes: [{ change: 'input hour removed', breaking: true }] });
  });

  it('finds a worse challenger worse and fails the step as fail-on says', async () => {
    writeData();
    const good = stages.setup(configOf({ model: 'worse' }));
    await stages.train(good);
    await stages.release(good, '1.0.0');
    const bad = stages.setup(configOf({ model: 'worse', data: '  columns: [noise, hour]' }));
    await stages.train(bad);
    for (const [failOn, exitCode] of [
      ['worse', 1],
      ['inconclusive', 1],
      ['never', 0],
    ] as const) {
      const result = await stages.compare(bad, { champion: 'release', failOn });
      expect(completed(result)).toMatchObject({ verdict: 'worse', promote: false });
      expect(result.exitCode).toBe(exitCode);
    }
  });

  it('is unchanged when the challenger has the bytes of the champion', async () => {
    writeData();
    await releaseWeakChampion('same');
    const setup = stages.setup(configOf({ model: 'same', data: '  columns: [noise, hour]' }));
    await stages.train(setup);
    const result = await stages.compare(setup, { champion: 'release' });
    expect(completed(result)).toMatchObject({ verdict: 'unchanged', promote: true, metrics: [], gates: [] });
    expect(result.exitCode).toBe(0);
  });

  it('reads labels that are text', async () => {
    stages.write('train.csv', csvOf(makeRows(1500, 1), ['legit', 'fraud']));
    stages.write('holdout.csv', csvOf(makeRows(900, 2), ['legit', 'fraud']));
    const text = configOf({ model: 'words' }).replace('positive-class: 1', 'positive-class: fraud');
    const setup = stages.setup(text);
    await stages.train(setup);
    const document = completed(await stages.compare(setup));
    expect(document.holdout.positives).toBe(makeRows(900, 2).filter((row) => row.isFraud).length);
    expect(document.metrics.find((metric) => metric.name === 'roc_auc')!.challenger!.value).toBeGreaterThan(
      0.7,
    );
  });

  it.each([
    ['00', '01'],
    ['false', 'true'],
    ['-1', '1'],
    ['1.0', '2.0'],
  ] as const)('reads labels written %s and %s', async (negative, positive) => {
    stages.write('train.csv', csvOf(makeRows(400, 1), [negative, positive]));
    stages.write('holdout.csv', csvOf(makeRows(400, 2), [negative, positive]));
    const named = positive === '01' ? '"01"' : String(positive);
    const setup = stages.setup(
      configOf({ model: 'spelled' }).replace('positive-class: 1', `positive-class: ${named}`),
    );
    const training = await stages.train(setup);
    expect(training.document.verdict).toBe('trained');
    const document = completed(await stages.compare(setup));
    expect(document.holdout.positives).toBe(makeRows(400, 2).filter((row) => row.isFraud).length);
    expect(document.metrics.find((metric) => metric.name === 'roc_auc')!.challenger!.value).toBeGreaterThan(
      0.7,
    );
  });

  it('compares regressions', async () => {
    const rows = (seed: number, count: number) =>
      `id,amount,hour,price\n${makeRows(count, seed)
        .map(
          (row) => `${row.id},${row.amount},${row.hour},${row.amount * 2 + row.hour * 10 + row.noise * 50}`,
        )
        .join('\n')}\n`;
    stages.write('train.csv', rows(1, 800));
    stages.write('holdout.csv', rows(2, 400));
    const config = (columns: string) => `
model: price
task: regression
data: {training: train.csv, holdout: holdout.csv, target: price, id: id, columns: ${columns}}
training: {learner: gradient-boosting, parameters: {iterations: 40}}
`;
    await stages.train(stages.setup(config('[hour]')));
    await stages.release(stages.setup(config('[hour]')), '1.0.0');
    const setup = stages.setup(config('[amount, hour]'));
    await stages.train(setup);
    const document = completed(await stages.compare(setup, { champion: '1.0.0' }));
    expect(document).toMatchObject({ verdict: 'better', primary: 'rmse', promote: true });
    expect(document.curves).toBeUndefined();
    expect(document.flips).toBeUndefined();
  });
});

describe('each model brings its own features', () => {
  const features =
    'select id, is_fraud, amount, hour, case when hour < 6 then 1 else 0 end as night from source';

  it('scores the champion with the query and the columns it was released with', async () => {
    writeData();
    stages.write('features.sql', features);
    const before = stages.setup(configOf({ model: 'own', data: '  features: features.sql' }));
    await stages.train(before);
    const alone = completed(await stages.compare(before));
    await stages.release(before, '1.0.0');
    stages.write('features.sql', 'select id, is_fraud, amount, kind from source order by amount -- by value');
    const after = stages.setup(configOf({ model: 'own', data: '  features: features.sql' }));
    await stages.train(after);
    const document = completed(await stages.compare(after, { champion: 'release' }));
    const championArea = document.metrics.find((metric) => metric.name === 'roc_auc')!.champion!.value;
    expect(championArea).toBe(alone.metrics.find((metric) => metric.name === 'roc_auc')!.challenger!.value);
    // The challenger's query orders rows by value: unless they are matched by id its area is that of chance.
    const area = document.metrics.find((metric) => metric.name === 'roc_auc')!.challenger!.value;
    expect(area).toBeGreaterThan(0.7);
  });

  it('feeds a model that is given by its path from the features of the config', async () => {
    writeData();
    stages.write('features.sql', features);
    const setup = stages.setup(configOf({ model: 'given', data: '  features: features.sql' }));
    await stages.train(setup);
    const expected = completed(await stages.compare(setup));
    const path = join(setup.evidenceDirectory, 'model/model.onnx');
    const document = completed(await stages.compare(setup, { challenger: path }));
    expect(document.metrics).toEqual(expected.metrics);
  });

  it('slices by a condition on features that come in another order', async () => {
    writeData();
    stages.write(
      'features.sql',
      'select id, is_fraud, amount, hour * 2 as twice from source order by amount desc -- largest first',
    );
    const setup = stages.setup(
      configOf({
        model: 'sliced',
        data: '  features: features.sql',
        comparison: 'comparison: {slices: [{name: late, where: "twice >= 36 -- evening"}]}',
      }),
    );
    await stages.train(setup);
    const [slice] = completed(await stages.compare(setup)).slices;
    const late = makeRows(900, 2).filter((row) => row.hour >= 18);
    expect(slice).toMatchObject({ rows: late.length, positives: late.filter((row) => row.isFraud).length });
  });

  it.each([
    [
      'loses rows',
      'select id, is_fraud, amount from source where amount > 20',
      /rows where the data have 900.*keep every row once/,
    ],
    [
      'doubles rows',
      'select id, is_fraud, amount from source union all select id, is_fraud, amount from source',
      /1800 rows/,
    ],
    [
      'replaces a row by another one',
      "select case when id = 'r2-5' then 'r2-6' else id end as id, is_fraud, amount from source",
      /not unique|lost rows/,
    ],
    ['orders rows and drops the id', 'select is_fraud, amount from source order by noise', /another order/],
  ])('refuses a query that %s', async (_name, sql, message) => {
    writeData();
    stages.write('features.sql', sql);
    const setup = stages.setup(configOf({ model: 'lost', data: '  features: features.sql' }));
    await stages.train(setup);
    const result = await stages.compare(setup);
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(result.exitCode).toBe(2);
  });

  it('hides the answers of the holdout from a features query', async () => {
    writeData();
    stages.write(
      'features.sql',
      'select id, is_fraud, amount, coalesce(is_fraud, 0) * 1.0 as peek from source',
    );
    const setup = stages.setup(configOf({ model: 'peeking', data: '  features: features.sql' }));
    await stages.train(setup);
    const { metrics } = completed(await stages.compare(setup));
    const auc = metrics.find((metric) => metric.name === 'roc_auc');
    // Training may look; a model that learned to copy the answer knows nothing of the holdout.
    expect(auc?.challenger?.value).toBeLessThan(0.7);
  });

  it('matches rows by an id that is a feature too', async () => {
    const rows = (seed: number) =>
      `id,amount,is_fraud\n${makeRows(600, seed)
        .map((row, index) => `${index},${row.amount},${Number(row.isFraud)}`)
        .join('\n')}\n`;
    stages.write('train.csv', rows(1));
    stages.write('holdout.csv', rows(2));
    stages.write('features.sql', 'select id, amount, is_fraud from source order by amount');
    const setup = stages.setup(
      configOf({ model: 'id-feature', data: '  features: features.sql\n  columns: [id, amount]' }),
    );
    await stages.train(setup);
    const area = completed(await stages.compare(setup)).metrics.find((metric) => metric.name === 'roc_auc');
    expect(area!.challenger!.value).toBeGreaterThan(0.7);
  });
});

describe('what goes wrong ends in an error document', () => {
  it.each([
    ['there is no challenger', { model: 'nothing-trained' }, {}, /run train-model first/],
    ['the challenger does not exist', { model: 'm' }, { challenger: 'no.onnx' }, /no\.onnx does not exist/],
  ])('%s', async (_name, config, options, message) => {
    writeData();
    const setup = stages.setup(configOf(config));
    const result = await stages.compare(setup, options);
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(result.exitCode).toBe(2);
    const file = join(setup.evidenceDirectory, 'comparison.json');
    expect(parseAnyDocument(readFileSync(file, 'utf8'), file).verdict).toBe('error');
  });

  it.each([
    ['a missing holdout', 'holdout: holdout.csv', 'holdout: none.csv', /none\.csv/],
    ['a target that is not there', 'target: is_fraud', 'target: is_frauds', /is_frauds/],
    ['an id that is not there', 'id: id', 'id: ids', /ids/],
  ])('%s', async (_name, from, to, message) => {
    writeData();
    const setup = stages.setup(configOf({ model: 'wrong' }));
    await stages.train(setup);
    const wrong = stages.setup(configOf({ model: 'wrong' }).replace(from, to));
    const result = await stages.compare(wrong);
    expect(failure(result)).toMatchObject({ code: 'input', message: expect.stringMatching(message) });
  });

  it('an empty holdout, and one without labels', async () => {
    writeData();
    const setup = stages.setup(configOf({ model: 'unlabelled' }));
    await stages.train(setup);
    stages.write('holdout.csv', 'id,amount,hour,kind,noise,is_fraud\n');
    expect(failure(await stages.compare(setup)).code).toBe('input');
    stages.write('holdout.csv', 'id,amount,hour,kind,noise,is_fraud\nr1,5,1,food,0.1,\n');
    expect(failure(await stages.compare(setup))).toMatchObject({
      code: 'input',
      message: expect.stringMatching(/none of them has a label/),
    });
  });

  it('a holdout of one class is inconclusive, never green', async () => {
    writeData();
    const setup = stages.setup(configOf({ model: 'one-class' }));
    await stages.train(setup);
    stages.write('holdout.csv', csvOf(makeRows(900, 2).filter((row) => !row.isFraud)));
    const document = completed(await stages.compare(setup));
    expect(document).toMatchObject({ verdict: 'no-champion', promote: false });
    expect(document.gates).toMatchObject([{ outcome: 'inconclusive' }]);
  });

  it('few rows are inconclusive and say so', async () => {
    writeData();
    await releaseWeakChampion('few');
    const setup = stages.setup(configOf({ model: 'few' }));
    await stages.train(setup);
    stages.write('holdout.csv', csvOf(makeRows(12, 2)));
    const document = completed(await stages.compare(setup, { champion: 'release' }));
    expect(document).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(document.gates[0]).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/12 rows; at least 30/),
    });
  });

  it('a champion that has no such version, or is no file', async () => {
    writeData();
    const setup = stages.setup(configOf({ model: 'no-version' }));
    await stages.train(setup);
    const messageOf = async (champion: string) => failure(await stages.compare(setup, { champion })).message;
    expect(await messageOf('9.9.9')).toMatch(/no-version has no release 9\.9\.9/);
    expect(await messageOf('champion.onnx')).toMatch(/champion\.onnx does not exist/);
  });

  it('a model file that was altered after training', async () => {
    writeData();
    const setup = stages.setup(configOf({ model: 'altered' }));
    await stages.train(setup);
    stages.write('.contender/altered/model/model.onnx', 'not the model');
    expect(failure(await stages.compare(setup)).message).toMatch(/has the digest .* train again/);
  });
});
