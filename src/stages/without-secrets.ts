import type { RunContext } from '../ports/runner.ts';

/**
 * Whether the run was given no secrets and a token that may only read, as runs for forks and Dependabot are. The
 * run that follows one of them has both.
 */
export function isWithoutSecrets({ event, untrusted }: Pick<RunContext, 'event' | 'untrusted'>): boolean {
  return untrusted && event !== 'workflow_run';
}
