import type { OverlapCheck } from '../documents/overlap.ts';
import { falsePositiveRate, findMembers } from './coded-set.ts';
import type { FingerprintSet } from './fingerprint.ts';

/** Share of the holdout from which on rows with values of training rows matter. */
export const LEAST_SHARE = 0.01;

/** More than so many standard deviations above what is expected is no chance. */
const DEVIATIONS = 3;

/** A set of training rows and the hashes of the labelled holdout rows over its columns. */
export type OverlapInput = { readonly set: FingerprintSet; readonly hashes: Float64Array };

/**
 * How many holdout rows were training rows, by each identity in its order: a row that one finds is not counted
 * by the next, so that after an id the values tell the rows that came back under another id.
 *
 * Next to it stands how many a clean split would show: false positives of the hashes, and rows that repeat by nature.
 * The share of these is Turing's estimate (Good 1953) of the chance that a new row equals one of N rows: 1 - n1 / N,
 * where n1 of them have no equal. An id that comes once only in the holdout is taken for a key, which repeats by
 * nature never.
 *
 * Suspicious is what lies more than three standard deviations above that (of a binomial count, its rate estimated from N
 * rows) and, by values, also at least 1 % of the holdout. Training data in which rows were repeated on purpose make many repeats
 * look natural.
 * @param name how messages call the fingerprint.
 */
export function countOverlap(inputs: readonly OverlapInput[], name: string): readonly OverlapCheck[] {
  const total = inputs[0]?.hashes.length ?? 0;
  const isKnown = new Uint8Array(total);
  return inputs.map(({ set, hashes }) => {
    const found = findMembers(set, hashes, name);
    const asked = isKnown.reduce((left, known) => left - known, total);
    let rows = 0;
    for (let row = 0; row < total; row++) {
      if (isKnown[row] === 1 || found[row] !== 1) continue;
      isKnown[row] = 1;
      rows++;
    }
    const rate = expectedRate(set, hashes);
    return {
      by: set.by,
      ...judgeOverlap({
        rows,
        asked,
        rate,
        trainingRows: set.rows,
        least: set.by === 'id' ? 0 : LEAST_SHARE * total,
      }),
    };
  });
}

/** Whether so many rows are more than chance explains. */
export function judgeOverlap(found: {
  readonly rows: number;
  /** Rows that were looked for. */
  readonly asked: number;
  /** The chance that a new row equals one of the training rows by nature. */
  readonly rate: number;
  readonly trainingRows: number;
  /** Rows above what is expected that matter. */
  readonly least: number;
}): Pick<OverlapCheck, 'rows' | 'expected' | 'suspicious'> {
  const { rows, asked, rate, trainingRows, least } = found;
  const expected = asked * rate;
  const deviation = Math.sqrt(asked * rate * (1 - rate) * (1 + asked / Math.max(trainingRows, 1)));
  const excess = rows - expected;
  return { rows, expected, suspicious: rows > 0 && excess >= least && excess > DEVIATIONS * deviation };
}

function expectedRate(set: FingerprintSet, hashes: Float64Array): number {
  const isKey = set.by === 'id' && hasNoRepeat(hashes);
  const repeated = isKey || set.rows === 0 ? 0 : 1 - set.single / set.rows;
  return 1 - (1 - Math.min(falsePositiveRate(set), 1)) * (1 - repeated);
}

function hasNoRepeat(hashes: Float64Array): boolean {
  const present = hashes.filter((hash) => !Number.isNaN(hash));
  return new Set(present).size === present.length;
}

/** Rows that the model is taken to have seen: those found by their identity, and others where chance does not explain them. */
export function countSeen(checks: readonly OverlapCheck[]): number {
  return checks.reduce(
    (total, { rows, suspicious }, index) => total + (index === 0 || suspicious ? rows : 0),
    0,
  );
}
