import type { FoundPair } from '../scores/both-scores.ts';
import type { JudgedModel } from './judged-models.ts';
import type { ScoredModel } from './scored-model.ts';

/** Two models that are compared, and the scores of theirs that were made elsewhere. */
export type BothModels = {
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
  readonly found: FoundPair;
};

export type Scored = { readonly champion?: ScoredModel; readonly challenger: ScoredModel };
