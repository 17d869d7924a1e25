/** Metrics of rankings within queries. */

import type { ReplicateStatistic } from '../statistics/bootstrap.ts';
import { indexGroups } from '../statistics/groups.ts';
import { defineMetric, influenceOfMean, type Prepared } from './definition.ts';
import type { RankingSample, SampleMetric } from './metric.ts';

/**
 * Normalised discounted cumulative gain, linear gains, averaged over the queries that hold a relevant
 * row. Rows of equal score share their places (as scikit-learn does). The query is the unit: it counts
 * as often as its first row does, so resample whole queries. `places` limits how far down is looked.
 */
export function normalisedGain(name: string, places?: number): SampleMetric {
  return defineMetric<RankingSample>({
    name,
    task: 'ranking',
    direction: 'higher',
    needs: 'queries',
    comparison: 'influence',
    undefinedWhen: 'no query holds a relevant row',
    prepare: (sample) => prepareGain(sample, places),
    influence: (sample) => influenceOnGain(sample, places),
    noInformation(sample) {
      const prepared = prepareGain({ ...sample, scores: new Float64Array(sample.scores.length) }, places);
      if ('impossible' in prepared) return Number.NaN;
      return prepared.statistic(sample.weights ?? new Float64Array(sample.scores.length).fill(1));
    },
  });
}

/**
 * 1 for the rows of queries that hold a relevant row: only they say anything, and only they count as evidence.
 */
export function informativeRows({ queries, relevance }: RankingSample): Uint8Array {
  const informative = new Set<number>();
  for (let row = 0; row < queries.length; row++) if (relevance[row]! > 0) informative.add(queries[row]!);
  // A code of -1 is a query of its own.
  return Uint8Array.from(queries, (query, row) =>
    Number(query === -1 ? relevance[row]! > 0 : informative.has(query)),
  );
}

/** The query stands at its first row. */
function influenceOnGain(sample: RankingSample, places: number | undefined): Float64Array {
  const { firstRows, values } = gainsByQuery(sample, places);
  const influence = new Float64Array(sample.scores.length);
  influenceOfMean(Float64Array.from(values)).forEach((value, query) => {
    influence[firstRows[query]!] = value;
  });
  return influence;
}

/** The gain of each query that holds a relevant row, with its first row. */
function gainsByQuery(sample: RankingSample, places: number | undefined) {
  const firstRows: number[] = [];
  const values: number[] = [];
  for (const rows of rowsByQuery(sample.queries)) {
    const ideal = discountedGain(rows, sample.relevance, { scores: sample.relevance, places });
    if (ideal === 0) continue;
    firstRows.push(rows[0]!);
    values.push(discountedGain(rows, sample.relevance, { scores: sample.scores, places }) / ideal);
  }
  return { firstRows, values };
}

function prepareGain(sample: RankingSample, places: number | undefined): Prepared {
  if (sample.relevance.some((gain) => gain < 0)) return { impossible: 'a relevance is negative' };
  const { firstRows, values } = gainsByQuery(sample, places);
  const statistic: ReplicateStatistic = (multiplicities) => {
    let sum = 0;
    let queries = 0;
    for (let query = 0; query < values.length; query++) {
      const count = multiplicities[firstRows[query]!]!;
      sum += count * values[query]!;
      queries += count;
    }
    return sum / queries;
  };
  return { statistic };
}

function rowsByQuery(queries: Int32Array): number[][] {
  const { groupCount, groupOfRow } = indexGroups(queries);
  const rows: number[][] = Array.from({ length: groupCount }, () => []);
  for (let row = 0; row < groupOfRow.length; row++) rows[groupOfRow[row]!]!.push(row);
  return rows;
}

/** Σ gain / log2(place + 1), each row of a tie with the mean gain of the tie. */
function discountedGain(
  rows: readonly number[],
  gains: Float64Array,
  by: { readonly scores: Float64Array; readonly places: number | undefined },
): number {
  const order = [...rows].sort((left, right) => by.scores[right]! - by.scores[left]!);
  const places = Math.min(order.length, by.places ?? order.length);
  let total = 0;
  let start = 0;
  while (start < places) {
    const score = by.scores[order[start]!]!;
    let end = start;
    let gain = 0;
    while (end < order.length && by.scores[order[end]!] === score) gain += gains[order[end++]!]!;
    let discounts = 0;
    for (let place = start; place < Math.min(end, places); place++) discounts += 1 / Math.log2(place + 2);
    total += (gain / (end - start)) * discounts;
    start = end;
  }
  return total;
}
