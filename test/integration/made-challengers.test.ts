import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { CompletedComparison } from '../../src/core/documents/comparison.ts';
import { describeWithSharedData, sharedPath } from '../support/shared-data.ts';
import { completed, useStages } from '../support/stage-harness.ts';

const stages = useStages();

const FRAUD_COLUMNS = 'amt, hour, dow, age, city_pop, dist';
const BIKE_COLUMNS =
  'season, mnth, hr, holiday, weekday, workingday, weathersit, temp, atemp, hum, windspeed';
const ADULT_COLUMNS =
  'age, education_num, capital_gain, capital_loss, hours_per_week, workclass, marital_status, occupation, relationship, race, sex';

type Case = {
  readonly folder: 'fraud_sparkov' | 'bike' | 'adult';
  readonly champion: string;
  readonly challenger: string;
  readonly comparison: string;
};

/** Copies the rows, in the given order of lines. */
function writeRows(folder: Case['folder'], order: (lines: string[]) => string[] = (lines) => lines): void {
  const file = { fraud_sparkov: 'eval.csv.gz', bike: 'eval_2012H2.csv', adult: 'eval.csv.gz' }[folder];
  const bytes = readFileSync(sharedPath(`data/onnx/made/${folder}/${file}`));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [head = '', ...lines] = text.trim().split('\n');
  writeFileSync(stages.path(`${folder}.csv`), `${[head, ...order(lines)].join('\n')}\n`);
}

async function judge({ folder, champion, challenger, comparison }: Case): Promise<CompletedComparison> {
  const data = {
    fraud_sparkov: `task: binary-classification\ndata: {holdout: fraud_sparkov.csv, target: is_fraud, positive-class: 1, columns: [${FRAUD_COLUMNS}]}`,
    bike: `task: regression\ndata: {holdout: bike.csv, target: cnt, columns: [${BIKE_COLUMNS}]}`,
    adult: `task: binary-classification\ndata: {holdout: adult.csv, target: class, positive-class: ">50K", columns: [${ADULT_COLUMNS}]}`,
  }[folder];
  const setup = stages.setup(`model: made\n${data}\ncomparison:\n${comparison}\n`);
  const path = (name: string) => sharedPath(`data/onnx/made/${folder}/${name}.onnx`);
  return completed(await stages.compare(setup, { champion: path(champion), challenger: path(challenger) }));
}

const AP = '  primary: average_precision\n  guardrails: [recall]\n  margins: {recall: 0.05}';

describeWithSharedData('challengers that were made to be judged', () => {
  it('a model with more accuracy that finds no fraud any more is not promoted', async () => {
    writeRows('fraud_sparkov');
    const trap = {
      folder: 'fraud_sparkov',
      champion: 'champion_logreg',
      challenger: 'challenger_bad_labels',
    } as const;
    const byPrecision = await judge({ ...trap, comparison: AP });
    expect(byPrecision.promote).toBe(false);
    expect(byPrecision.gates).toContainEqual(
      expect.objectContaining({ metric: 'recall', role: 'guardrail', outcome: 'fail' }),
    );
    const byRecall = await judge({ ...trap, comparison: '  primary: recall\n  metrics: [accuracy, recall]' });
    expect(byRecall).toMatchObject({ verdict: 'worse', promote: false });
    expect(byRecall.metrics.find(({ name }) => name === 'accuracy')).toMatchObject({ verdict: 'better' });
    // Accuracy as the primary metric lets it through: that is what guardrails are for.
    const byAccuracy = await judge({
      ...trap,
      comparison: '  primary: accuracy\n  guardrails: [balanced_accuracy]',
    });
    expect(byAccuracy).toMatchObject({ verdict: 'better', promote: false });
  });

  it.each(['challenger_hgb', 'challenger_rf', 'lightgbm_nozipmap', 'xgboost'])(
    '%s is better',
    async (challenger) => {
      writeRows('fraud_sparkov');
      const comparison = '  primary: roc_auc\n  metrics: [roc_auc, log_loss]';
      const document = await judge({
        folder: 'fraud_sparkov',
        champion: 'champion_logreg',
        challenger,
        comparison,
      });
      expect(document).toMatchObject({ verdict: 'better', promote: true });
    },
  );

  it.each(['retrained_to_2012H1', 'retrained_last_12_months', 'xgboost'])(
    'the bike model %s, slightly worse and close, is not promoted',
    async (challenger) => {
      writeRows('bike');
      const champion = 'champion_trained_2011';
      const document = await judge({ folder: 'bike', champion, challenger, comparison: '  primary: rmse' });
      expect(document.promote).toBe(false);
      expect(document.metrics[0]?.difference?.value).toBeLessThan(0);
    },
  );

  it('the better model of adult is better, in any order of the rows', async () => {
    const comparison =
      '  primary: average_precision\n  metrics: [average_precision, roc_auc, f1, expected_calibration_error]\n  slices: [sex, race]';
    const models = { champion: 'champion_logreg', challenger: 'challenger_gb' };
    const some = (lines: string[]) => lines.slice(0, 4_000);
    const orders: ((lines: string[]) => string[])[] = [
      some,
      (lines) => some(lines).toReversed(),
      (lines) => some(lines).toSorted(),
    ];
    const found: CompletedComparison[] = [];
    for (const order of orders) {
      writeRows('adult', order);
      found.push(await judge({ folder: 'adult', ...models, comparison }));
    }
    expect(found[0]).toMatchObject({ verdict: 'better', promote: true });
    for (const other of found.slice(1)) {
      expect(other.metrics).toEqual(found[0]!.metrics);
      expect(other.gates).toEqual(found[0]!.gates);
      expect(other.slices).toEqual(found[0]!.slices);
    }
  });
});
