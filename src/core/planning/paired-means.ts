/** Rows for a mean over rows, such as log loss or absolute error, of two models on the same rows. */

import { invertMonotoneAbove } from '../statistics/inversion.ts';
import { noncentralStudentSurvival } from '../statistics/noncentral-t.ts';
import { normalQuantile, normalSurvival, twoSidedZ } from '../statistics/normal.ts';
import type { PowerOptions } from '../statistics/sample-size.ts';
import { studentQuantile } from '../statistics/student-t.ts';

/** From here on the t distribution adds z²/2 rows to what the normal one asks for, to a thousandth of a row. */
const LARGE = 20_000;

/**
 * Rows on which a true mean difference is seen by the two-sided paired t test, not rounded; at least 2.
 *
 * @param standardized the difference in standard deviations of the per-row difference, above 0.
 */
export function pairedMeanRows(standardized: number, options: PowerOptions): number {
  const approximate = pairedMeanRowsNormal(standardized, options);
  const { confidence, power } = options;
  if (approximate > LARGE) {
    const rising = (rows: number) => normalPower(standardized * Math.sqrt(rows), confidence) - power;
    return invertMonotoneAbove(rising, 0, approximate) + twoSidedZ(confidence) ** 2 / 2;
  }
  const rising = (rows: number) => pairedMeanPower(rows, standardized, confidence) - power;
  return invertMonotoneAbove(rising, 2, Math.max(2, approximate));
}

/** The same by the normal distribution: ((z_a + z_b)·σ/δ)². */
export function pairedMeanRowsNormal(standardized: number, { confidence, power }: PowerOptions): number {
  return ((twoSidedZ(confidence) + normalQuantile(power)) / standardized) ** 2;
}

/** Chance with which so many rows show the difference, whichever its sign. */
function pairedMeanPower(rows: number, standardized: number, confidence: number): number {
  const degreesOfFreedom = rows - 1;
  const critical = studentQuantile(0.5 + confidence / 2, degreesOfFreedom);
  const noncentrality = standardized * Math.sqrt(rows);
  return (
    noncentralStudentSurvival(critical, degreesOfFreedom, noncentrality) +
    noncentralStudentSurvival(critical, degreesOfFreedom, -noncentrality)
  );
}

function normalPower(shift: number, confidence: number): number {
  const critical = twoSidedZ(confidence);
  return normalSurvival(critical - shift) + normalSurvival(critical + shift);
}
