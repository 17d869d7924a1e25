import type { Column } from '../data/table.ts';
import { countKinds, countOfKind, mostlyKind } from '../data-checks/text-columns.ts';

/** What a text column would be but for a few of its values. */
export type SpoiltKind = {
  /** For the contract that is written from it. */
  readonly remark: string;
  /** Whether a list of its values may be its rule. */
  readonly hasList: boolean;
};

/** Undefined where the values are of one kind, or of several: text, then, by its nature. */
export function spoiltKind(values: Column): SpoiltKind | undefined {
  if (values.kind !== 'text') return undefined;
  const kinds = countKinds(values);
  const kind = mostlyKind(kinds);
  if (kind === undefined) return undefined;
  const fitting = countOfKind(kinds, kind);
  if (fitting < kinds.present) {
    const others = kinds.present - fitting;
    return {
      remark: `${fitting} of ${kinds.present} values are ${kind}s; ${others} ${others === 1 ? 'is' : 'are'} not: mend the data, then write the type anew`,
      // Days are no categories; a few numbers with a word among them may well be.
      hasList: kind === 'number',
    };
  }
  if (kind !== 'number' || kinds.notFinite === 0) return undefined;
  return {
    remark: `${kinds.notFinite} of ${kinds.present} values are infinite or NaN, the others numbers: mend the data, then write the type anew`,
    hasList: false,
  };
}
