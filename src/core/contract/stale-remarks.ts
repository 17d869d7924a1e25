import type { Replacement } from './contract-edit.ts';

/** Remarks as `inferColumn` writes them, by the rule that each speaks of. */
const REMARKS = {
  bounds: [
    /^\S+ to \S+ seen, which spans at least [\d.]+ % of such values; widened by what chance adds$/,
    /^from [\d: -]+; time goes on, so there is no maximum$/,
  ],
  values: [
    /^all \d+ values were seen \d+ times or more$/,
    /^\d+ values, the rarest seen (?:once|\d+ times): up to [\d.]+ % of the rows may have others$/,
  ],
  missing: [/^missing in \d+ of \d+ rows; the limit is the upper end at 99 %$/],
} as const;

/**
 * What takes those remarks out of a contract that were written with it and that a change of a rule makes untrue.
 * A remark in any other words is somebody's own and stays.
 */
export function removeStaleRemarks(text: string, changes: readonly Replacement[]): Replacement[] {
  return changes.flatMap((change) => {
    const subject = subjectOf(text, change);
    if (subject === undefined) return [];
    return remarksAbove(text, change.span[0])
      .filter(({ words }) => REMARKS[subject].some((form) => form.test(words)))
      .map(({ span }) => ({ path: change.path, span, by: '' }));
  });
}

function subjectOf(text: string, { path, span }: Replacement): keyof typeof REMARKS | undefined {
  if (/\.logicalTypeOptions\.(minimum|maximum|exclusiveM\w+)$/.test(path)) return 'bounds';
  if (path.endsWith('.validValues')) return 'values';
  if (!/\.properties\[\d+\]\.quality\[\d+\]\.must\w+$/.test(path)) return undefined;
  const metric = [...text.slice(propertyStart(text, span[0]), span[0]).matchAll(/\bmetric: (\w+)/g)].at(
    -1,
  )?.[1];
  if (metric === 'nullValues') return 'missing';
  return metric === 'invalidValues' ? 'values' : undefined;
}

/** Where the line begins that names the property a place of the contract belongs to. */
function propertyStart(text: string, offset: number): number {
  const names = [...text.slice(0, offset).matchAll(/^ *- name:/gm)];
  return names.at(-1)?.index ?? 0;
}

/** The comment lines right below the name of the property. */
function remarksAbove(text: string, offset: number): { words: string; span: readonly [number, number] }[] {
  const remarks: { words: string; span: readonly [number, number] }[] = [];
  let start = text.indexOf('\n', propertyStart(text, offset)) + 1;
  while (start > 0 && start < offset) {
    const end = text.indexOf('\n', start) + 1;
    const words = /^ *# (.*?)\r?\n$/.exec(text.slice(start, end))?.[1];
    if (words === undefined) break;
    remarks.push({ words, span: [start, end] });
    start = end;
  }
  return remarks;
}
