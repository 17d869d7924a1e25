import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { trainGradientBoosting } from '../../../src/core/learning/boosting.ts';
import { predictEnsemble, type Tree } from '../../../src/core/learning/tree-ensemble.ts';
import {
  logLoss,
  mixedData,
  numberColumn,
  rocAuc,
  rootMeanSquaredError,
  settings,
  textColumn,
} from './made-data.ts';

const seed = 7;

describe('a binary ensemble', () => {
  const training = mixedData(6000, 1);
  const fresh = mixedData(6000, 2);
  const { ensemble, report } = trainGradientBoosting({
    ...training,
    objective: 'binary',
    parameters: settings(),
    seed,
  });

  test('ranks unseen rows nearly as well as the truth does, which LightGBM does no better', () => {
    const predicted = predictEnsemble(ensemble, fresh.features);
    const truth = fresh.signal.map((score) => 1 / (1 + Math.exp(-score)));
    expect(rocAuc(truth, fresh.target)).toBeCloseTo(0.8732, 4);
    // LightGBM 4.7.0 with the same settings: ROC AUC 0.8486, log loss 0.4932.
    expect(rocAuc(predicted, fresh.target)).toBeGreaterThan(0.845);
    expect(logLoss(predicted, fresh.target)).toBeLessThan(0.497);
  });

  test('reports the loss that its own predictions have', () => {
    const predicted = predictEnsemble(ensemble, training.features);
    expect(report.trainingLoss).toBeCloseTo(logLoss(predicted, training.target), 6);
    expect(report).toMatchObject({
      iterations: 100,
      loss: 'log_loss',
      trainingRows: 6000,
      validationRows: 0,
    });
    expect(report.importance[0]!.column).toBe('shop');
    expect(report.importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('is the same for the same seed, another for another', () => {
    const again = (other: number) =>
      trainGradientBoosting({ ...training, objective: 'binary', parameters: settings(), seed: other })
        .ensemble;
    expect(again(seed)).toEqual(ensemble);
    expect(again(8)).not.toEqual(ensemble);
  });

  test('takes a text it never saw as a rare one, and the empty text as missing', () => {
    const row = (shop: string | undefined) => [
      numberColumn('amount', [5]),
      numberColumn('hour', [12]),
      textColumn('shop', [shop]),
      textColumn('person', ['nobody']),
    ];
    const predict = (shop: string | undefined) => predictEnsemble(ensemble, row(shop))[0]!;
    expect(predict('never seen')).toBe(predict('seen even less'));
    expect(predict('')).toBe(predict(undefined));
    expect(predict('shop 0')).toBeGreaterThan(predict('shop 6') + 0.3);
  });

  test('names a column that is absent or of the other kind', () => {
    expect(() => predictEnsemble(ensemble, [])).toThrow(
      new InputError('The model needs column "amount", which the data does not have.'),
    );
    const wrong = [textColumn('amount', ['5'])];
    expect(() => predictEnsemble(ensemble, wrong)).toThrow(
      new InputError('The model takes column "amount" as number, but the data has it as text.'),
    );
  });
});

describe('a regression ensemble', () => {
  test('follows a curve, and infinite values go to their end', () => {
    const inputs = Array.from({ length: 4000 }, (_, index) => (index % 200) / 10);
    const values = inputs.map((input) => 100 + 10 * Math.sin(input));
    const { ensemble, report } = trainGradientBoosting({
      features: [numberColumn('input', [...inputs, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])],
      target: Float64Array.from([...values, 500, -500]),
      objective: 'regression',
      parameters: settings({ 'min-samples-leaf': 1, 'l2-regularization': 0, iterations: 200 }, 'regression'),
      seed,
    });
    const predicted = predictEnsemble(ensemble, [numberColumn('input', inputs)]);
    expect(rootMeanSquaredError(predicted, Float64Array.from(values))).toBeLessThan(0.5);
    expect(report.loss).toBe('mean_squared_error');
    const ends = predictEnsemble(ensemble, [
      numberColumn('input', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    ]);
    expect(ends[0]).toBeGreaterThan(400);
    expect(ends[1]).toBeLessThan(-400);
  });

  test('finds sets of categories, whatever their names', () => {
    const names = ['äöü', '日本', "quote's", 'a,b', '', 'new\nline'];
    const effect = [1, 5, 1, 5, 3, 5];
    const texts = Array.from({ length: 600 }, (_, row) => names[row % 6]);
    const { ensemble } = trainGradientBoosting({
      features: [textColumn('name', texts)],
      target: Float64Array.from(texts, (_, row) => effect[row % 6]!),
      objective: 'regression',
      parameters: settings({ 'l2-regularization': 0 }, 'regression'),
      seed,
    });
    const predicted = predictEnsemble(ensemble, [textColumn('name', names)]);
    predicted.forEach((value, position) => {
      expect(value).toBeCloseTo(effect[position]!, 2);
    });
  });

  test('of a constant target is that constant', () => {
    const { ensemble, report } = trainGradientBoosting({
      features: [numberColumn('input', [1, 2, 3])],
      target: Float64Array.of(4, 4, 4),
      objective: 'regression',
      parameters: settings({}, 'regression'),
      seed,
    });
    expect([...predictEnsemble(ensemble, [numberColumn('input', [0, 9])])]).toEqual([4, 4]);
    expect(report.iterations).toBe(1);
    expect(report.importance).toEqual([{ column: 'input', share: 0 }]);
  });

  test('of a single row is its target', () => {
    const { ensemble } = trainGradientBoosting({
      features: [numberColumn('input', [1]), textColumn('text', ['x'])],
      target: Float64Array.of(2.5),
      objective: 'regression',
      parameters: settings({ 'min-samples-leaf': 1 }, 'regression'),
      seed,
    });
    expect(predictEnsemble(ensemble, [numberColumn('input', [1]), textColumn('text', ['y'])])[0]).toBe(2.5);
  });
});

describe('columns without information', () => {
  test('all missing, constant: never split', () => {
    const { features, target } = mixedData(1000);
    const { report } = trainGradientBoosting({
      features: [
        ...features,
        numberColumn('missing', new Float64Array(1000).fill(Number.NaN)),
        numberColumn('constant', new Float64Array(1000).fill(3)),
        textColumn(
          'no text',
          Array.from({ length: 1000 }, () => undefined),
        ),
        textColumn(
          'one text',
          Array.from({ length: 1000 }, () => 'same'),
        ),
      ],
      target,
      objective: 'binary',
      parameters: settings(),
      seed,
    });
    for (const column of ['missing', 'constant', 'no text', 'one text']) {
      expect(report.importance.find((entry) => entry.column === column)!.share).toBe(0);
    }
  });

  test('that a value is missing is information', () => {
    const values = Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? Number.NaN : 1));
    const { ensemble } = trainGradientBoosting({
      features: [numberColumn('input', values)],
      target: Float64Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
      objective: 'binary',
      parameters: settings(),
      seed,
    });
    const predicted = predictEnsemble(ensemble, [
      numberColumn('input', [Number.NaN, 1, Number.POSITIVE_INFINITY]),
    ]);
    expect(predicted[0]).toBeGreaterThan(0.95);
    expect(predicted[1]).toBeLessThan(0.05);
    expect(predicted[2]).toBeLessThan(0.05);
  });
});

describe('bounds', () => {
  const { features, target } = mixedData(3000);
  const train = (values: Record<string, unknown>) =>
    trainGradientBoosting({ features, target, objective: 'binary', parameters: settings(values), seed });

  test.each([1, 20, 300])('no leaf has fewer than %i rows', (minimum) => {
    const { ensemble } = train({ 'min-samples-leaf': minimum, iterations: 20 });
    const smallest = Math.min(...ensemble.trees.map((tree) => smallestLeaf(tree, ensemble, features)));
    expect(smallest).toBeGreaterThanOrEqual(minimum);
    expect(ensemble.trees.every((tree) => tree.feature.length > 1)).toBe(true);
  });

  test('leaves and depth', () => {
    const { ensemble } = train({ 'max-leaves': 9, 'max-depth': 2, iterations: 5 });
    for (const tree of ensemble.trees) expect(leafDepths(tree)).toEqual([2, 2, 2, 2]);
    const wide = train({ 'max-leaves': 9, iterations: 5 }).ensemble;
    for (const tree of wide.trees) expect(leafDepths(tree)).toHaveLength(9);
  });

  test('bins: with two, every tree cuts a number at one place', () => {
    const { ensemble } = train({ 'max-bins': 2, iterations: 20 });
    const places = new Set<number>();
    for (const tree of ensemble.trees) {
      tree.feature.forEach((feature, node) => {
        if (feature === 1) places.add(tree.threshold[node]!);
      });
    }
    expect([...places].filter(Number.isFinite)).toHaveLength(1);
  });
});

describe('weights', () => {
  const { features, target } = mixedData(2000);
  const options = { objective: 'binary', parameters: settings({ iterations: 10 }), seed } as const;

  test('rows of weight zero are as if they were not there', () => {
    const kept = 1200;
    const weights = Float64Array.from(target, (_, row) => (row < kept ? 1 : 0));
    const shorter = features.map((column) =>
      column.kind === 'number'
        ? { ...column, values: column.values.slice(0, kept) }
        : { ...column, codes: column.codes.slice(0, kept) },
    );
    const weighted = trainGradientBoosting({ ...options, features, target, weights });
    const cut = trainGradientBoosting({ ...options, features: shorter, target: target.slice(0, kept) });
    expect(weighted.ensemble).toEqual(cut.ensemble);
    expect(weighted.report).toEqual(cut.report);
  });

  test('a weight of three counts three times', () => {
    const inputs = [numberColumn('input', [1, 1, 1, 1])];
    const { ensemble } = trainGradientBoosting({
      features: inputs,
      target: Float64Array.of(1, 0, 0, 0),
      weights: Float64Array.of(3, 1, 1, 1),
      ...options,
    });
    expect(predictEnsemble(ensemble, inputs)[0]).toBeCloseTo(0.5, 6);
  });

  test('balanced classes are equally likely on average, a weight of the positive class lies between', () => {
    const rare = target.map((value, row) => (row % 10 === 0 ? value : 0));
    const averages = (classWeight: number | string) => {
      const parameters = settings({ iterations: 50, 'class-weight': classWeight });
      const { ensemble } = trainGradientBoosting({ ...options, features, target: rare, parameters });
      const predicted = predictEnsemble(ensemble, features);
      const mean = (wanted: number) => {
        const chosen = predicted.filter((_, row) => rare[row] === wanted);
        return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
      };
      return {
        overall: predicted.reduce((sum, value) => sum + value, 0) / 2000,
        perClass: (mean(0) + mean(1)) / 2,
      };
    };
    const share = rare.reduce((sum, value) => sum + value, 0) / 2000;
    expect(averages(1).overall).toBeCloseTo(share, 2);
    expect(averages('balanced').perClass).toBeCloseTo(0.5, 1);
    expect(averages(5).overall).toBeGreaterThan(averages(1).overall);
    expect(averages(5).overall).toBeLessThan(averages('balanced').overall);
  });
});

describe('early stopping', () => {
  test('keeps the trees up to the smallest validation loss', () => {
    const { features, target } = mixedData(2000);
    const losses: number[] = [];
    const { ensemble, report } = trainGradientBoosting({
      features,
      target,
      objective: 'binary',
      parameters: settings({ iterations: 500, 'learning-rate': 0.3, 'early-stopping': 5 }),
      seed,
      onProgress: ({ validationLoss }) => losses.push(validationLoss!),
    });
    const smallest = Math.min(...losses);
    expect(report.validationLoss).toBe(smallest);
    expect(ensemble.trees).toHaveLength(losses.indexOf(smallest) + 1);
    expect(losses).toHaveLength(ensemble.trees.length + 5);
    expect(losses.length).toBeLessThan(500);
    expect(report.validationRows).toBeGreaterThan(190);
    expect(report.trainingRows + report.validationRows).toBe(2000);
  });
});

describe('data that cannot be trained on', () => {
  const input = numberColumn('input', [1, 2, 3]);
  const base = { objective: 'binary', parameters: settings(), seed } as const;
  test.each([
    [
      'one class',
      { features: [input], target: Float64Array.of(0, 0, 0) },
      /has no positive row among 3 with a weight: a classifier needs both classes/,
    ],
    [
      'one class by weight',
      { features: [input], target: Float64Array.of(0, 1, 1), weights: Float64Array.of(0, 1, 1) },
      /has no negative row among 2/,
    ],
    ['no rows', { features: [numberColumn('input', [])], target: new Float64Array(0) }, /has no rows/],
    ['no columns', { features: [], target: Float64Array.of(0, 1, 0) }, /no feature column/],
    [
      'missing target',
      { features: [input], target: Float64Array.of(0, Number.NaN, 1) },
      /target of training row 2 is missing/,
    ],
    [
      'huge target',
      { features: [input], target: Float64Array.of(0, 1e39, 1) },
      /target of training row 2 is 1e\+39/,
    ],
    [
      'negative weight',
      { features: [input], target: Float64Array.of(0, 1, 1), weights: Float64Array.of(1, -1, 1) },
      /weight of training row 2 is -1; weights are 0 or more/,
    ],
    [
      'all weights zero',
      { features: [input], target: Float64Array.of(0, 1, 1), weights: new Float64Array(3) },
      /Every training row has weight 0/,
    ],
    ['a name twice', { features: [input, input], target: Float64Array.of(0, 1, 1) }, /"input" appears twice/],
    [
      'too few to hold back',
      { features: [input], target: Float64Array.of(0, 1, 1), parameters: settings({ 'early-stopping': 3 }) },
      /would hold back 0\.1 of 3 training rows, which is none/,
    ],
  ])('%s', (_, data, message) => {
    expect(() => trainGradientBoosting({ ...base, ...data })).toThrow(message);
    expect(() => trainGradientBoosting({ ...base, ...data })).toThrow(InputError);
  });
});

/** Rows of the leaf with the fewest, found by asking each row for its leaf. */
function smallestLeaf(
  tree: Tree,
  ensemble: Parameters<typeof predictEnsemble>[0],
  features: Parameters<typeof predictEnsemble>[1],
): number {
  const leaves = [...tree.feature.keys()].filter((node) => tree.feature[node]! < 0);
  const value = Float32Array.from(tree.feature, (_, node) => leaves.indexOf(node));
  const numbered = {
    ...ensemble,
    objective: 'regression' as const,
    baseScore: 0,
    trees: [{ ...tree, value }],
  };
  const counts = new Array<number>(leaves.length).fill(0);
  for (const leaf of predictEnsemble(numbered, features)) counts[leaf]! += 1;
  return Math.min(...counts);
}

function leafDepths(tree: Tree): number[] {
  const depths: number[] = [];
  const visit = (node: number, depth: number): void => {
    if (tree.feature[node]! < 0) depths.push(depth);
    else {
      visit(tree.left[node]!, depth + 1);
      visit(tree.right[node]!, depth + 1);
    }
  };
  visit(0, 0);
  return depths;
}
