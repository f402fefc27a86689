import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MienError } from '../errors';
import { loadDecoderTables } from './decoderTables';

const released = () => JSON.parse(readFileSync(new URL('../../models/acoustic.decoder.json', import.meta.url), 'utf8'));

describe('loadDecoderTables', () => {
  it('takes the released file; every row of the bigram is a distribution', () => {
    const tables = loadDecoderTables(released());
    for (let i = 0; i < 40; i++) {
      let sum = 0;
      for (let j = 0; j < 40; j++) sum += Math.exp(tables.bigram[i * 40 + j]);
      expect(sum).toBeCloseTo(1, 2);
    }
  });

  it('refuses anything else and says why', () => {
    const broken: [string, (json: Record<string, unknown>) => unknown][] = [
      ['not an object', () => null],
      ['order', (json) => ({ ...json, phones: [...(json.phones as string[])].reverse() })],
      ['40 rows', (json) => ({ ...json, bigram: [[1]] })],
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
