import type { Found } from '../../core/data-checks/checks.ts';
import {
  conflictFinding,
  countConflicts,
  countDuplicates,
  disagreementFinding,
  duplicateFinding,
  findEqualRows,
  measureDisagreement,
} from '../../core/data-checks/repeats.ts';

/** Rows that repeat others, with the same label or another one. */
export function checkRepeats(rows: {
  readonly keys: Float64Array;
  readonly labels: Int32Array | Float64Array | undefined;
  readonly target: string | undefined;
  readonly rowCount: number;
}): Found[] {
  const { keys, labels, target, rowCount } = rows;
  const equal = findEqualRows(keys);
  const repeated = duplicateFinding(countDuplicates(equal, labels), rowCount);
  if (labels === undefined || target === undefined) return repeated;
  const conflicting =
    labels instanceof Int32Array
      ? conflictFinding(countConflicts(equal, labels), target)
      : disagreementFinding(measureDisagreement(equal, labels), target);
  return [...repeated, ...conflicting];
}
