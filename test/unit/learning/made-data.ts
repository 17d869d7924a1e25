import type { Column, NumberColumn, TextColumn } from '../../../src/core/data/table.ts';
import { parseGradientBoostingParameters } from '../../../src/core/learning/parameters.ts';
import { seededRandom } from '../../../src/core/learning/seeded-random.ts';

export function numberColumn(name: string, values: Iterable<number>): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

/** A text column; undefined is missing. */
export function textColumn(name: string, texts: readonly (string | undefined)[]): TextColumn {
  const dictionary = [...new Set(texts.filter((text) => text !== undefined))];
  const codes = Int32Array.from(texts, (text) => (text === undefined ? -1 : dictionary.indexOf(text)));
  return { kind: 'text', name, codes, dictionary };
}

export const settings = (
  values: Record<string, unknown> = {},
  objective: 'binary' | 'regression' = 'binary',
) => parseGradientBoostingParameters(values, objective);

/**
 * Mixed columns with missing values, whose effect on the log odds is known: two numbers, a text of 12
 * values with an effect in no order, and one of 400 values.
 */
export function mixedData(
  rowCount: number,
  seed = 1,
): { features: Column[]; target: Float64Array; signal: Float64Array } {
  const random = seededRandom(seed);
  const shops = Array.from({ length: 12 }, (_, index) => `shop ${index}`);
  const signal = new Float64Array(rowCount);
  const amount = new Float64Array(rowCount);
  const hour = new Float64Array(rowCount);
  const shop: (string | undefined)[] = [];
  const person: string[] = [];
  const target = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    amount[row] = Math.exp(3 * random());
    hour[row] = Math.floor(random() * 24);
    const shopNumber = Math.floor(random() * shops.length);
    shop.push(random() < 0.1 ? undefined : shops[shopNumber]);
    person.push(`person ${Math.floor(random() ** 2 * 400)}`);
    let score = Math.log(amount[row]!) - 2 + (hour[row]! < 6 ? 1.5 : 0);
    score += shop[row] === undefined ? 1 : [3, -2, 0, 2, -1, 1, -3, 0, 2, -2, 1, -1][shopNumber]!;
    if (random() < 0.1) {
      amount[row] = Number.NaN;
      score += 0.5;
    }
    signal[row] = score;
    target[row] = random() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  const features = [
    numberColumn('amount', amount),
    numberColumn('hour', hour),
    textColumn('shop', shop),
    textColumn('person', person),
  ];
  return { features, target, signal };
}

/** Area under the ROC curve; ties count half. */
export function rocAuc(scores: Float64Array, target: Float64Array): number {
  const order = Array.from(scores.keys()).sort((one, other) => scores[one]! - scores[other]!);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (const row of order.slice(start, end)) {
      if (target[row] !== 1) continue;
      rankSum += (start + 1 + end) / 2;
      positives++;
    }
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

export function rootMeanSquaredError(predictions: Float64Array, target: Float64Array): number {
  const sum = predictions.reduce((total, value, row) => total + (value - target[row]!) ** 2, 0);
  return Math.sqrt(sum / target.length);
}

export function logLoss(probabilities: Float64Array, target: Float64Array): number {
  const sum = probabilities.reduce(
    (total, value, row) => total - Math.log(target[row] === 1 ? value : 1 - value),
    0,
  );
  return sum / target.length;
}
