/** Kolmogorov's limiting distribution of the largest gap between two distribution functions. */

const NEGLIGIBLE = 1e-20;

/** P(K > x): the alternating series above 1.18, the theta form below, where it converges in a few terms. */
export function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  return x < 1.18 ? 1 - thetaSeries(x) : alternatingSeries(x);
}

function alternatingSeries(x: number): number {
  let total = 0;
  let sign = 1;
  for (let index = 1; ; index++) {
    const term = Math.exp(-2 * index * index * x * x);
    total += sign * term;
    if (term < NEGLIGIBLE * total || term === 0) return Math.min(1, 2 * total);
    sign = -sign;
  }
}

function thetaSeries(x: number): number {
  let total = 0;
  for (let odd = 1; ; odd += 2) {
    const term = Math.exp((-odd * odd * Math.PI * Math.PI) / (8 * x * x));
    total += term;
    if (term <= NEGLIGIBLE * total) return Math.min(1, (Math.sqrt(2 * Math.PI) / x) * total);
  }
}
