import { describe, expect, it } from 'vitest';
import { expectClose } from '../../support/close.ts';
import { describeWithSharedData, readGolden } from '../../support/shared-data.ts';
import { metricNamed, metricValue, rankingSample, reasonOf } from './samples.ts';

describe('ndcg', () => {
  it("gives scikit-learn's documented value", () => {
    expectClose(
      metricValue(rankingSample([10, 0, 0, 1, 5], [0.1, 0.2, 0.3, 4, 70]), 'ndcg'),
      0.6956940443813076,
      1e-14,
    );
  });

  it('shares places between equal scores, also across the last place', () => {
    expectClose(metricValue(rankingSample([1, 0, 0, 1], [5, 5, 5, 5]), 'ndcg'), 0.7853208594776601, 1e-14);
    // One of two tied rows is at the single place that counts.
    expect(metricValue(rankingSample([1, 0, 0], [5, 5, 1]), 'ndcg_at_1')).toBe(0.5);
  });

  it('is the mean over queries that hold a relevant row', () => {
    const sample = rankingSample([1, 0, 0, 1, 0, 0], [2, 1, 2, 1, 2, 1], [4, 4, 6, 6, 9, 9]);
    expectClose(metricValue(sample, 'ndcg'), (1 + 1 / Math.log2(3)) / 2, 1e-14);
  });

  it('counts a query as often as its first row', () => {
    const sample = rankingSample([1, 0, 0, 1], [2, 1, 2, 1], [4, 4, 6, 6]);
    const statistic = metricNamed('ranking', 'ndcg').prepare(sample);
    expectClose(statistic(Float64Array.of(3, 3, 1, 1)), (3 + 1 / Math.log2(3)) / 4, 1e-14);
    expect(statistic(Float64Array.of(0, 0, 0, 0))).toBeNaN();
  });

  it('in random order is what knows nothing of a row', () => {
    const sample = rankingSample([1, 0, 0, 1], [4, 3, 2, 1]);
    expectClose(metricNamed('ranking', 'ndcg').noInformation!(sample), 0.7853208594776601, 1e-14);
  });

  it('is undefined without relevant rows and with negative relevance', () => {
    const { compute } = metricNamed('ranking', 'ndcg');
    expect(reasonOf(compute(rankingSample([0, 0, 0], [3, 2, 1])))).toContain('no query');
    expect(reasonOf(compute(rankingSample([1, -1], [3, 2])))).toContain('negative');
  });
});

describeWithSharedData('reference values of ranking metrics', () => {
  it('every case', () => {
    type RankingCase = { rel: number[]; score: number[]; k: number | null; ndcg_linear_sklearn: number };
    for (const { rel, score, k, ndcg_linear_sklearn } of readGolden<{ cases: RankingCase[] }>(
      'metrics_ranking',
    ).cases) {
      const name = k === null ? 'ndcg' : `ndcg_at_${k}`;
      const value = metricNamed('ranking', name).compute(rankingSample(rel, score));
      // The reference says 0 where no row is relevant; here that is no value at all.
      if (rel.every((gain) => gain === 0)) expect(value.defined).toBe(false);
      else expectClose(value.defined ? value.value : Number.NaN, ndcg_linear_sklearn, 1e-12);
    }
  });
});
