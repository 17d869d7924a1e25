import type { LedgerEntry } from './entry.ts';

/** What tells one use of a holdout from another. */
export type LedgerSubject = Pick<LedgerEntry, 'holdout' | 'pullRequest' | 'challenger'>;

/** How often a holdout was used. */
export type UseCount = {
  /** Which use this one is, from 1: a subject that stands in the ledger keeps its number. */
  readonly use: number;
  /** All uses, this one among them. */
  readonly uses: number;
};

/**
 * Counts the uses of the holdout of a subject. A pull request is one use, whatever it pushed; what has no pull
 * request is known by the digest of its model. So the model that main makes again after a merge, or that a
 * retraining judged before its pull request was opened, is the use that it was before.
 */
export function countUses(entries: readonly LedgerEntry[], subject: LedgerSubject): UseCount {
  const uses = new Uses();
  for (const entry of entries) if (entry.holdout === subject.holdout) uses.add(entry);
  return { use: uses.add(subject).number, uses: uses.count };
}

/** Whether a line would tell the ledger nothing: the same model of the same pull request stands in it, or needs none. */
export function isRecorded(entries: readonly LedgerEntry[], subject: LedgerSubject): boolean {
  return entries.some(
    ({ holdout, pullRequest, challenger }) =>
      holdout === subject.holdout &&
      challenger === subject.challenger &&
      (subject.pullRequest === undefined || pullRequest === subject.pullRequest),
  );
}

type Use = { readonly number: number; pullRequest: number | undefined };

class Uses {
  count = 0;
  readonly #byPullRequest = new Map<number, Use>();
  /** The first use that judged a model. */
  readonly #byChallenger = new Map<string, Use>();

  /** The use that a subject belongs to; a new one where it belongs to none. */
  add(subject: LedgerSubject): Use {
    const { pullRequest, challenger } = subject;
    const use = this.#find(subject) ?? { number: ++this.count, pullRequest };
    use.pullRequest ??= pullRequest;
    if (pullRequest !== undefined) this.#byPullRequest.set(pullRequest, use);
    if (!this.#byChallenger.has(challenger)) this.#byChallenger.set(challenger, use);
    return use;
  }

  #find({ pullRequest, challenger }: LedgerSubject): Use | undefined {
    const same = this.#byChallenger.get(challenger);
    if (pullRequest === undefined) return same;
    // Two pull requests stay two, or one could push the model of another first and try for nothing after that.
    return this.#byPullRequest.get(pullRequest) ?? (same?.pullRequest === undefined ? same : undefined);
  }
}
