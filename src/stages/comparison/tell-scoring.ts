import type { ScoringFacts } from '../../core/documents/comparison.ts';
import { logLine } from '../../core/report/log-text.ts';
import type { Log } from '../../ports/runner.ts';
import { nameHoldoutRows } from './name-rows.ts';
import type { Holdout } from './read-holdout.ts';
import type { ScoredModel } from './scored-model.ts';

/** Refused rows that are named, and reasons that are listed. */
const MOST_NAMED = 5;

export type BothTold = { readonly challenger: ScoringFacts; readonly champion?: ScoringFacts };

type NamedScores = { readonly name: string; readonly scored: ScoredModel };

/** What the log and the document say of how models were fed, and of the rows they gave no answer for. */
export async function tellBoth(
  [challenger, champion]: readonly NamedScores[],
  holdout: Holdout,
  log: Log,
): Promise<BothTold> {
  if (challenger === undefined) throw new Error('no challenger was scored');
  const own = await tellScoring(challenger, holdout, log);
  if (champion === undefined) return { challenger: own };
  return { challenger: own, champion: await tellScoring(champion, holdout, log) };
}

async function tellScoring({ name, scored }: NamedScores, holdout: Holdout, log: Log): Promise<ScoringFacts> {
  const { binding } = scored;
  const refused = await describeRefused(scored, holdout);
  if (binding) {
    log.info(`${name}: its inputs take their columns ${binding.by}`);
    for (const note of binding.notes) log.info(`${name}: ${logLine(note)}`);
  }
  if (refused) {
    const more = refused.rows > refused.first.length ? ' and others' : '';
    log.warning(
      `${name} gave no answer for ${refused.rows} of ${holdout.labelled.length} rows, which are left out for both models: ${logLine(refused.reasons.join('; '))} (${refused.first.join(', ')}${more})`,
    );
  }
  return {
    ...(binding ? { binding: { by: binding.by, notes: [...binding.notes] } } : {}),
    ...(refused ? { refused } : {}),
  };
}

async function describeRefused(
  { refused }: ScoredModel,
  holdout: Holdout,
): Promise<ScoringFacts['refused'] | undefined> {
  if (refused.size === 0) return undefined;
  const first = [...refused.keys()].sort((left, right) => left - right).slice(0, MOST_NAMED);
  const places = await nameHoldoutRows(
    holdout,
    first.map((position) => holdout.labelled[position]!),
  );
  const reasons = [...new Set(refused.values())].slice(0, MOST_NAMED);
  return { rows: refused.size, reasons, first: [...places] };
}
