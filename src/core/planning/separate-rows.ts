import { invertMonotoneAbove } from '../statistics/inversion.ts';
import { normalQuantile, normalSurvival, twoSidedZ } from '../statistics/normal.ts';
import type { PowerOptions } from '../statistics/sample-size.ts';

/**
 * Rows that each model needs when both are judged on rows of their own, as in an A/B test, for two shares of
 * right answers to be told apart; not rounded. By Cohen's effect size h = 2·asin√p₁ − 2·asin√p₂, which is
 * normal with variance 2/n (Cohen, 1988). What pairing saves is the difference to `superiorityRows`.
 */
export function separateRows(first: number, second: number, { confidence, power }: PowerOptions): number {
  const effect = Math.abs(2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second)));
  const critical = twoSidedZ(confidence);
  const approximate = 2 * ((critical + normalQuantile(power)) / effect) ** 2;
  const rising = (rows: number) => {
    const shift = effect * Math.sqrt(rows / 2);
    return normalSurvival(critical - shift) + normalSurvival(critical + shift) - power;
  };
  return invertMonotoneAbove(rising, 0, approximate);
}
