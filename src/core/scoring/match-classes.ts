/**
 * Finds a class among the names another source gives it: the same text, else the same number (`1` and `1.0`),
 * else the same truth (`true`, `True` and `1`). Undefined when there is none.
 */
export function findClass(wanted: string, names: readonly string[]): number | undefined {
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  for (const canonical of [asNumber, asTruth]) {
    const value = canonical(wanted);
    if (value === undefined) continue;
    const alike = names.flatMap((name, position) => (canonical(name) === value ? [position] : []));
    if (alike.length === 1) return alike[0];
  }
  return undefined;
}

function asNumber(name: string): number | undefined {
  const value = name.trim() === '' ? Number.NaN : Number(name);
  return Number.isNaN(value) ? undefined : value;
}

function asTruth(name: string): boolean | undefined {
  if (/^true$/i.test(name) || asNumber(name) === 1) return true;
  return /^false$/i.test(name) || asNumber(name) === 0 ? false : undefined;
}

/** Numbers by value, else text by code unit: the order in which scikit-learn and its kin number classes. */
export function sortClasses(classes: readonly string[]): readonly string[] {
  const numeric = classes.every((name) => asNumber(name) !== undefined);
  return [...classes].sort((left, right) => {
    if (numeric) return Number(left) - Number(right);
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
