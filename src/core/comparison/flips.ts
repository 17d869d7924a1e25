import type { FlippedRow, Flips } from '../documents/comparison.ts';
import type { MetricSample } from '../metrics/metric.ts';

/** Rows of each kind that are shown. */
export const FLIP_EXAMPLES = 20;

export type FlipRequest = {
  readonly champion: MetricSample;
  readonly challenger: MetricSample;
  readonly slices: readonly { readonly name: string; readonly rows: Uint32Array }[];
  /** What the scores of both were held against; absent where a model decided by itself. */
  readonly threshold?: number | undefined;
  /** The hashed id of a row, or nothing for a row without one; absent without ids. */
  readonly idHashOf?: ((row: number) => string | undefined) | undefined;
};

const NEWLY_RIGHT = 1;
const NEWLY_WRONG = 2;

/**
 * Rows that one model decides rightly and the other wrongly, on the whole, by slice, and the rows of each kind that
 * the challenger was surest of. Undefined where there are no decisions: regression and ranking.
 */
export function describeFlips(request: FlipRequest): Flips | undefined {
  const { challenger, slices, threshold, idHashOf } = request;
  const flips = findFlips(request.champion, challenger);
  if (flips === undefined) return undefined;
  return {
    ...(threshold === undefined ? {} : { threshold }),
    ...countKinds(flips),
    ...(slices.length === 0
      ? {}
      : {
          slices: slices.map(({ name, rows }) => ({
            slice: name,
            rows: rows.length,
            ...countKinds(Uint8Array.from(rows, (row) => flips[row]!)),
          })),
        }),
    ...(idHashOf === undefined
      ? {}
      : {
          examples: {
            newlyRight: surestOf(rowsOf(flips, NEWLY_RIGHT), challenger, idHashOf),
            newlyWrong: surestOf(rowsOf(flips, NEWLY_WRONG), challenger, idHashOf),
          },
        }),
  };
}

/** Rows newly right and newly wrong; undefined where there are no decisions. */
export function countFlips(
  champion: MetricSample,
  challenger: MetricSample,
): Pick<Flips, 'newlyRight' | 'newlyWrong'> | undefined {
  const flips = findFlips(champion, challenger);
  return flips && countKinds(flips);
}

function findFlips(champion: MetricSample, challenger: MetricSample): Uint8Array | undefined {
  const before = decisionsOf(champion);
  const after = decisionsOf(challenger);
  if (before === undefined || after === undefined) return undefined;
  const flips = new Uint8Array(after.labels.length);
  for (let row = 0; row < flips.length; row++) {
    const wasRight = before.decisions[row] === before.labels[row];
    const isRight = after.decisions[row] === after.labels[row];
    if (isRight !== wasRight) flips[row] = isRight ? NEWLY_RIGHT : NEWLY_WRONG;
  }
  return flips;
}

function decisionsOf(sample: MetricSample) {
  if (sample.task === 'binary-classification') return { labels: sample.labels, decisions: sample.decisions };
  if (sample.task === 'multiclass-classification')
    return { labels: sample.labels, decisions: sample.predicted };
  return undefined;
}

function countKinds(flips: Uint8Array): Pick<Flips, 'newlyRight' | 'newlyWrong'> {
  const counts = { newlyRight: 0, newlyWrong: 0 };
  for (const kind of flips) {
    if (kind === NEWLY_RIGHT) counts.newlyRight++;
    if (kind === NEWLY_WRONG) counts.newlyWrong++;
  }
  return counts;
}

function rowsOf(flips: Uint8Array, kind: number): number[] {
  return [...flips.keys()].filter((row) => flips[row] === kind);
}

/**
 * The rows with the highest score for the class the challenger chose; equals by their hash, so that the order of
 * the rows decides nothing. An id that occurs twice is shown once.
 */
function surestOf(
  rows: readonly number[],
  challenger: MetricSample,
  idHashOf: (row: number) => string | undefined,
): FlippedRow[] {
  const scored = rows
    .map((row) => ({ row, score: chosenScore(challenger, row) }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((left, right) => right.score - left.score);
  const found = new Map<string, FlippedRow>();
  let start = 0;
  // Only as many rows are hashed as it takes.
  while (start < scored.length && found.size < FLIP_EXAMPLES) {
    const { score } = scored[start]!;
    let end = start;
    while (end < scored.length && scored[end]!.score === score) end++;
    const hashes = scored.slice(start, end).flatMap(({ row }) => idHashOf(row) ?? []);
    for (const idHash of hashes.sort()) if (!found.has(idHash)) found.set(idHash, { idHash, score });
    start = end;
  }
  return [...found.values()].slice(0, FLIP_EXAMPLES);
}

/** What the model gave to the class that it chose. */
function chosenScore(sample: MetricSample, row: number): number {
  if (sample.task === 'binary-classification') {
    const score = sample.probabilities[row]!;
    return sample.decisions[row] === 1 ? score : 1 - score;
  }
  if (sample.task === 'multiclass-classification')
    return sample.probabilities[row * sample.classCount + sample.predicted[row]!]!;
  return Number.NaN;
}
