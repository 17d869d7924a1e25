import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import { wasClosedByUs } from './close-pull-request.ts';

export const SNOOZE_LABEL = 'contender:snooze';

const DAY = 86_400_000;

/** The moment (milliseconds since 1970 UTC) until which a declined retraining pauses the next one. */
export async function findPause(
  pulls: readonly PullRequest[],
  cooldownDays: number,
  world: {
    readonly host: CodeHost;
    readonly viewer: string | undefined;
    readonly now: number;
  },
): Promise<number | undefined> {
  // A clock that is behind the host's must not turn no pause into a short one.
  if (cooldownDays === 0) return undefined;
  const declined = pulls
    .filter((pull) => pull.state === 'closed' && !pull.merged && pull.closedAt !== undefined)
    .map((pull) => ({ pull, until: Date.parse(pull.closedAt ?? '') + cooldownDays * DAY }))
    .filter(({ until }) => until > world.now)
    .sort((left, right) => right.until - left.until);
  for (const { pull, until } of declined) {
    if (!(await wasClosedByUs(pull, world))) return until;
  }
  return undefined;
}

/** Whether that many days have passed since a moment in ISO 8601. */
export function isOlderThan(moment: string, days: number, now: number): boolean {
  return Date.parse(moment) + days * DAY <= now;
}
