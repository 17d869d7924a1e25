import type { ColumnProfile } from '../data/profile.ts';
import type { Column } from '../data/table.ts';
import { isPlainlyPersonal } from '../personal-data/detectors.ts';
import { coveredPercent, roundOutwards, upperPercent, widenedEnds } from './infer-limits.ts';
import { type SpoiltKind, spoiltKind } from './spoilt-kind.ts';
import { TEXT_FORMATS } from './text-patterns.ts';
import { writeDate, writeTimestamp } from './time-words.ts';

/** A column of the data that a contract is written from. */
export type SeenColumn = {
  readonly rows: number;
  readonly profile: ColumnProfile;
  /** Its values as numbers, or as text where it is text. */
  readonly values: Column;
  readonly isTarget: boolean;
  /** Whether it is an id by the config. */
  readonly isId: boolean;
  /** No value of it, and nothing made of its values, may be written. */
  readonly isHidden: boolean;
  /** The personal data it was found to hold, in the plural. */
  readonly holds?: string | undefined;
};

/** What a contract says of a column, in the standard's words. */
export type InferredColumn = {
  readonly name: string;
  readonly logicalType?: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly options: Readonly<Record<string, string | number>>;
  /** Highest percent of missing values, where some may be missing. */
  readonly missingPercent?: number;
  /** The values it may have; `otherPercent` of the rows may have others. */
  readonly set?: { readonly values: readonly string[]; readonly otherPercent: number };
  /** Whether the standard's `classification` says that it is not for everybody. */
  readonly isRestricted?: boolean;
  /** Why the rules are as they are, one remark a line. */
  readonly remarks: readonly string[];
};

/** Fewer values than this show no rule but type and presence. */
const FEWEST_VALUES = 30;

/** Longest list of values: of texts, of whole numbers. */
const MOST_TEXTS = 100;
const MOST_NUMBERS = 31;

/** Every value is seen as often as this, and in this share of the rows: one that was not seen yet is news. */
const OFTEN = 5;
const COMMON = 0.005;

/** Share of values seen once (Good and Turing: that of values not seen yet) up to which a list is a list. */
const MOST_UNSEEN = 0.01;

/** Writes down what a column looks like, with honest room for more of the same. */
export function inferColumn(column: SeenColumn): InferredColumn {
  const { profile, rows, isTarget } = column;
  const present = rows - profile.missing;
  const logicalType = profile.type === 'other' ? undefined : profile.type;
  const spoilt = spoiltKind(column.values);
  const unique = isUnique(column, { present, spoilt });
  const remarks = [
    ...(isTarget ? ['the target'] : []),
    ...(column.isId ? ['the id'] : []),
    ...(present === 0 ? ['no row has a value'] : []),
    ...(spoilt === undefined || column.isHidden ? [] : [spoilt.remark]),
    ...(column.holds === undefined ? [] : [`holds ${column.holds}: no value of it is written here`]),
  ];
  const base = {
    name: profile.name,
    ...(logicalType === undefined || present === 0 ? {} : { logicalType }),
    required: rows > 0 && profile.missing === 0,
    unique,
    options: {},
    ...(column.holds === undefined ? {} : { isRestricted: true }),
    ...(profile.missing > 0 && present > 0 ? { missingPercent: upperPercent(profile.missing, rows) } : {}),
  };
  if (profile.missing > 0 && present > 0) {
    remarks.push(`missing in ${profile.missing} of ${rows} rows; the limit is the upper end at 99 %`);
  }
  const isOpen = present < FEWEST_VALUES || unique || column.isHidden || spoilt?.hasList === false;
  const shape = isOpen ? {} : inferValues(column, present);
  return {
    ...base,
    ...(unique && !column.isHidden ? uniqueShape(column, present) : {}),
    ...shape,
    remarks: [...remarks, ...(shape.remarks ?? [])],
  };
}

/** Numbers of things are keys only where their name says so: measurements can all differ by chance. */
function isUnique(
  { profile, isId, values }: SeenColumn,
  { present, spoilt }: { readonly present: number; readonly spoilt: SpoiltKind | undefined },
): boolean {
  if (present < 2 || profile.distinct !== present) return false;
  if (isId) return true;
  if (present < FEWEST_VALUES) return false;
  const saysKey = /(^|[_\s-])(id|uuid|guid|key|identifier)$|[a-z]I[Dd]$|^instant$/i.test(profile.name);
  if (profile.type === 'integer') return saysKey || isCounted(profile, present);
  return profile.type === 'string' && (saysKey || (spoilt === undefined && isCode(values)));
}

function isCounted({ minimum, maximum }: ColumnProfile, present: number): boolean {
  return minimum !== undefined && maximum !== undefined && maximum - minimum === present - 1;
}

/** Texts of one length without spaces, ten characters or more: nobody writes those by hand. */
function isCode(values: Column): boolean {
  if (values.kind !== 'text') return false;
  const length = values.dictionary[0]?.length ?? 0;
  return length >= 10 && values.dictionary.every((text) => text.length === length && /^\S+$/.test(text));
}

function uniqueShape({ values }: SeenColumn, present: number): Pick<InferredColumn, 'options'> {
  return { options: values.kind === 'text' && present >= FEWEST_VALUES ? fixedShape(values.dictionary) : {} };
}

type Shape = Partial<Pick<InferredColumn, 'options' | 'set' | 'remarks'>>;

function inferValues(column: SeenColumn, present: number): Shape {
  const { profile, values } = column;
  if (profile.type === 'boolean') return {};
  if (profile.type === 'date' || profile.type === 'timestamp') return inferTimes(profile);
  const set = inferSet(column, present);
  if (set !== undefined) return set;
  if (column.isId) return {};
  if (values.kind === 'text') return inferTexts(values);
  return inferNumbers(values, { isInteger: profile.type === 'integer', isClock: isClockColumn(profile) });
}

/** Time goes on: only what lies before everything seen, by more than half of it lasts, is refused. */
function inferTimes({ minimum, quantiles, type }: ColumnProfile): Shape {
  const quarter = quantiles?.['0.25'];
  const threeQuarters = quantiles?.['0.75'];
  if (minimum === undefined || quarter === undefined || threeQuarters === undefined) return {};
  const from = minimum - (threeQuarters - quarter);
  const day = writeDate(from);
  return {
    options: { minimum: type === 'date' ? day : `${day} 00:00:00` },
    remarks: [
      `from ${type === 'date' ? writeDate(minimum) : writeTimestamp(minimum)}; time goes on, so there is no maximum`,
    ],
  };
}

function inferSet({ profile, values }: SeenColumn, present: number): Shape | undefined {
  const counts = countValues(values, values.kind === 'text' ? MOST_TEXTS : MOST_NUMBERS);
  if (counts === undefined || counts.size === 0) return undefined;
  if (profile.type !== 'string' && profile.type !== 'integer') return undefined;
  const occurrences = [...counts.values()];
  const once = occurrences.filter((count) => count === 1).length;
  const rarest = Math.min(...occurrences);
  if (once / present >= MOST_UNSEEN) return undefined;
  if (profile.type === 'integer' && rarest < OFTEN) return undefined;
  const listed = [...counts.keys()].sort((left, right) =>
    values.kind === 'text' ? (left < right ? -1 : 1) : Number(left) - Number(right),
  );
  if (listed.some(isPlainlyPersonal)) return undefined;
  if (rarest >= OFTEN && rarest / present >= COMMON) {
    return {
      set: { values: listed, otherPercent: 0 },
      remarks: [`all ${listed.length} values were seen ${rarest} times or more`],
    };
  }
  const otherPercent = upperPercent(once, present);
  const remark = `${listed.length} values, the rarest seen ${rarest === 1 ? 'once' : `${rarest} times`}: up to ${otherPercent} % of the rows may have others`;
  return { set: { values: listed, otherPercent }, remarks: [remark] };
}

/** Rows of each value; undefined where there are more than `most`. */
function countValues(column: Column, most: number): ReadonlyMap<string, number> | undefined {
  const counts = new Map<string | number, number>();
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  for (let row = 0; row < rows; row++) {
    const value = column.kind === 'text' ? column.codes[row]! : column.values[row]!;
    if (column.kind === 'text' ? value < 0 : Number.isNaN(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > most) return undefined;
  }
  const nameOf = (value: string | number) =>
    column.kind === 'text' ? column.dictionary[Number(value)]! : String(value);
  return new Map([...counts].map(([value, count]) => [nameOf(value), count]));
}

function inferNumbers(
  column: Column,
  { isInteger, isClock }: { readonly isInteger: boolean; readonly isClock: boolean },
): Shape {
  if (column.kind === 'text') return {};
  const sorted = column.values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return {};
  const { minimum, maximum } = widenedEnds(sorted);
  // Beyond 2^53 a bound is not the number that it reads as.
  if (isInteger && Math.max(Math.abs(minimum), Math.abs(maximum)) > Number.MAX_SAFE_INTEGER) return {};
  const rounding = { digits: 3, scale: maximum - minimum };
  const low = roundOutwards(minimum, 'minimum', rounding);
  const high = roundOutwards(maximum, 'maximum', rounding);
  // Beyond the largest double nothing can be written, and nothing lies.
  if (!Number.isFinite(low) || !Number.isFinite(high)) return {};
  if (isClock) {
    return {
      options: { minimum: low },
      remarks: [`from ${sorted[0]}; time goes on, so there is no maximum`],
    };
  }
  const seen = `${writeSeen(sorted[0]!)} to ${writeSeen(sorted.at(-1)!)} seen`;
  return {
    options: { minimum: low, maximum: high },
    remarks: [
      `${seen}, which spans at least ${coveredPercent(sorted.length)} % of such values; widened by what chance adds`,
    ],
  };
}

/** Without the last digits that sums of fractions leave behind. */
function writeSeen(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Seconds or milliseconds since 1970, by name and size. */
function isClockColumn({ name, type, minimum }: ColumnProfile): boolean {
  return type === 'integer' && (minimum ?? 0) >= 1e8 && /time|date|epoch|(^|_)ts$/i.test(name);
}

function inferTexts(column: Column): Shape {
  if (column.kind !== 'text') return {};
  const fixed = fixedShape(column.dictionary);
  if (Object.keys(fixed).length > 0) return { options: fixed };
  const lengths = new Float64Array(column.codes.length);
  let present = 0;
  for (const code of column.codes) if (code >= 0) lengths[present++] = lengthOf(column.dictionary[code]!);
  const sorted = lengths.subarray(0, present).sort();
  if (present === 0) return {};
  const maxLength = Math.ceil(roundOutwards(widenedEnds(sorted).maximum, 'maximum', { digits: 2 }));
  return { options: { ...(sorted[0]! >= 1 ? { minLength: 1 } : {}), maxLength } };
}

/** Characters as the engine counts them: code points. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** What all texts have in common by their make: a format, digits alone, one length. */
function fixedShape(texts: readonly string[]): Record<string, string | number> {
  const format = ['email', 'uuid', 'ipv4'].find((name) => {
    const expression = new RegExp(TEXT_FORMATS[name]!);
    return texts.every((text) => expression.test(text));
  });
  if (format !== undefined) return { format };
  const length = lengthOf(texts[0] ?? '');
  if (length === 0 || texts.length < FEWEST_VALUES || texts.some((text) => lengthOf(text) !== length))
    return {};
  if (texts.every((text) => /^[0-9]+$/.test(text))) return { pattern: `^[0-9]{${length}}$` };
  return { minLength: length, maxLength: length };
}
