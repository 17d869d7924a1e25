/** Names a list shows before it only counts. */
const MOST_NAMES = 8;

/** A name of a model in a sentence: as it is, or quoted and shortened where it could be misread. */
export function nameText(name: string, longest = 80): string {
  const short = name.length > longest ? `${name.slice(0, longest)}…` : name;
  return /^[\w.,:/+?[\] -]+…?$/.test(short) && short.trim() === short && short !== ''
    ? short
    : JSON.stringify(short.toWellFormed());
}

/** `Cast, Concat, Scaler and 4 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => nameText(name, 60));
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.join(', ');
}
