/** Starts the built studio three times and prints the milliseconds until it is drawn and its engine's bridge answers, as JSON. */
import { startStudio } from './studioForBench.mjs';

const RUNS = 3;
const milliseconds = [];
for (let run = 0; run < RUNS; run++) {
  const startMs = performance.now();
  const { page, end } = await startStudio();
  await page.getByTestId('app-root').waitFor({ state: 'visible', timeout: 60_000 });
  await page.evaluate(() => window.mien.app.info());
  milliseconds.push(Math.round(performance.now() - startMs));
  await end();
}

console.log(JSON.stringify({ milliseconds }));
