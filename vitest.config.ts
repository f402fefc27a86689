import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'core/**/*.test.ts',
      'main/**/*.test.ts',
      'renderer/**/*.test.ts',
      'cli/**/*.test.ts',
      'scripts/**/*.test.ts',
      'assets/**/*.test.ts',
      'e2e/readers/**/*.test.ts',
      'e2e/support/**/*.test.ts',
    ],
    // Two cores are the machine we plan for; a slow machine must not turn into a failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
