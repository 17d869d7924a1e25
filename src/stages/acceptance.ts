import type { CompletedComparison } from '../core/documents/comparison.ts';
import type { CodeHost, HostComment } from '../ports/code-host.ts';

/** A judgement that somebody with write permission overrules, for these very bytes. */
export type Acceptance = NonNullable<CompletedComparison['accepted']>;

const COMMAND = /^\/contender accept (?<digits>[0-9a-f]{12})[ \t]+(?<reason>\S[\s\S]*)$/;
const LONGEST_REASON = 500;

/** What a comment accepts; undefined unless the comment is this command and nothing else. */
export function parseAcceptance(
  body: string,
): { readonly digits: string; readonly reason: string } | undefined {
  const groups = COMMAND.exec(body.trim())?.groups as { digits: string; reason: string } | undefined;
  if (groups === undefined) return undefined;
  return { digits: groups.digits, reason: groups.reason.replace(/\s+/g, ' ').slice(0, LONGEST_REASON) };
}

/**
 * The newest comment that accepts the bytes of this digest and whose author may write to the repository.
 * @throws MissingPermissionError when the token may not ask who may.
 */
export async function findAcceptance(
  comments: readonly HostComment[],
  digest: string,
  host: Pick<CodeHost, 'permissionOf'>,
): Promise<Acceptance | undefined> {
  for (const { author, body } of [...comments].reverse()) {
    const command = parseAcceptance(body);
    if (command === undefined || !digest.startsWith(command.digits)) continue;
    const permission = await host.permissionOf(author);
    if (permission === 'admin' || permission === 'write')
      return { by: author, reason: command.reason, digest };
  }
  return undefined;
}

/** The judgement with the acceptance, or without any: what a document itself claims accepts nothing. */
export function applyAcceptance(
  comparison: CompletedComparison,
  acceptance: Acceptance | undefined,
): CompletedComparison {
  const { accepted: _claimed, ...judged } = comparison;
  return acceptance === undefined ? judged : { ...judged, accepted: acceptance, promote: true };
}
