import type { Column } from '../data/table.ts';
import type { DriftColumn } from '../documents/drift.ts';
import { isPlainlyPersonal } from '../personal-data/detectors.ts';
import { benjaminiHochberg } from '../statistics/multiple-testing.ts';
import { compareProportions } from '../statistics/proportions.ts';
import { compareCategoryCounts } from './category-test.ts';
import type { ColumnTest, Effect } from './column-test.ts';
import { areCategories, countValues, sortedNumbers, tabulate, type ValueCounts } from './column-values.ts';
import { EFFECT_CONFIDENCE, MINIMUM_ROWS, type MinimumEffects } from './minimum-effects.ts';
import { compareNumbers } from './numeric-test.ts';

/** One column on both sides, read in the same way. */
export type ColumnPair = {
  readonly name: string;
  readonly role: DriftColumn['role'];
  readonly reference: Column;
  readonly current: Column;
  /** Whether its values may never be printed. */
  readonly hidden?: boolean;
  /** Labels arrive late: a missing one says nothing. Otherwise the share of missing values is compared too. */
  readonly missingExpected?: boolean;
  /** What else to say about the column. */
  readonly note?: string;
};

export type ColumnRules = {
  /** Level of the false discovery rate over all tests of the check. */
  readonly level: number;
  readonly minimum: MinimumEffects;
};

/**
 * Every test of every column, the columns in the order given. A column has drifted when its p-value, adjusted
 * for all tests of the check (Benjamini-Hochberg), is below the level and the change is certain to be larger
 * than the minimum effect: the lower end of the printed interval lies above it. Columns with too few values
 * are listed with what is needed, and not judged.
 */
export function compareColumns(pairs: readonly ColumnPair[], rules: ColumnRules): readonly DriftColumn[] {
  const tests = pairs.flatMap((pair) => testColumn(pair, rules.minimum));
  const asked = tests.filter((test) => test.pValue !== undefined);
  const adjusted = benjaminiHochberg(asked.map((test) => test.pValue!));
  return tests.map((test) => {
    const position = asked.indexOf(test);
    return describeTest(test, position < 0 ? undefined : adjusted[position]!, rules.level);
  });
}

function testColumn(pair: ColumnPair, minimum: MinimumEffects): ColumnTest[] {
  const reference = countValues(pair.reference);
  const current = countValues(pair.current);
  const common = { name: pair.name, role: pair.role };
  const tests: ColumnTest[] = [{ ...common, ...testValues(pair, { reference, current }, minimum) }];
  const enoughRows = Math.min(reference.rows, current.rows) >= MINIMUM_ROWS;
  const shares = (what: 'missing' | 'infinite') =>
    enoughRows && reference[what] + current[what] > 0
      ? [{ ...common, ...testShare(what, { reference, current }, minimum.share) }]
      : [];
  return [...tests, ...(pair.missingExpected ? [] : shares('missing')), ...shares('infinite')];
}

type Counted = { readonly reference: ValueCounts; readonly current: ValueCounts };

function testValues(
  pair: ColumnPair,
  counts: Counted,
  minimum: MinimumEffects,
): Omit<ColumnTest, 'name' | 'role'> {
  const byCategories = areCategories(pair.reference, pair.current);
  const tooFew = describeTooFew(counts);
  if (tooFew !== undefined) {
    const method = byCategories ? 'chi-squared' : 'kolmogorov-smirnov';
    return { method, note: joinNotes([pair.note, tooFew]) ?? tooFew };
  }
  if (!byCategories) {
    const tested = compareNumbers(sortedNumbers(pair.reference), sortedNumbers(pair.current), minimum);
    return { ...tested, ...noteOf([pair.note]) };
  }
  const { table, unseen } = tabulate(pair.reference, pair.current);
  return {
    ...compareCategoryCounts(table, minimum),
    ...noteOf([pair.note, describeUnseen(unseen, counts.current.present, pair.hidden === true)]),
  };
}

function describeTooFew({ reference, current }: Counted): string | undefined {
  const sides = [
    { name: 'reference', present: reference.present },
    { name: 'current data', present: current.present },
  ].filter((side) => side.present < MINIMUM_ROWS);
  if (sides.length === 0) return undefined;
  const words = sides.map((side) =>
    side.present === 0 ? `no values in the ${side.name}` : `${side.present} values in the ${side.name}`,
  );
  return `not compared: ${words.join(', ')}; ${MINIMUM_ROWS} are needed on each side`;
}

const LISTED_VALUES = 5;
const LISTED_CHARACTERS = 40;

function describeUnseen(
  unseen: readonly { readonly name: string; readonly count: number }[],
  rows: number,
  hidden: boolean,
): string | undefined {
  if (unseen.length === 0) return undefined;
  const count = unseen.reduce((total, value) => total + value.count, 0);
  const listed = unseen
    .slice(0, LISTED_VALUES)
    .map(({ name }) => (isPlainlyPersonal(name) ? '(hidden)' : JSON.stringify(shorten(name))));
  const rest = unseen.length > LISTED_VALUES ? ', …' : '';
  const names = hidden ? '' : `: ${listed.join(', ')}${rest}`;
  const values = unseen.length === 1 ? '1 value' : `${unseen.length} values`;
  return `${values} that the reference does not have, in ${count} of ${rows} rows${names}`;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= LISTED_CHARACTERS
    ? text
    : `${characters.slice(0, LISTED_CHARACTERS).join('')}…`;
}

/** Two independent shares of rows, by the pooled z test with Newcombe's interval of the difference. */
function testShare(
  what: 'missing' | 'infinite',
  { reference, current }: Counted,
  minimum: number,
): Omit<ColumnTest, 'name' | 'role'> {
  const compared = compareProportions(
    { successes: current[what], rows: current.rows },
    { successes: reference[what], rows: reference.rows },
    EFFECT_CONFIDENCE,
  );
  const { low, high } = compared.interval;
  const effect: Effect = {
    name: `change of the share of ${what} values`,
    value: compared.difference,
    interval: [low, high],
    lowerBound: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    minimum,
  };
  return {
    method: `two-proportion (${what} values)`,
    statistic: compared.z,
    pValue: compared.pValue,
    effect,
    note: `${current[what]} of ${current.rows} rows, before ${reference[what]} of ${reference.rows}`,
  };
}

function describeTest(test: ColumnTest, adjustedPValue: number | undefined, level: number): DriftColumn {
  const { effect } = test;
  const certain = effect !== undefined && effect.lowerBound > effect.minimum;
  return {
    name: test.name,
    role: test.role,
    method: test.method,
    ...(test.statistic === undefined ? {} : { statistic: test.statistic }),
    ...(test.pValue === undefined ? {} : { pValue: test.pValue }),
    ...(adjustedPValue === undefined ? {} : { adjustedPValue }),
    ...(effect
      ? {
          effect: {
            name: effect.name,
            value: effect.value,
            ...(effect.interval?.every(Number.isFinite) ? { interval: effect.interval } : {}),
            minimum: effect.minimum,
          },
        }
      : {}),
    drifted: certain && adjustedPValue !== undefined && adjustedPValue < level,
    ...(test.note === undefined ? {} : { note: test.note }),
  };
}

function noteOf(notes: readonly (string | undefined)[]): { note?: string } {
  const note = joinNotes(notes);
  return note === undefined ? {} : { note };
}

function joinNotes(notes: readonly (string | undefined)[]): string | undefined {
  const given = notes.filter((note) => note !== undefined);
  return given.length === 0 ? undefined : given.join('; ');
}
