import { distance } from 'fastest-levenshtein';

/** Longest name that is compared; nobody mistypes a key into a paragraph. */
const MAX_NAME_CHARACTERS = 60;

/**
 * The candidate a mistyped name most likely meant: the closest by edits, at most a third of its
 * length away (at least one edit, any number when the same letters stand in another order), whatever
 * its capitals, underscores and hyphens. The first wins a tie. Else the only candidate that begins
 * with the name. `undefined` when none is close.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > MAX_NAME_CHARACTERS) return undefined;
  const written = plain(name);
  let nearest: string | undefined;
  let fewestEdits = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const edits = distance(written, plain(candidate));
    const isClose = edits <= Math.max(1, Math.floor(candidate.length / 3));
    if (edits < fewestEdits && (isClose || letters(written) === letters(plain(candidate)))) {
      nearest = candidate;
      fewestEdits = edits;
    }
  }
  return nearest ?? onlyCompletion(written, candidates);
}

/** Fewer characters than this begin too many names to mean one. */
const MIN_PREFIX_CHARACTERS = 3;

function onlyCompletion(written: string, candidates: readonly string[]): string | undefined {
  if (written.length < MIN_PREFIX_CHARACTERS) return undefined;
  const completions = candidates.filter((candidate) => plain(candidate).startsWith(written));
  return completions.length === 1 ? completions[0] : undefined;
}

function letters(name: string): string {
  return [...name].sort().join('');
}

/** One form for `positiveClass`, `positive_class` and `positive-class`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
