import { resolve } from 'node:path';
import type { Truth } from '../../core/comparison/truth.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type { ModelScores } from '../../core/documents/comparison.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import { type Holdout, truthOf } from '../comparison/read-holdout.ts';
import type { ScoredModel } from '../comparison/scored-model.ts';
import type { Exam } from '../exam.ts';
import type { StageWorld } from '../stage.ts';
import { type FoundScores, findScores, type ScoresPorts } from './read-scores.ts';
import { storeScores } from './store-scores.ts';

/** What a comparison is told about scores: tables that were given, and where those that were used are kept. */
export type GivenScores = {
  /** Paths from the working directory. */
  readonly challenger: string | undefined;
  readonly champion: string | undefined;
  readonly evidenceDirectory: string;
};

/** Absent for a model that is run here as ONNX. */
export type FoundPair = { readonly challenger?: FoundScores; readonly champion?: FoundScores };
export type StoredPair = { readonly challenger?: ModelScores; readonly champion?: ModelScores };

type BothRequest = {
  readonly exam: Exam;
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
  readonly scores: GivenScores;
};

/** The scores of both models where they are not run here. */
export async function findBothScores(
  holdout: Holdout,
  { exam, champion, challenger, scores }: BothRequest,
  ports: ScoresPorts,
): Promise<FoundPair> {
  const truth = truthOf(holdout, []);
  const common = {
    holdout,
    classes: 'classes' in truth ? truth.classes : [],
    directory: resolve(exam.headDirectory),
  };
  const found = async (side: 'champion' | 'challenger', model: JudgedModel | undefined) =>
    model && (await findScores({ ...common, model, side, given: scores[side] }, ports));
  const own = await found('challenger', challenger);
  const champions = await found('champion', champion);
  return { ...(own ? { challenger: own } : {}), ...(champions ? { champion: champions } : {}) };
}

export function isAny({ challenger, champion }: FoundPair): boolean {
  return challenger !== undefined || champion !== undefined;
}

export type StoreBothRequest = {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly found: FoundPair;
  readonly scored: { readonly challenger: ScoredModel; readonly champion?: ScoredModel };
  readonly evidenceDirectory: string;
};

/** Keeps the scores that models were judged by in the evidence; undefined when there are none. */
export async function storeBothScores(
  request: StoreBothRequest,
  world: StageWorld,
): Promise<StoredPair | undefined> {
  const { found, scored, ...common } = request;
  const store = async (side: 'champion' | 'challenger') => {
    const [scores, own] = [found[side], scored[side]];
    if (scores === undefined || own === undefined) return {};
    return { [side]: await storeScores({ ...common, side, by: scores.by, scored: own }, world) };
  };
  if (!isAny(found)) return undefined;
  return { ...(await store('challenger')), ...(await store('champion')) };
}

/** Tables that were given, as inputs of the comparison. */
export function describeTables(found: FoundPair): readonly DocumentInput[] {
  return (['challenger', 'champion'] as const).flatMap((side) => {
    const scores = found[side];
    if (scores?.by !== 'table') return [];
    return [{ role: `${side}-scores`, ...scores.read.file, rows: scores.read.ids.codes.length }];
  });
}
