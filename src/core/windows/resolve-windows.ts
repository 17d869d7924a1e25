import type { SplitConfiguration } from '../configuration/configuration.ts';
import type { Windows } from '../documents/training.ts';
import { InputError } from '../errors.ts';

/** What is known of the times of the rows, in milliseconds since 1970 UTC. */
export type TimeFacts = {
  readonly newestRow: number;
  /** Newest row that has a label. */
  readonly newestLabelled: number;
  /** End of the champion's training window: a new exam begins after it. */
  readonly championTrainedTo?: number;
};

type TimeSplit = Extract<SplitConfiguration, { kind: 'time' }>;

/**
 * Spans of training and holdout, counted back from the newest row whose label is mature. `to` is exclusive.
 * The holdout never reaches into what the champion was trained on (plus the gap).
 * @throws InputError when nothing is left between the champion's training and the newest mature row.
 */
export function resolveWindows(split: TimeSplit, facts: TimeFacts): Windows {
  const newestMature = Math.min(facts.newestLabelled, facts.newestRow - split.matureAfterMilliseconds);
  const end = newestMature + 1;
  const earliest =
    facts.championTrainedTo === undefined ? -Infinity : facts.championTrainedTo + split.gapMilliseconds;
  const holdoutFrom = Math.max(end - split.holdoutMilliseconds, earliest);
  if (holdoutFrom >= end) {
    throw new InputError(
      `no labelled rows are left for the holdout: the newest row with a mature label is of ${iso(newestMature)}, and the champion was trained on rows up to ${iso(earliest)} (gap included); wait for newer rows or shorten data.split.mature-after`,
    );
  }
  const trainingTo = end - split.holdoutMilliseconds - split.gapMilliseconds;
  const from =
    split.trainingMilliseconds === undefined ? {} : { from: iso(trainingTo - split.trainingMilliseconds) };
  return { training: { ...from, to: iso(trainingTo) }, holdout: { from: iso(holdoutFrom), to: iso(end) } };
}

function iso(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : 'the beginning';
}
