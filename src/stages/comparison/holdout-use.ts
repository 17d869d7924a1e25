import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { Exam } from '../exam.ts';
import { type HoldoutUses, type LedgerPorts, readUses } from '../ledger/read-uses.ts';
import type { JudgedModel } from './judged-models.ts';
import type { Holdout } from './read-holdout.ts';

/** How often the holdout of the exam was used; the base branch says what follows from it. */
export function countHoldoutUses(
  judged: { readonly exam: Exam; readonly challenger: JudgedModel; readonly holdout: Holdout },
  ports: LedgerPorts,
): Promise<HoldoutUses | undefined> {
  const { championModel, configuration } = judged.exam;
  const subject = { holdout: judged.holdout.digest, challenger: judged.challenger.digest };
  const budget = configuration.comparison.holdoutBudget;
  // By the name on the base: a new name escapes no count.
  return readUses({ model: championModel, budget, ...subject }, ports);
}

/** Which use spends its confidence, where the rules say that it spends any. */
export function spendingOf(
  { comparison }: Configuration,
  counted: HoldoutUses | undefined,
): Pick<ComparisonInput, 'holdoutUse'> {
  if (comparison.holdoutBudget === 'warn' || counted === undefined) return {};
  return { holdoutUse: counted.use };
}

/** What the document tells of it. */
export function describeUses(
  { holdoutUse }: ComparisonInput,
  counted: HoldoutUses | undefined,
): Pick<CompletedComparison['holdout'], 'uses' | 'use'> {
  if (counted === undefined) return {};
  return { uses: counted.uses, ...(holdoutUse === undefined ? {} : { use: holdoutUse }) };
}
