import { DURATION_PATTERN } from './duration.ts';

/** Whether the holdout of a split is a span of time such as `60d`; else it is a share such as 0.2. */
export function isSpan(holdout: number | string): holdout is string {
  return typeof holdout === 'string' && DURATION_PATTERN.test(holdout);
}
