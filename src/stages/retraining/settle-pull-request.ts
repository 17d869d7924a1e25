import { InputError, OutsideError } from '../../core/errors.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import type { Log } from '../../ports/runner.ts';
import { isPullRequestForbidden } from '../missing-permission.ts';

export type PullRequestWish = {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** Head commit and digest that the body is about. */
  readonly head: string;
  readonly digest: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
};

export type SettledPullRequest =
  | { readonly operation: 'created' | 'updated' | 'unchanged'; readonly pull: PullRequest }
  /** The repository forbids its actions to open pull requests. */
  | { readonly operation: 'forbidden' };

/** Whether a pull request already says all of this, so that nothing is to be done. */
export function isSettled(open: PullRequest | undefined, wish: PullRequestWish): boolean {
  return (
    open !== undefined &&
    open.title === wish.title &&
    open.body.replaceAll('\r\n', '\n').trim() === finished(wish).trim()
  );
}

/**
 * Opens or rewrites the pull request. Its last line, which says that it is finished, is written last: a run
 * that was killed before is finished by the next one.
 */
export async function settlePullRequest(
  open: PullRequest | undefined,
  wish: PullRequestWish,
  { host, log }: { readonly host: CodeHost; readonly log: Log },
): Promise<SettledPullRequest> {
  if (open !== undefined && isSettled(open, wish)) return { operation: 'unchanged', pull: open };
  const pull = open ?? (await createUnlessForbidden(wish, { host, log }));
  if (pull === undefined) return { operation: 'forbidden' };
  if (!/<!-- contender-candidate [0-9a-f ]+ -->\s*$/.test(pull.body)) {
    await host.issues.addLabels(pull.number, wish.labels);
    await askReviewers(pull.number, wish.reviewers, { host, log });
  }
  const settled = await host.pulls.update(pull.number, { title: wish.title, body: finished(wish) });
  return { operation: open === undefined ? 'created' : 'updated', pull: settled };
}

function finished({ body, head, digest }: PullRequestWish): string {
  return `${body.trimEnd()}\n\n<!-- contender-candidate ${head} ${digest} -->\n`;
}

async function createUnlessForbidden(
  { title, body, branch, base }: PullRequestWish,
  { host, log }: { readonly host: CodeHost; readonly log: Log },
): Promise<PullRequest | undefined> {
  try {
    return await host.pulls.create({ title, body, head: branch, base });
  } catch (error) {
    if (!isPullRequestForbidden(error)) throw error;
    log.warning(error.message);
    return undefined;
  }
}

/** Who opened it cannot review it, and a reviewer may have left: both are no reason to stop. */
async function askReviewers(
  number: number,
  reviewers: readonly string[],
  { host, log }: { readonly host: CodeHost; readonly log: Log },
): Promise<void> {
  for (const reviewer of reviewers) {
    try {
      await host.pulls.requestReviewers(number, [reviewer]);
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof OutsideError)) throw error;
      log.warning(`${reviewer} was not asked to review: ${error.message}`);
    }
  }
}
