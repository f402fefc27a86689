import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
// @ts-expect-error -- a plain script without types
import { thirdPartyText } from './thirdParty.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

describe('THIRD_PARTY.md', () => {
  it('is what the installed packages ask for', () => {
    expect(readFileSync(path.join(root, 'THIRD_PARTY.md'), 'utf8') === thirdPartyText(), 'run: node scripts/thirdParty.mjs').toBe(
      true,
    );
  });

  it('names every direct dependency and the codecs inside the decoders', () => {
    const text = thirdPartyText() as string;
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) expect(text, name).toContain(`## ${name} `);
    for (const name of ['Electron', 'libmpg123', 'codec-parser', 'libopus', 'Xiph', 'CMU Pronouncing', 'speechocean762'])
      expect(text).toContain(name);
  });
});
