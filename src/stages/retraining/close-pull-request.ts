import { escapeText } from '../../core/report/markdown.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import { isOwnAuthor } from '../own-author.ts';

const MARK = '<!-- contender kind=retraining-closed -->';

/** Says why and closes it. Said first: a run that was killed in between says it once. */
export async function closePullRequest(
  pull: PullRequest,
  reason: string,
  { host, viewer }: { readonly host: CodeHost; readonly viewer: string | undefined },
): Promise<void> {
  if (!(await wasClosedByUs(pull, { host, viewer }))) {
    await host.comments.create(
      pull.number,
      `The drift is gone, so this is not needed any more: ${escapeText(reason, 600)}.\n\nThe branch and the files of the candidate stay for a while; reopen this to take it all the same.\n\n${MARK}\n`,
    );
  }
  await host.pulls.update(pull.number, { state: 'closed' });
}

/** Whether we closed it because the drift was gone; a person who closes it declines it. */
export async function wasClosedByUs(
  pull: PullRequest,
  { host, viewer }: { readonly host: CodeHost; readonly viewer: string | undefined },
): Promise<boolean> {
  const comments = await host.comments.list(pull.number);
  return comments.some(({ author, body }) => isOwnAuthor(author, viewer) && body.trimEnd().endsWith(MARK));
}
