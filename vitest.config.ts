import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A run that is killed after each of its requests and started again takes a minute on a busy machine.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // Two processors: more workers only make the native engines fight for them.
    maxWorkers: 2,
  },
});
