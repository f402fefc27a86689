import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EmotionCurves } from '../../emotion/emotionCurves';
import { PERFORMANCE_CHANNELS } from '../../rig/channels';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../testing/handMadeLine';
import { DEFAULT_STYLE } from '../performanceEngine';
import { performByRules } from '../pipeline';

/**
 * Curves of one hand-made line, every sixth frame, all 61 channels. A change here is a change of the performance: look at it,
 * then write the file anew with MIEN_UPDATE_GOLDEN=1.
 */
const FILE = fileURLToPath(new URL('./golden/handMadeLine.json', import.meta.url));
const EVERY = 6;

function curves(): Record<string, number[]> {
  const joyThenAnger: EmotionCurves = {
    ...heldEmotion('joy', 0.6),
    anger: {
      keys: [
        { id: 'a', timeSeconds: 1.6, value: 0, interpolation: 'bezier', tangentMode: 'auto' },
        { id: 'b', timeSeconds: 2.4, value: 0.8, interpolation: 'bezier', tangentMode: 'auto' },
      ],
    },
  };
  const tracks = performByRules(
    inputOf(HAND_MADE_SCRIPT, { emotions: joyThenAnger, seed: 20240607, style: { ...DEFAULT_STYLE, breathAmount: 0 } }),
  );
  return Object.fromEntries(
    PERFORMANCE_CHANNELS.map((channel, index) => [
      channel,
      Array.from(tracks.channels[index]).filter((_, frame) => frame % EVERY === 0),
    ]),
  );
}

describe('rules engine, golden curves', () => {
  it('gives the same curves as before within 1e-6', () => {
    const now = curves();
    if (process.env.MIEN_UPDATE_GOLDEN === '1') {
      const rows = Object.entries(now).map(
        ([name, values]) => `"${name}": [${values.map((value) => Number(value.toFixed(7))).join(', ')}]`,
      );
      writeFileSync(FILE, `{\n${rows.join(',\n')}\n}\n`);
    }
    expect(existsSync(FILE)).toBe(true);
    const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, number[]>;
    expect(Object.keys(golden)).toEqual([...PERFORMANCE_CHANNELS]);
    for (const channel of PERFORMANCE_CHANNELS) {
      expect(now[channel].length).toBe(golden[channel].length);
      now[channel].forEach((value, k) => {
        if (!(Math.abs(value - golden[channel][k]) <= 1e-6))
          throw new Error(`${channel} frame ${k * EVERY}: ${value}, golden ${golden[channel][k]}`);
      });
    }
  });
});
