import { describe, expect, it } from 'vitest';
import { describeFlips, FLIP_EXAMPLES } from '../../../src/core/comparison/flips.ts';
import { takeSample } from '../../../src/core/comparison/take-sample.ts';
import type { MulticlassSample } from '../../../src/core/metrics/metric.ts';
import { createRandom, shuffle } from '../../../src/core/statistics/random.ts';
import { makePair } from './made-samples.ts';

const PAIR = makePair({ rows: 900, championSkill: 1, challengerSkill: 1.2, shared: 0.7 });
/** Sixteen hexadecimal digits that do not follow the rows. */
const hashOf = (row: number) => ((row * 2_654_435_761) % 4_294_967_296).toString(16).padStart(16, '0');

describe('flips', () => {
  it('are counted on the whole and by slice, as row by row', () => {
    const draw = createRandom(2);
    const slices = ['a', 'b', 'empty'].map((name) => ({
      name,
      rows: Uint32Array.from(
        Array.from({ length: 900 }, (_, row) => row).filter(() => name !== 'empty' && draw.uniform() < 0.4),
      ),
    }));
    const flips = describeFlips({ ...PAIR, slices, threshold: 0.5 })!;
    const count = (rows: Iterable<number>) => {
      const counts = { newlyRight: 0, newlyWrong: 0 };
      for (const row of rows) {
        const was = PAIR.champion.decisions[row] === PAIR.champion.labels[row];
        const is = PAIR.challenger.decisions[row] === PAIR.challenger.labels[row];
        if (is && !was) counts.newlyRight++;
        if (was && !is) counts.newlyWrong++;
      }
      return counts;
    };
    expect(flips).toEqual({
      threshold: 0.5,
      ...count(Array(900).keys()),
      slices: slices.map(({ name, rows }) => ({ slice: name, rows: rows.length, ...count(rows) })),
    });
    expect(flips.newlyRight).toBeGreaterThan(FLIP_EXAMPLES);
    expect(flips.slices![2]).toMatchObject({ rows: 0, newlyRight: 0, newlyWrong: 0 });
  });

  it('show the rows that the challenger was surest of, whatever the order of the rows', () => {
    const flips = describeFlips({ ...PAIR, slices: [], idHashOf: hashOf })!;
    const { newlyWrong } = flips.examples!;
    expect(newlyWrong).toHaveLength(FLIP_EXAMPLES);
    const { decisions, labels, probabilities } = PAIR.challenger;
    const wrong = Array.from({ length: 900 }, (_, row) => row).filter(
      (row) => decisions[row] !== labels[row] && PAIR.champion.decisions[row] === labels[row],
    );
    const sure = (row: number) => (decisions[row] === 1 ? probabilities[row]! : 1 - probabilities[row]!);
    wrong.sort((left, right) => sure(right) - sure(left));
    expect(newlyWrong).toEqual(
      wrong.slice(0, FLIP_EXAMPLES).map((row) => ({ idHash: hashOf(row), score: sure(row) })),
    );

    const order = Uint32Array.from({ length: 900 }, (_, row) => row);
    shuffle(order, createRandom(8));
    const shuffled = describeFlips({
      champion: takeSample(PAIR.champion, order),
      challenger: takeSample(PAIR.challenger, order),
      slices: [],
      idHashOf: (row) => hashOf(order[row]!),
    });
    expect(shuffled).toEqual(flips);
  });

  it('take equals by their hash, show an id once, and leave out rows without one', () => {
    const rows = 60;
    const sample = (probability: number) => ({
      task: 'binary-classification' as const,
      labels: new Uint8Array(rows),
      probabilities: new Float64Array(rows).fill(probability),
      decisions: new Uint8Array(rows).fill(Number(probability >= 0.5)),
    });
    const request = { champion: sample(0.1), challenger: sample(0.75), slices: [] };
    const { examples } = describeFlips({ ...request, idHashOf: hashOf })!;
    const hashes = Array.from({ length: rows }, (_, row) => hashOf(row)).sort();
    expect(examples).toEqual({
      newlyRight: [],
      newlyWrong: hashes.slice(0, FLIP_EXAMPLES).map((idHash) => ({ idHash, score: 0.75 })),
    });
    const few = describeFlips({
      ...request,
      idHashOf: (row) => (row < 20 ? undefined : row < 40 ? hashOf(1) : hashOf(2)),
    })!.examples!;
    expect(few.newlyWrong.map(({ idHash }) => idHash)).toEqual([hashOf(1), hashOf(2)].sort());
  });

  it('of several classes have the score of the class that was chosen', () => {
    const sample = (predicted: number[], probabilities: number[]): MulticlassSample => ({
      task: 'multiclass-classification',
      classCount: 3,
      labels: Int32Array.of(0, 1, 2),
      probabilities: Float64Array.from(probabilities),
      predicted: Int32Array.from(predicted),
    });
    const champion = sample([0, 0, 2], [1, 0, 0, 1, 0, 0, 0, 0, 1]);
    const challenger = sample([2, 1, 2], [0.1, 0.2, 0.7, 0.2, 0.6, 0.2, 0, 0, 1]);
    expect(describeFlips({ champion, challenger, slices: [], idHashOf: hashOf })).toEqual({
      newlyRight: 1,
      newlyWrong: 1,
      examples: {
        newlyRight: [{ idHash: hashOf(1), score: 0.6 }],
        newlyWrong: [{ idHash: hashOf(0), score: 0.7 }],
      },
    });
  });

  it('are none where nothing is decided', () => {
    const values = {
      task: 'regression',
      targets: Float64Array.of(1),
      predictions: Float64Array.of(1),
    } as const;
    expect(describeFlips({ champion: values, challenger: values, slices: [] })).toBeUndefined();
  });
});
