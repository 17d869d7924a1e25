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

/**
 * The name that means the same for each of those wanted, each used once: exact ones first, so that a name that is
 * only alike takes none that another asks for.
 */
export function matchAllNames(
  wanted: readonly string[],
  names: readonly string[],
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = wanted.map((name) => {
    const position = names.indexOf(name);
    return position < 0 ? undefined : position;
  });
  const taken = new Set(found);
  for (const [index, name] of wanted.entries()) {
    if (found[index] !== undefined) continue;
    const free = names.flatMap((_, position) => (taken.has(position) ? [] : [position]));
    const alike = findName(
      name,
      free.map((position) => names[position]!),
    );
    if (alike === undefined) continue;
    found[index] = free[alike];
    taken.add(free[alike]);
  }
  return found;
}

function plainName(name: string): string {
  return name
    .replace(/:\d+$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}
