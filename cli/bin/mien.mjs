#!/usr/bin/env node
/**
 * The `mien` command. In a checkout it builds out/cli first, when the sources are newer than the last build; an installed
 * Mien carries the built file and no sources.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const at = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

if (existsSync(at('cli/main.ts'))) {
  try {
    const { build } = await import(pathToFileURL(at('scripts/build.mjs')).href);
    await build({ only: ['cli'], quiet: true });
  } catch (error) {
    process.stderr.write(
      `mien: the command line could not be built: ${error instanceof Error ? error.message : error}\nRun "npm ci" in the checkout and try again.\n`,
    );
    process.exit(1);
  }
}
await import(pathToFileURL(at('out/cli/mien.mjs')).href);
