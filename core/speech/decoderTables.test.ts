import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MienError } from '../errors';
import { loadDecoderTables } from './decoderTables';

const released = () => JSON.parse(readFileSync(new URL('../../models/acoustic.decoder.json', import.meta.url), 'utf8'));

describe('loadDecoderTables', () => {
  it('takes the released file; every row of the trigram is a distribution', () => {
    const tables = loadDecoderTables(released());
    for (let row = 0; row < 1600; row++) {
      let sum = 0;
      for (let k = 0; k < 40; k++) sum += Math.exp(tables.trigram[row * 40 + k]);
      // Stored in steps of .04: a row is off by 2 % at most.
      expect(Math.abs(sum - 1)).toBeLessThan(0.02);
    }
  });

  it('refuses anything else and says why', () => {
    const broken: [string, (json: Record<string, unknown>) => unknown][] = [
      ['not an object', () => null],
      ['order', (json) => ({ ...json, phones: [...(json.phones as string[])].reverse() })],
      ['64000 numbers', (json) => ({ ...json, trigram: [1] })],
      ['trigram[7]', (json) => ({ ...json, trigram: (json.trigram as number[]).map((v, i) => (i === 7 ? null : v)) })],
      ['"QQ"', (json) => ({ ...json, search: { ...(json.search as object), bonus: { QQ: 1 } } })],
      ['logPrior', (json) => ({ ...json, logPrior: [1, 2] })],
      ['minFrames', (json) => ({ ...json, search: { ...(json.search as object), minFrames: 0 } })],
      [
        'durationLogMean[3]',
        (json) => ({ ...json, durationLogMean: (json.durationLogMean as number[]).map((v, i) => (i === 3 ? 'x' : v)) }),
      ],
    ];
    for (const [why, spoil] of broken) {
      expect(() => loadDecoderTables(spoil(released()))).toThrow(MienError);
      expect(() => loadDecoderTables(spoil(released()))).toThrow(why);
    }
  });
});
