import type { CompletedComparison } from '../documents/comparison.ts';
import type { ValidationDocument } from '../documents/validation.ts';
import { describeLeakage } from './leakage-note.ts';

/**
 * Why a passing verdict has to be looked at all the same, in two words; undefined when nothing is wrong. The
 * gravest comes first: numbers that cannot be trusted, then rules that this change writes for itself.
 */
export function findCaution(
  comparison: CompletedComparison,
  validation: ValidationDocument | undefined,
): string | undefined {
  if (describeLeakage(comparison).alerts.length > 0) return 'leakage';
  if (validation?.verdict === 'fail') return 'broken data';
  if (comparison.exam.changed.length > 0) return 'rules changed';
  return undefined;
}
