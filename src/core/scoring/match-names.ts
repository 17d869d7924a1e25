/**
 * Finds the one name that means the same: the exact one, else the one that is equal but for upper and lower
 * case, punctuation, and the `:0` of TensorFlow. Undefined when there is none, or more than one.
 */
export function findName(wanted: string, names: readonly string[]): number | undefined {
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  const plain = plainName(wanted);
  if (plain === '') return undefined;
  const alike = names.flatMap((name, position) => (plainName(name) === plain ? [position] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

function plainName(name: string): string {
  return name
    .replace(/:\d+$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}
