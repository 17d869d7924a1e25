import * as v from 'valibot';
import { count, finiteNumber, modelName, sha256 } from '../documents/common.ts';
import { COMPARISON_VERDICTS, type CompletedComparison } from '../documents/comparison.ts';
import { InputError } from '../errors.ts';
import { HISTORY_NAME } from '../history.ts';

/** Longest line that is taken for an entry, in characters; ours are a tenth of it. */
const MAXIMUM_LINE = 4000;

const LEDGER_PATH = /^contender-history\/(?<file>ledger\/[a-z0-9][a-z0-9-]{0,99}\.jsonl)$/;

/** One judgement against a holdout: a line of the ledger. */
export const ledgerEntrySchema = v.object({
  schemaVersion: v.literal(1),
  /** Digest of the rows of the holdout. */
  holdout: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Number of the pull request that was judged; without one the digest of the challenger stands for it. */
  pullRequest: v.optional(v.pipe(count, v.minValue(1))),
  /** Digest of the model that was judged. */
  challenger: sha256,
  verdict: v.picklist(COMPARISON_VERDICTS),
  /** Two-sided confidence that the verdict claims. */
  confidence: v.pipe(finiteNumber, v.minValue(0), v.maxValue(1)),
  /** Head commit that was judged. */
  commit: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/))),
  /** When it was judged, by the clock of the runner; nothing depends on it. */
  time: v.optional(v.pipe(v.string(), v.isoTimestamp())),
});
export type LedgerEntry = v.InferOutput<typeof ledgerEntrySchema>;

/** File of a model's ledger in the history. @throws InputError when it is no name of a model. */
export function ledgerFile(model: string): string {
  if (!v.is(modelName, model)) {
    throw new InputError(`${JSON.stringify(model)} is no name of a model: letters, digits and - alone`);
  }
  return `ledger/${model}.jsonl`;
}

/** The ledger that a comparison was counted by, which a new name of the model does not change; else that of its model. */
export function ledgerFileOf({ inputs, model }: CompletedComparison): string {
  const path = inputs.find(({ role }) => role === 'ledger')?.path ?? '';
  return LEDGER_PATH.exec(path)?.groups?.file ?? ledgerFile(model);
}

/** Path of a ledger as documents name it. */
export function ledgerPath(file: string): string {
  return `${HISTORY_NAME}/${file}`;
}

/** Whether a comparison has looked at a holdout, so that it is one more try on it. */
export function isJudgement({ verdict, holdout }: CompletedComparison): boolean {
  return verdict !== 'unchanged' && holdout.rows > 0 && holdout.digest !== '';
}

/** The line that a comparison leaves in the ledger. */
export function describeEntry(
  comparison: CompletedComparison,
  facts: { readonly pullRequest: number | undefined; readonly now: number },
): LedgerEntry {
  const { headCommit } = comparison.source;
  const { commit } = ledgerEntrySchema.entries;
  return {
    schemaVersion: 1,
    holdout: comparison.holdout.digest,
    ...(facts.pullRequest === undefined ? {} : { pullRequest: facts.pullRequest }),
    challenger: comparison.challenger.digest,
    verdict: comparison.verdict,
    confidence: comparison.confidence,
    ...(headCommit !== undefined && v.is(commit, headCommit) ? { commit: headCommit } : {}),
    time: comparison.measured.createdAt ?? new Date(facts.now).toISOString(),
  };
}

/** A ledger as it was read. */
export type Ledger = {
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** Lines that are no entry of this version; they stay where they are and count nothing. */
  readonly unknownLines: number;
};

/** Reads the text of a ledger. Whoever may write the branch may have written anything into it. */
export function parseLedger(text: string): Ledger {
  const entries: LedgerEntry[] = [];
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const entry = parseEntry(line);
    if (entry === undefined) unknownLines += 1;
    else entries.push(entry);
  }
  return { entries, unknownLines };
}

export function serializeEntry(entry: LedgerEntry): string {
  return JSON.stringify(v.parse(ledgerEntrySchema, entry));
}

function parseEntry(line: string): LedgerEntry | undefined {
  if (line.length > MAXIMUM_LINE) return undefined;
  try {
    const parsed = v.safeParse(ledgerEntrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
