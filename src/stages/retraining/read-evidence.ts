import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { CompletedDrift } from '../../core/documents/drift.ts';
import { InputError } from '../../core/errors.ts';
import type { DownloadedRelease } from '../../ports/model-registry.ts';
import { besideText, identifyListed } from '../model-files.ts';
import { type JudgedFiles, readDocument, readJudgement } from '../release/read-judgement.ts';
import type { StageWorld } from '../stage.ts';

/** The drift check of a model. @throws InputError when it is missing or had died. */
export async function readDrift(
  directory: string,
  model: string,
  { files }: StageWorld,
): Promise<CompletedDrift> {
  const drift = await readDocument('drift', { directory, model, files });
  if (drift === undefined) {
    throw new InputError(`${directory}/drift.json does not exist; run check-drift before open-retraining-pr`);
  }
  if (drift.verdict === 'error') {
    throw new InputError(`the drift check ended with an error: ${drift.error.message}`);
  }
  return drift;
}

/** A model worth proposing, or why there is none. */
export type FoundCandidate =
  | { readonly judged: JudgedFiles; readonly withheld?: undefined }
  | { readonly judged?: undefined; readonly withheld: string };

/** The candidate of the evidence, if it is better than the champion of now with every gate passing. */
export async function findCandidate(
  directory: string,
  champion: DownloadedRelease | undefined,
  { model, world }: { readonly model: string; readonly world: StageWorld },
): Promise<FoundCandidate> {
  const judged = await readOrExplain(directory, model, world);
  if (judged === undefined) return { withheld: 'no candidate was trained and compared' };
  if (typeof judged === 'string') return { withheld: judged };
  const { verdict, promote, challenger, champion: against } = judged.comparison;
  if (verdict !== 'better') return { withheld: `the candidate is ${verdict}, not better` };
  if (!promote) return { withheld: 'the candidate is better, but not every gate passes' };
  if (against?.digest !== champion?.manifest.digest) {
    return { withheld: 'the candidate was judged against another champion than that of now' };
  }
  const { files = [] } = judged.training;
  const found = await identifyListed(
    judged.modelPath,
    files.map(({ name }) => name),
    world,
  );
  if (found.digest !== challenger.digest || judged.training.digest !== challenger.digest) {
    throw new InputError(
      `the candidate ${judged.modelPath}${besideText(files)} has the digest ${found.digest}, but ${challenger.digest} was judged; train and compare again`,
    );
  }
  return { judged };
}

/** The comparison of a retraining; undefined when there was none, or it died. */
export async function findComparison(
  directory: string,
  model: string,
  { files }: StageWorld,
): Promise<CompletedComparison | undefined> {
  try {
    const comparison = await readDocument('comparison', { directory, model, files });
    return comparison === undefined || comparison.verdict === 'error' ? undefined : comparison;
  } catch (error) {
    // What cannot be read is no candidate either, which is said where one is looked for.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** A training or comparison that died leaves no candidate; the check itself is still worth telling. */
async function readOrExplain(
  directory: string,
  model: string,
  world: StageWorld,
): Promise<JudgedFiles | string | undefined> {
  try {
    return await readJudgement(directory, model, world);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.log.warning(error.message);
    return error.message;
  }
}
