import { defineConfig } from '@playwright/test';

/** The real Electron app, one at a time. `npm run e2e` prepares the runtime and a screen, then comes here. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Packs the whole app first: in the long run, or for a package that is there.
  testIgnore: process.env.MIEN_LONG === '1' || process.env.MIEN_PACKAGED ? [] : 'packaged.spec.ts',
  workers: 1,
  fullyParallel: false,
  // A test that needs a second try has failed.
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 120_000 },
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
