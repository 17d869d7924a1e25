import type { CompletedComparison } from '../documents/comparison.ts';
import { formatCount } from './format-number.ts';

/** How the models were fed and read, and the rows they gave no answer for: a sentence each, without its full stop. */
export function describeScoring({ champion, challenger }: CompletedComparison): readonly string[] {
  return [
    ...describeModel('challenger', challenger),
    ...(champion ? describeModel('champion', champion) : []),
  ];
}

function describeModel(
  name: string,
  { binding, refused }: CompletedComparison['challenger'],
): readonly string[] {
  const fed = binding
    ? [`${name}: inputs take their columns ${[binding.by, ...binding.notes].join('; ')}`]
    : [];
  if (refused === undefined) return fed;
  const { rows, reasons, first } = refused;
  const places = rows > first.length ? [...first, 'and others'] : first;
  const count = rows === 1 ? '1 row' : `${formatCount(rows)} rows`;
  return [
    ...fed,
    `${name}: no answer for ${count}, left out for both: ${reasons.join('; ')} (${places.join(', ')})`,
  ];
}
