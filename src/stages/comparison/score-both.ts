import type { Truth } from '../../core/comparison/truth.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Scorer } from '../../ports/scorer.ts';
import { joinScores } from '../scores/join-scores.ts';
import { classesOfScores } from '../scores/read-score-table.ts';
import type { FoundScores } from '../scores/read-scores.ts';
import type { StageWorld } from '../stage.ts';
import type { BothModels, Scored } from './both-models.ts';
import type { JudgedModel } from './judged-models.ts';
import { asksForLatency, LATENCY_ROWS } from './measure-models.ts';
import type { Holdout } from './read-holdout.ts';
import { scoreOnHoldout } from './score-on-holdout.ts';

/** Classes that the models name beyond those in the holdout; only a multiclass target has more than it shows. */
export async function classesOf(
  { champion, challenger, found }: BothModels,
  { task }: Configuration,
  scorer: Scorer,
): Promise<readonly string[]> {
  if (task !== 'multiclass-classification') return [];
  const known = async (model: JudgedModel | undefined, scores: FoundScores | undefined) => {
    if (scores !== undefined) return classesOfScores(scores.read);
    if (model === undefined) return [];
    return (await scorer.describe({ path: model.path, name: model.name })).classes ?? [];
  };
  return [...(await known(challenger, found.challenger)), ...(await known(champion, found.champion))];
}

export type ScoreBothRequest = {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly models: BothModels;
};

/** Answers of both models on the labelled rows: run here, or joined by id where others scored. */
export async function scoreBoth(
  { holdout, truth, models }: ScoreBothRequest,
  world: StageWorld,
): Promise<Scored> {
  const { champion, challenger, found } = models;
  const latencyRows = asksForLatency(holdout.request.configuration) ? LATENCY_ROWS : 0;
  const score = (model: JudgedModel, scores: FoundScores | undefined) =>
    scores === undefined
      ? scoreOnHoldout(holdout, model, { truth, latencyRows })
      : joinScores({ holdout, truth, model, read: scores.read }, world);
  const own = await score(challenger, found.challenger);
  if (champion === undefined) return { challenger: own };
  return { challenger: own, champion: await score(champion, found.champion) };
}
