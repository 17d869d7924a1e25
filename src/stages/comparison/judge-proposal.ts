import { compareModels, type Judgement } from '../../core/comparison/compare-models.ts';
import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import { InputError } from '../../core/errors.ts';
import { metricsOf, rulesOf } from './compared-rules.ts';
import type { Paired } from './comparison-input.ts';
import { spendingOf } from './holdout-use.ts';
import { sampleOf } from './read-holdout.ts';
import type { ScoredModel } from './scored-model.ts';
import { estimateSqlMetrics } from './sql-metrics.ts';

/** What the rules of the change would say, or why they say nothing. */
export type ProposedOutcome = { readonly verdict: string; readonly note: string };

/** The same scores under the rules that the change proposes, when it changes how they are compared. */
export async function judgeProposed(
  paired: Paired,
  input: ComparisonInput,
): Promise<ProposedOutcome | undefined> {
  const { changed } = paired.exam;
  if (!changed.some(({ what }) => what === 'comparison' || what.startsWith('comparison.'))) return undefined;
  try {
    const { verdict, promote } = await judgeByProposal(paired, input);
    return { verdict, note: promote ? 'would be promoted' : 'would not be promoted' };
  } catch (error) {
    // It is for information only: rules that cannot be followed must not end the judgement that counts.
    if (!(error instanceof InputError)) throw error;
    return { verdict: 'error', note: `the proposed rules cannot be followed: ${error.message}` };
  }
}

async function judgeByProposal(paired: Paired, input: ComparisonInput): Promise<Judgement> {
  const { exam, holdout, truth, scored, kept } = paired;
  const configuration = { ...exam.configuration, comparison: exam.proposed.comparison };
  const rules = rulesOf(configuration);
  const sample = (model: ScoredModel) => sampleOf({ holdout, truth, scored: model, kept, configuration });
  const { onProgress: _silent, holdoutUse: _ofTheBase, provided: _others, ...rest } = input;
  const proposed = {
    ...rest,
    challenger: sample(scored.challenger),
    ...(scored.champion ? { champion: sample(scored.champion) } : {}),
    metrics: metricsOf(configuration),
    rules,
    ...spendingOf(configuration, paired.counted),
  };
  return compareModels({
    ...proposed,
    provided: await estimateSqlMetrics({ ...paired, configuration, input: proposed }),
  });
}
