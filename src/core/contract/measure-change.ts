import type { ColumnProfile } from '../data/profile.ts';
import type { Column } from '../data/table.ts';
import { compareColumns } from '../drift/compare-columns.ts';
import { MINIMUM_EFFECTS } from '../drift/minimum-effects.ts';
import type { ChangeMeasure, Measure } from './contract.ts';
import type { Measured } from './measured.ts';

/** Rows and, where a column is watched, its profile. */
export type Figures = { readonly rows: number; readonly profile?: ColumnProfile | undefined };

/** Percent by which a figure of the data differs from that of other data; either way is a change. */
export function measureChange(
  of: ChangeMeasure,
  figures: { readonly earlier: Figures; readonly now: Figures; readonly hidden: boolean },
): Measured {
  const earlier = figureOf(of, figures.earlier);
  const now = figureOf(of, figures.now);
  if (earlier === undefined || now === undefined) return { notChecked: `the column has no ${of}` };
  if (earlier === 0 && now !== 0) {
    return { notChecked: `the earlier ${of} is 0, of which nothing is a share` };
  }
  const value = earlier === 0 ? 0 : (100 * Math.abs(now - earlier)) / Math.abs(earlier);
  // Counts tell no value; a mean or a median of few rows does.
  const isSecret = figures.hidden && !['row-count', 'missing-share', 'distinct'].includes(of);
  return { value, ...(isSecret ? { hidden: true } : { words: `from ${round(earlier)} to ${round(now)}` }) };
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function figureOf(of: ChangeMeasure, { rows, profile }: Figures): number | undefined {
  switch (of) {
    case 'row-count':
      return rows;
    case 'missing-share':
      return profile === undefined || rows === 0 ? undefined : profile.missing / rows;
    case 'distinct':
      return profile?.distinct;
    case 'mean':
      return profile?.mean;
    case 'standard-deviation':
      return profile?.standardDeviation;
    case 'median':
      return profile?.quantiles?.['0.5'];
    case 'minimum':
      return profile?.minimum;
    case 'maximum':
      return profile?.maximum;
  }
}

/** Level of the one test of one column. */
const LEVEL = 0.05;

/** 1 where the drift check would say that the column has drifted: significant, and certain to be large enough. */
export function measureDistribution(
  measure: Extract<Measure, { readonly kind: 'distribution' }>,
  columns: { readonly earlier: Column; readonly now: Column; readonly hidden: boolean },
): Measured {
  const [tested] = compareColumns(
    [
      {
        name: measure.column,
        role: 'feature',
        reference: columns.earlier,
        current: columns.now,
        hidden: columns.hidden,
        missingExpected: true,
      },
    ],
    { level: LEVEL, minimum: MINIMUM_EFFECTS[measure.minimumEffect] },
  );
  if (tested?.adjustedPValue === undefined || tested.effect === undefined) {
    return { notChecked: tested?.note ?? 'nothing can be compared' };
  }
  const { effect, adjustedPValue } = tested;
  const words = `${effect.name} ${round(effect.value)}, at least ${effect.minimum} matters, p = ${adjustedPValue.toPrecision(2)}`;
  return { value: tested.drifted ? 1 : 0, words };
}
