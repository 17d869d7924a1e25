import type { DocumentInput } from '../../core/documents/common.ts';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import { countUses, type UseCount } from '../../core/ledger/count-uses.ts';
import { type Ledger, ledgerFile, ledgerPath, parseLedger } from '../../core/ledger/entry.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import type { Log } from '../../ports/runner.ts';
import type { StageWorld } from '../stage.ts';
import { findJudgedPull } from './subject.ts';

/** What a comparison counts with. */
export type LedgerPorts = {
  readonly world: StageWorld;
  /** Absent where nothing is counted: on a laptop without a registry and a token. */
  readonly history?: History | undefined;
  /** Tells the pull request that a push has merged. */
  readonly host?: CodeHost | undefined;
};

export type UsesRequest = {
  readonly model: string;
  /** Digest of the rows of the holdout. */
  readonly holdout: string;
  /** Digest of the challenger. */
  readonly challenger: string;
  readonly budget: 'warn' | 'enforce';
};

/** The uses of a holdout, and what they were counted from. */
export type HoldoutUses = UseCount & { readonly input: DocumentInput };

/**
 * How often this holdout was used, by the ledger; undefined where it cannot be told and nothing depends on it.
 * @throws InputError or OutsideError when it cannot be told and the budget is enforced.
 */
export async function readUses(request: UsesRequest, ports: LedgerPorts): Promise<HoldoutUses | undefined> {
  const { log } = ports.world;
  try {
    return await count(request, ports);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof OutsideError)) throw error;
    if (request.budget === 'enforce') throw refuse(error);
    log.warning(`the uses of this holdout are not counted: ${messageOf(error)}`);
    return undefined;
  }
}

async function count(request: UsesRequest, ports: LedgerPorts): Promise<HoldoutUses | undefined> {
  const { model, holdout, challenger, budget } = request;
  const { history, host, world } = ports;
  if (history === undefined && budget === 'warn') return undefined;
  if (history === undefined) {
    throw new InputError(
      'there is none here; give --registry DIR, or set GITHUB_TOKEN in a clone of the repository',
    );
  }
  const file = ledgerFile(model);
  const ledger = parseLedger((await history.read(file)) ?? '');
  tellUnknownLines(ledger, file, world.log);
  const pullRequest = await findJudgedPull(world.context, host);
  const counted = countUses(ledger.entries, {
    holdout,
    challenger,
    ...(pullRequest === undefined ? {} : { pullRequest }),
  });
  const input = { role: 'ledger', path: ledgerPath(file), uses: counted.uses - 1 };
  return { ...counted, input };
}

/** That lines are passed over must not go unseen: they may have been uses. */
export function tellUnknownLines({ unknownLines }: Ledger, file: string, log: Log): void {
  if (unknownLines === 0) return;
  const lines = unknownLines === 1 ? '1 line that is no entry' : `${unknownLines} lines that are no entries`;
  log.warning(`${ledgerPath(file)} has ${lines} of this version; kept, and not counted`);
}

/** The same kind of failure: a ledger that is not read must not look like a holdout that was not used. */
function refuse(error: InputError | OutsideError): Error {
  const message = `comparison.holdout-budget is enforce, and the ledger cannot be read: ${error.message}`;
  const options = { cause: error };
  return error instanceof InputError ? new InputError(message, options) : new OutsideError(message, options);
}
