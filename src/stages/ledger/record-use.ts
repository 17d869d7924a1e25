import type { CompletedComparison } from '../../core/documents/comparison.ts';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import { HISTORY_NAME } from '../../core/history.ts';
import { countUses, isRecorded } from '../../core/ledger/count-uses.ts';
import {
  describeEntry,
  isJudgement,
  ledgerFileOf,
  parseLedger,
  serializeEntry,
} from '../../core/ledger/entry.ts';
import { isMissingPermission } from '../missing-permission.ts';
import { type LedgerPorts, tellUnknownLines } from './read-uses.ts';
import { findJudgedPull } from './subject.ts';

export type Recording = {
  readonly comparison: CompletedComparison;
  /** Number of the pull request that was judged, when it was given; else that of the event. */
  readonly pullRequest?: number | undefined;
  /** Only the word of whoever made it. */
  readonly selfReported?: boolean | undefined;
};

/**
 * Counts a judgement against its holdout, once: nothing is written when the ledger has it already. A token that
 * may not write is warned about and fails nothing, and neither does a ledger that is too large.
 * @throws OutsideError
 */
export async function recordUse(recording: Recording, ports: LedgerPorts): Promise<void> {
  const { comparison } = recording;
  const { history, host, world } = ports;
  const { log, context } = world;
  if (history === undefined || !isCounted(recording, ports)) return;
  const number = recording.pullRequest ?? (await findJudgedPull(context, host));
  const entry = describeEntry(comparison, { pullRequest: number, now: world.now() });
  const file = ledgerFileOf(comparison);
  const claimed = comparison.holdout.use;
  let ledger = parseLedger('');
  try {
    await history.append(file, (text) => {
      ledger = parseLedger(text);
      return isRecorded(ledger.entries, entry) ? [] : [serializeEntry(entry)];
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const consequence = claimed === undefined ? '' : ', and the next is judged as if it had not been';
    log.warning(`this use of the holdout was not counted${consequence}: ${explain(error)}`);
    return;
  }
  tellUnknownLines(ledger, file, log);
  const { use } = countUses(ledger.entries, entry);
  if (claimed === undefined || claimed >= use) return;
  log.warning(
    `${comparison.model} was judged as use ${claimed} of its holdout, and others were counted meanwhile: it is use ${use}; compare again to judge it by that`,
  );
}

/** Whatever was asked for first, only the right to write helps. */
function explain(error: unknown): string {
  if (!isMissingPermission(error)) return messageOf(error);
  return `the token may not write the branch ${HISTORY_NAME}; add under "permissions:" of the job: contents: write`;
}

/** As `recordUse`, where what was done stands whatever becomes of the count. */
export async function recordUseIfPossible(recording: Recording, ports: LedgerPorts): Promise<void> {
  try {
    await recordUse(recording, ports);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    ports.world.log.warning(`this use of the holdout was not counted: ${messageOf(error)}`);
  }
}

/** A fork's run has no token that could write, and what it says by itself is no judgement. */
function isCounted({ comparison, selfReported }: Recording, { world }: LedgerPorts): boolean {
  const { untrusted, event } = world.context;
  if (untrusted && (event === 'pull_request' || selfReported === true)) return false;
  return isJudgement(comparison);
}
