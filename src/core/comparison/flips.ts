import type { MetricSample } from '../metrics/metric.ts';

/** Rows that one model decides rightly and the other wrongly; undefined where there are no decisions. */
export function countFlips(
  champion: MetricSample,
  challenger: MetricSample,
): { readonly newlyRight: number; readonly newlyWrong: number } | undefined {
  const before = decisionsOf(champion);
  const after = decisionsOf(challenger);
  if (before === undefined || after === undefined) return undefined;
  let newlyRight = 0;
  let newlyWrong = 0;
  for (let row = 0; row < after.labels.length; row++) {
    const wasRight = before.decisions[row] === before.labels[row];
    const isRight = after.decisions[row] === after.labels[row];
    if (isRight && !wasRight) newlyRight++;
    if (wasRight && !isRight) newlyWrong++;
  }
  return { newlyRight, newlyWrong };
}

function decisionsOf(sample: MetricSample) {
  if (sample.task === 'binary-classification') return { labels: sample.labels, decisions: sample.decisions };
  if (sample.task === 'multiclass-classification')
    return { labels: sample.labels, decisions: sample.predicted };
  return undefined;
}
