import type { CompletedComparison } from '../../documents/comparison.ts';
import { formatCount, formatQuantity } from '../format-number.ts';
import { describeRepeatedIds } from '../repeated-ids.ts';

/** What the numbers were computed on, and what was left out; sentences. */
export function rowSentences({ holdout, champion }: CompletedComparison): readonly string[] {
  const { rows, positives, groups, groupsWithPositives, unlabelledRows, refusedRows, leakage, uses } =
    holdout;
  const ofThem = positives === undefined ? '' : `, ${formatCount(positives)} of them positive`;
  const inGroups = groups === undefined ? '' : `, in ${formatQuantity(groups, 'group')}`;
  const withPositives =
    groupsWithPositives === undefined ? '' : ` (${formatCount(groupsWithPositives)} with a positive row)`;
  const leftOut = [
    ...(unlabelledRows ? [`${formatQuantity(unlabelledRows, 'row')} without a label`] : []),
    ...(refusedRows ? [`${formatQuantity(refusedRows, 'row')} that a model gave no answer for`] : []),
  ];
  return [
    `${formatQuantity(rows, 'labelled row')} of the holdout${ofThem}${inGroups}${withPositives}${champion === undefined ? '' : '; both models answered the same rows'}.`,
    ...(groups === undefined
      ? []
      : ['Rows of one group depend on each other, so that it is the groups that count as evidence.']),
    leftOut.length === 0 ? 'No row was left out.' : `Left out: ${leftOut.join('; ')}.`,
    ...(holdout.repeatedIds ? [`${describeRepeatedIds(holdout.repeatedIds, rows)}.`] : []),
    ...(leakage
      ? [`Training saw ${formatQuantity(leakage, 'row')} of them, which flatters the numbers.`]
      : []),
    ...(uses === undefined ? [] : [`This holdout has judged ${formatQuantity(uses, 'model')} so far.`]),
  ];
}
