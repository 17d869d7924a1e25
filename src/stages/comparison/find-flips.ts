import { DEFAULT_THRESHOLD } from '../../core/comparison/defaults.ts';
import { describeFlips } from '../../core/comparison/flips.ts';
import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import { cellText } from '../../core/data/table.ts';
import type { Flips } from '../../core/documents/comparison.ts';
import type { StageWorld } from '../stage.ts';
import type { Scored } from './both-models.ts';
import type { Holdout } from './read-holdout.ts';

/** Digits of the hash of an id in a document: enough to find a row, and no way back from it. */
const HASH_DIGITS = 16;

export type FlipsRequest = {
  readonly input: ComparisonInput;
  readonly holdout: Holdout;
  readonly scored: Scored;
  /** Positions among the labelled rows, in the order of the input. */
  readonly kept: Uint32Array;
};

/** Rows newly right and newly wrong; undefined without a champion or without decisions. */
export function findFlips(request: FlipsRequest, { sha256 }: StageWorld): Flips | undefined {
  const { champion, challenger, slices } = request.input;
  if (champion === undefined) return undefined;
  return describeFlips({
    champion,
    challenger,
    slices,
    threshold: thresholdOf(request),
    idHashOf: hashIdsOf(request, sha256),
  });
}

/** The threshold that both models were held against; where one of them decided by itself there is none. */
export function thresholdOf({
  holdout,
  scored,
}: Pick<FlipsRequest, 'holdout' | 'scored'>): number | undefined {
  const { task, comparison } = holdout.request.configuration;
  if (task !== 'binary-classification') return undefined;
  const own = scored.challenger.labels ?? scored.champion?.labels;
  return comparison.threshold ?? (own === undefined ? DEFAULT_THRESHOLD : undefined);
}

/** Ids are hashed behind the name of the model, so that the rows of two models cannot be told to be the same. */
function hashIdsOf(
  { holdout, kept }: FlipsRequest,
  sha256: StageWorld['sha256'],
): ((row: number) => string | undefined) | undefined {
  const { id } = holdout.rows;
  if (id === undefined) return undefined;
  const { model } = holdout.request.configuration;
  return (row) => {
    const text = cellText(id, holdout.labelled[kept[row]!]!);
    return text === undefined ? undefined : sha256(`${model}:${text}`).slice(0, HASH_DIGITS);
  };
}
