import type { CompletedComparison, ModelScores } from '../documents/comparison.ts';

/** Where scores came from, in the words of a sentence. */
const ORIGINS: Readonly<Record<ModelScores['by'], string>> = {
  table: 'a table of scores',
  command: 'the scores of scoring.command',
  release: 'the scores of its release',
};

/**
 * What was not compared because a model was judged by its scores instead of being run; undefined when both were
 * run. One sentence without its full stop.
 */
export function describeScores({ champion, challenger }: CompletedComparison): string | undefined {
  const judged = [
    { name: 'the challenger', scores: challenger.scores },
    { name: 'the champion', scores: champion?.scores },
  ].flatMap(({ name, scores }) => (scores ? [`${name} was judged by ${ORIGINS[scores.by]}`] : []));
  if (judged.length === 0) return undefined;
  return `${judged.join(', ')}; latency and model contract are not compared`;
}

/** Whether scores were made by what nobody here vouches for: a table, or a command that opens the file of a change. */
export function hasOutsideScores({ champion, challenger }: CompletedComparison): boolean {
  return [champion, challenger].some((model) => model?.scores !== undefined && model.scores.by !== 'release');
}
