import type { CompletedComparison } from '../../core/documents/comparison.ts';
import {
  type ContractChange,
  type ContractChangeKind,
  diffContracts,
} from '../../core/onnx/contract-changes.ts';
import type { Scorer } from '../../ports/scorer.ts';
import type { JudgedModel } from './judged-models.ts';

/** Sizes are shown by themselves, and every training changes them. */
const SAID_ELSEWHERE: readonly ContractChangeKind[] = ['parameters', 'size'];

/** A model may have thousands of inputs; a document is read by people and has a largest size. */
const MOST_CHANGES = 100;

export type ContractPart = NonNullable<CompletedComparison['modelContract']>;

/** What the challenger changes for those who call the model, from the bytes of both. */
export async function compareContracts(
  models: { readonly champion: JudgedModel; readonly challenger: JudgedModel },
  scorer: Scorer,
): Promise<ContractPart> {
  const { champion, challenger } = models;
  if (champion.digest === challenger.digest) return { changes: [] };
  const before = await scorer.describe({ path: champion.path, name: champion.name });
  const after = await scorer.describe({ path: challenger.path, name: challenger.name });
  return documentChanges(diffContracts(before.contract, after.contract));
}

/** Breaking ones first; what a comparison shows anyway is left out. */
export function documentChanges(changes: readonly ContractChange[]): ContractPart {
  const shown = changes.filter(({ kind }) => !SAID_ELSEWHERE.includes(kind));
  const sorted = [
    ...shown.filter(({ breaking }) => breaking),
    ...shown.filter(({ breaking }) => !breaking),
  ].map(({ change, breaking }) => ({ change, breaking }));
  if (sorted.length <= MOST_CHANGES) return { changes: sorted };
  const left = sorted.slice(MOST_CHANGES);
  const more = { change: `${left.length} more changes`, breaking: left.some(({ breaking }) => breaking) };
  return { changes: [...sorted.slice(0, MOST_CHANGES), more] };
}
