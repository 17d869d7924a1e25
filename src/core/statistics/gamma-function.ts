/** The gamma function's logarithm and the regularised incomplete gamma functions. */

// Lanczos coefficients for g = 607/128 (P. Godfrey, 2001): relative error below 1e-15.
const LANCZOS_G = 607 / 128;
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
];
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const TINY = 1e-300;
const EPSILON = 1e-16;
const MAXIMUM_TERMS = 100_000;

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingCorrection(x);
  let series = LANCZOS[0]!;
  for (let term = 1; term < LANCZOS.length; term++) series += LANCZOS[term]! / (x - 1 + term);
  const shifted = x - 0.5 + LANCZOS_G;
  return (x - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + Math.log(series);
}

/** ln Γ(x) less Stirling's formula, for x of 10 and more. */
export function stirlingCorrection(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  return (
    inverse *
    (1 / 12 -
      square *
        (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360)))))
  );
}

/** P(a, x), the share of the gamma integral below x; a > 0, x ≥ 0. */
export function lowerGammaShare(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Q(a, x) = 1 - P(a, x), exact also where it is tiny. */
export function upperGammaShare(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let index = 1; index < MAXIMUM_TERMS && term > total * EPSILON; index++) {
    term *= x / (a + index);
    total += term;
  }
  return Math.min(1, total * gammaFactor(a, x));
}

/** Lentz's evaluation of the continued fraction of Q(a, x). */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let index = 1; index < MAXIMUM_TERMS; index++) {
    const numerator = -index * (index - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) <= 2 * EPSILON) break;
  }
  return Math.min(1, fraction * gammaFactor(a, x));
}

/** x^a e^-x / Γ(a), without the cancellation of three large logarithms when a is large. */
function gammaFactor(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
  const excess = (x - a) / a;
  // Far from a the quotient itself has more digits than its distance from 1.
  const logQuotient = Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(x / a);
  const exponent = a * (logQuotient - excess);
  return Math.exp(exponent - stirlingCorrection(a)) * Math.sqrt(a / (2 * Math.PI));
}

/** Keeps a continued fraction from dividing by zero. */
export function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
