import type { Random } from '../../../src/core/statistics/random.ts';

/** Nearly normal with mean 0 and variance 1: the sum of twelve uniforms less six. */
export function irwinHall(random: Random): number {
  let sum = -6;
  for (let term = 0; term < 12; term++) sum += random.uniform();
  return sum;
}

/** A sample of nearly normal numbers. */
export function normalSample(random: Random, size: number, location = 0): Float64Array {
  return Float64Array.from({ length: size }, () => location + irwinHall(random));
}
