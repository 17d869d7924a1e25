import { join } from 'node:path';
import { takeValues } from '../../core/comparison/take-sample.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { ModelScores } from '../../core/documents/comparison.ts';
import { buildStoredScores, hashIds } from '../../core/scoring/stored-scores.ts';
import type { Holdout } from '../comparison/read-holdout.ts';
import type { ScoredModel } from '../comparison/scored-model.ts';
import type { StageWorld } from '../stage.ts';
import { idsOf } from './join-scores.ts';

/** Folder of the score tables in the evidence of a model. */
const SCORES_FOLDER = 'scores';

export type StoreRequest = {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly side: 'champion' | 'challenger';
  readonly by: ModelScores['by'];
  readonly scored: ScoredModel;
  readonly evidenceDirectory: string;
};

/** Writes the scores that a model was judged by into the evidence, and tells the document about them. */
export async function storeScores(
  { holdout, truth, side, by, scored, evidenceDirectory }: StoreRequest,
  world: StageWorld,
): Promise<ModelScores> {
  const ids = idsOf(holdout, `${side}-scores`);
  const table = buildStoredScores({
    ids: hashIds({ ...ids, codes: takeValues(ids.codes, holdout.labelled) }, world.sha256),
    values: scored.values,
    width: scored.width,
    ...(scored.labels ? { labels: scored.labels } : {}),
    classes: 'classes' in truth ? truth.classes : [],
  });
  const path = `${SCORES_FOLDER}/${side}.parquet`;
  const file = join(evidenceDirectory, path);
  await holdout.request.ports.engine.writeParquet(file, table);
  return { by, path, sha256: (await world.files.digest(file)).sha256 };
}

/** Scores of an earlier run must not pass for this one's. */
export async function removeStoredScores(evidenceDirectory: string, world: StageWorld): Promise<void> {
  await world.files.remove(join(evidenceDirectory, SCORES_FOLDER));
}
