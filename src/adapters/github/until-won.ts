import { setTimeout as delay } from 'node:timers/promises';
import { OutsideError } from '../../core/errors.ts';

/** Each try that fails is one that somebody else has won, so that this many writers at once all get through. */
const TRIES = 12;
const RETRY_MILLISECONDS = 300;

/**
 * Tries to move a branch by compare and swap until it works.
 * @param attempt reads the branch and writes to it; false when it was moved or made by somebody else meanwhile.
 * @param written.what is written, with its verb: `pictures were`.
 * @param retryMilliseconds unit of the wait before another try; a random share of it, growing with each.
 * @throws OutsideError when others were faster each time.
 */
export async function tryUntilWon(
  attempt: () => Promise<boolean>,
  written: { readonly branch: string; readonly what: string },
  retryMilliseconds: number = RETRY_MILLISECONDS,
): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await delay(Math.random() * retryMilliseconds * tried);
    if (await attempt()) return;
  }
  throw new OutsideError(
    `the branch ${written.branch} moved each of the ${TRIES} times that ${written.what} written; run this again`,
  );
}
