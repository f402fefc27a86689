import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import type { PhonemeSegment } from '../../speech/segments';
import { BLINK_SECONDS, blinkShape, planBlinks, renderBlinks } from './blinks';

/** Speech in phrases of three seconds with pauses of half a second, as in conversation. */
function conversation(seconds: number): PhonemeSegment[] {
  const phonemes: PhonemeSegment[] = [];
  for (let time = 0; time < seconds; time += 3.5) {
    phonemes.push({ phoneme: 'AA', startSeconds: time, endSeconds: time + 3, confidence: 1 });
    phonemes.push({ phoneme: 'SIL', startSeconds: time + 3, endSeconds: time + 3.5, confidence: 1 });
  }
  return phonemes;
}

describe('blinks', () => {
  it('leave no squint and no lowered look in a shut lid, and give both back when it opens', () => {
    const tracks = createTracks(60);
    const shapes = (['eyeSquintLeft', 'eyeSquintRight', 'eyeLookDownLeft', 'eyeLookDownRight'] as const).map((channel) =>
      trackOf(tracks, channel).fill(0.5),
    );
    const event = { key: 'b', type: 'blink', startSeconds: 0.41, endSeconds: 0.41 + BLINK_SECONDS } as const;
    renderBlinks(tracks, [{ ...event, intensity: 1, locked: false, origin: 'hand' }], { first: 0, end: 60 });
    expect(trackOf(tracks, 'eyeBlinkLeft')[30]).toBe(1);
    for (const shape of shapes) {
      expect(shape[30]).toBe(0);
      expect(shape[10]).toBe(0.5);
      expect(shape[55]).toBe(0.5);
    }
  });

  it('come at human rates for every seed: 10.5 to 32.5 a minute in conversation (Doughty 2001), 26 the usual (Bentivoglio 1997)', () => {
    const rates = Array.from({ length: 20 }, (_, seed) => planBlinks(conversation(600), 600, 1, seed).length / 10);
    for (const rate of rates) {
      expect(rate).toBeGreaterThan(10.5);
      expect(rate).toBeLessThan(32.5);
    }
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeGreaterThan(17);
    expect(mean).toBeLessThan(27);
  });

  it('close in about 90 ms and open in about 240 ms (VanderWerf 2003), 230 to 360 ms in all', () => {
    const step = 0.001;
    const moments = Array.from({ length: 1000 }, (_, k) => (k - 500) * step).filter((time) => blinkShape(time) > 0.01);
    const shut = moments.filter((time) => blinkShape(time) > 0.995);
    expect(shut[0] - moments[0]).toBeGreaterThan(0.07);
    expect(shut[0] - moments[0]).toBeLessThan(0.11);
    expect(moments[moments.length - 1] - shut[shut.length - 1]).toBeGreaterThan(0.19);
    expect(moments[moments.length - 1] - shut[shut.length - 1]).toBeLessThan(0.26);
    expect(moments[moments.length - 1] - moments[0]).toBeLessThan(0.36);
  });
});
