import type { CompletedComparison } from '../documents/comparison.ts';

/** What to say where the base branch protects the config and not the rows; undefined where it protects both. */
export function describeCoverage({
  exam,
  verdict,
}: CompletedComparison): { readonly title: string; readonly advice: string } | undefined {
  if (exam.coversData !== false || verdict === 'unchanged') return undefined;
  return {
    title: 'The base branch protects the rules only, not the data.',
    advice:
      'The holdout is not in Git, so nothing says that these are the rows the base branch would judge by. Pin it (`sha256`), let `data.fetch` bring it, or keep it in Git.',
  };
}
