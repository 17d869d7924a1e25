import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A run that is killed after each of its requests and started again takes a minute on a busy machine.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // Most files wait for git or a server half of their time: one more than there are processors, not many
    // more, since the native engines would fight for them.
    maxWorkers: 3,
  },
});
