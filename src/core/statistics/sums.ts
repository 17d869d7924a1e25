/** Sums and moments that stay exact enough for millions of rows. */

/** Neumaier's compensated sum: the error does not grow with the number of terms. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  // The compensation of an infinite total is NaN.
  return Number.isFinite(lost) ? total + lost : total;
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

/** Variance with divisor n - 1 in two passes; NaN of fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  const squares = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) squares[index] = (values[index]! - centre) ** 2;
  return sum(squares) / (values.length - 1);
}

/** Third standardised moment (of the population); NaN of a constant. */
export function skewness(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  let cubes = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = values[index]! - centre;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return cubes / values.length / (squares / values.length) ** 1.5;
}

/** The difference of two series of equal length, element by element. */
export function differences(minuend: Float64Array, subtrahend: Float64Array): Float64Array {
  const result = new Float64Array(minuend.length);
  for (let index = 0; index < minuend.length; index++) result[index] = minuend[index]! - subtrahend[index]!;
  return result;
}
